import type {Lookup} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {type CheckedRecord, checkRecord} from '../records/check-record.ts'
import type {Expectation} from '../records/expectation.ts'
import {lookupAt} from '../resolve/resolver-lookup.ts'
import {isWithin} from '../zone-names.ts'
import type {Ground} from './ground.ts'

/** Asks every authority and every resolver for each expected record. */
export function checkRecords(
  dns: Dns,
  ground: Ground,
  expectations: readonly Expectation[],
): Promise<readonly CheckedRecord[]> {
  const resolvers = dns.resolvers.map((server) => lookupAt(dns.client, server))
  return Promise.all(
    expectations.map((expectation) => {
      const {source} = ground
      const zone = ground.zone?.name ?? ground.domain
      return checkRecord({zone, authorities: authoritiesFor(ground, expectation), resolvers, source}, expectation)
    }),
  )
}

/** What is stored of a domain that does not exist: all of it is missing, and nobody needs to be asked. */
export function missingRecords({nonexistent}: Ground, expectations: readonly Expectation[]): CheckedRecord[] {
  const answers = nonexistent ? [nonexistent] : []
  const state = nonexistent ? 'missing' : 'unknown'
  return expectations.map((expectation) => ({
    expectation,
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
