import {randomBytes} from 'node:crypto'
import type {Answer, Found, Lookup} from '../answer.ts'
import {dataText} from '../live-answer.ts'
import {isWithin} from '../zone-names.ts'
import {type Expectation, matchOf} from './expectation.ts'
import type {Standing} from './state.ts'

/** Why a record may not be as it should be. */
export interface Probes {
  /** Where it is instead, with the zone in the name twice: `_dmarc.acme.example.acme.example`. */
  doubled: Answer | null
  /** What answers is a wildcard of the zone. */
  wildcard: boolean
}

/** Looks further where a record is missing or another: only then there is a reason to find. */
export async function probe(
  lookup: Lookup,
  {expectation, standing, zone}: {expectation: Expectation; standing: Standing; zone: string},
): Promise<Probes> {
  const {state, answers} = standing
  if (state !== 'missing' && state !== 'mismatch') return {doubled: null, wildcard: false}
  const doubled = state === 'missing' ? await findDoubled(lookup, expectation, zone) : null
  const found = answers.find((answer) => answer.outcome === 'found')
  const wildcard = found !== undefined && (await isFromWildcard(lookup, {name: expectation.name, found, zone}))
  return {doubled, wildcard}
}

async function findDoubled(lookup: Lookup, expectation: Expectation, zone: string): Promise<Answer | null> {
  const name = `${expectation.name}.${zone}`
  const answer = await lookup(name, expectation.type)
  if (answer.outcome !== 'found' || matchOf(expectation, answer) === 'none') return null
  return (await isFromWildcard(lookup, {name, found: answer, zone})) ? null : answer
}

/** Whether a name that certainly does not exist, beside the given one, gets the same answer (RFC 4592). */
export async function isFromWildcard(
  lookup: Lookup,
  {name, found, zone}: {name: string; found: Found; zone: string},
): Promise<boolean> {
  const above = name.slice(name.indexOf('.') + 1)
  if (name === zone || !isWithin(above, zone)) return false
  const [record] = found.records
  if (!record) return false
  const beside = await lookup(`pm-${randomBytes(8).toString('hex')}.${above}`, record.type)
  return beside.outcome === 'found' && contentOf(beside) === contentOf(found)
}

function contentOf({records}: Found): string {
  return records.map(dataText).sort().join('\n')
}
