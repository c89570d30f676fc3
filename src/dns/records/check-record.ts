import type {Lookup} from '../answer.ts'
import type {Finding} from '../finding.ts'
import {checkAlias} from '../host/check-alias.ts'
import type {Expectation} from './expectation.ts'
import {recordFindings} from './findings.ts'
import {probe} from './probes.ts'
import {type Standing, standingOf, type Views} from './state.ts'

/** Whom a record is asked of. */
export interface Witnesses {
  zone: string
  /** One for each authority of the zone. */
  authorities: readonly Lookup[]
  /** One for each resolver. */
  resolvers: readonly Lookup[]
  /** Asks the authorities, the first that can say. */
  source: Lookup
}

export interface CheckedRecord {
  expectation: Expectation
  standing: Standing
  views: Views
  findings: readonly Finding[]
}

/** Asks every authority and every resolver for an expected record, and tells how it stands. */
export async function checkRecord(witnesses: Witnesses, expectation: Expectation): Promise<CheckedRecord> {
  const {name, type} = expectation
  const {authorities, resolvers} = witnesses
  const answers = await Promise.all([...authorities, ...resolvers].map((lookup) => lookup(name, type)))
  const views = {authorities: answers.slice(0, authorities.length), resolvers: answers.slice(authorities.length)}
  const written = standingOf(expectation, views)
  const standing = written.state === 'ok' ? written : await inContent(witnesses, expectation, written)
  if (standing.state === 'ok') return {expectation, standing, views, findings: []}
  const probes = await probe(witnesses.source, {expectation, standing, zone: witnesses.zone})
  return {
    expectation,
    standing,
    views,
    findings: recordFindings(expectation, standing, {...probes, zone: witnesses.zone}),
  }
}

/**
 * A CNAME only says that what is asked for is found at another name (RFC 1034 §3.6.2). So it is as good as there where the
 * name has nothing but what its target has: panels that flatten answer with the addresses in its place, as they must where
 * RFC 2181 §10.1 lets no CNAME stand beside other records. Where the target cannot be asked, neither is known.
 */
async function inContent(
  {zone, source}: Witnesses,
  {record, name}: Expectation,
  standing: Standing,
): Promise<Standing> {
  const isOther = standing.state === 'missing' || standing.state === 'mismatch'
  if (record.record_type !== 'CNAME' || !isOther) return standing
  const {relation} = (await checkAlias(source, {domain: zone, name, expected: record.value})).facts
  if (relation === 'differs') return standing
  return {...standing, state: relation === null ? 'unknown' : 'ok'}
}
