import type {Lookup} from '../answer.ts'
import type {Finding} from '../finding.ts'
import {checkAlias} from '../host/check-alias.ts'
import {spfRelation} from '../spf/relation.ts'
import type {Expectation} from './expectation.ts'
import {recordFindings} from './findings.ts'
import {probe} from './probes.ts'
import {type Standing, standingOf, type Views} from './state.ts'

/** Where to look closer at a record that is not as expected. */
export interface Surroundings {
  zone: string
  /** Asks the authorities, the first that can say. */
  source: Lookup
}

export interface CheckedRecord {
  expectation: Expectation
  standing: Standing
  views: Views
  findings: readonly Finding[]
}

/** How a record stands by what every authority and every resolver says of it, as it is written. */
export function asWritten(expectation: Expectation, views: Views): CheckedRecord {
  return {expectation, standing: standingOf(expectation, views), views, findings: []}
}

/** The same by what it comes to, and why it is not as expected. */
export async function lookCloser(around: Surroundings, written: CheckedRecord): Promise<CheckedRecord> {
  const {expectation, views} = written
  const standing = await inContent(around, expectation, written.standing)
  if (standing.state === 'ok') return {...written, standing}
  const {zone, source} = around
  const probes = await probe(source, {expectation, standing, zone})
  return {expectation, standing, views, findings: recordFindings(expectation, standing, {...probes, zone})}
}

/** Where what it comes to cannot be asked, it is not known whether the record is as expected. */
async function inContent(around: Surroundings, expectation: Expectation, standing: Standing): Promise<Standing> {
  if (standing.state !== 'missing' && standing.state !== 'mismatch') return standing
  const relation = await relationTo(around, expectation)
  if (relation === 'differs') return standing
  return {...standing, state: relation === null ? 'unknown' : 'ok'}
}

/**
 * A CNAME only says that what is asked for is found at another name (RFC 1034 §3.6.2). So it is as good as there where the
 * name has nothing but what its target has: panels that flatten answer with the addresses in its place, as they must where
 * RFC 2181 §10.1 lets no CNAME stand beside other records. Of an SPF record the policy may be in the one it redirects to
 * (RFC 7208 §6.1).
 */
async function relationTo({zone, source}: Surroundings, {record, name}: Expectation) {
  const expected = record.value
  switch (record.record_type) {
    case 'CNAME':
      return (await checkAlias(source, {domain: zone, name, expected})).facts.relation
    case 'SPF':
      return spfRelation(source, {domain: name, expected})
    default:
      return 'differs'
  }
}
