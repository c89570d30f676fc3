import type {PlacedRecord} from '../../rules/dns-document.ts'
import type {Lookup} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {type CheckedRecord, checkRecord} from '../records/check-record.ts'
import {type Expectation, expectationOf} from '../records/expectation.ts'
import {lookupAt} from '../resolve/resolver-lookup.ts'
import {isWithin} from '../zone-names.ts'
import type {Ground} from './ground.ts'

/** Asks every authority and every resolver for each expected record. */
export function checkRecords(
  dns: Dns,
  ground: Ground,
  records: readonly PlacedRecord[],
): Promise<readonly CheckedRecord[]> {
  const resolvers = dns.resolvers.map((server) => lookupAt(dns.client, server))
  return Promise.all(
    records.map((placed) => {
      const expectation = expectationOf(placed, ground.domain)
      const {source} = ground
      const zone = ground.zone?.name ?? ground.domain
      return checkRecord({zone, authorities: authoritiesFor(ground, expectation), resolvers, source}, expectation)
    }),
  )
}

/** What is stored of a domain that does not exist: all of it is missing, and nobody needs to be asked. */
export function missingRecords({domain, nonexistent}: Ground, records: readonly PlacedRecord[]): CheckedRecord[] {
  const answers = nonexistent ? [nonexistent] : []
  const state = nonexistent ? 'missing' : 'unknown'
  return records.map((placed) => ({
    expectation: expectationOf(placed, domain),
    standing: {state, answers, wait: null},
    views: {authorities: answers, resolvers: []},
    findings: [],
  }))
}

/** A record with a name outside the zone has other authorities. */
function authoritiesFor({zone, elsewhere}: Ground, {name}: Expectation): readonly Lookup[] {
  if (zone && isWithin(name, zone.name)) return zone.authorities.map(({lookup}) => lookup)
  return zone ? [elsewhere] : []
}
