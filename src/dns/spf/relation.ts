import type {Lookup} from '../answer.ts'
import {compareSpf, type SpfComparison} from './compare.ts'
import {liveRecords} from './published.ts'
import {liveTexts, lookInto} from './situation.ts'
import type {SpfTree} from './tree.ts'

/**
 * How the record of a domain compares with the expected one, by what it redirects to as well. Null where that is what
 * it depends on, and DNS did not say.
 */
export async function spfRelation(
  lookup: Lookup,
  {domain, expected}: {domain: string; expected: string},
): Promise<SpfComparison['relation'] | null> {
  const {comparison, survey, tree} = await lookInto(lookup, liveRecords(lookup), {domain, expected, senders: []})
  if (comparison?.relation !== 'differs') return comparison?.relation ?? 'differs'
  const [live = ''] = liveTexts(survey)
  const atBest = compareSpf(domain, expected, live, '-').relation
  return isEndUnknown(tree) && atBest !== 'differs' ? null : 'differs'
}

function isEndUnknown({status, terms}: SpfTree): boolean {
  const redirect = terms.find(({name, ignored}) => name === 'redirect' && !ignored)
  return status === 'unknown' || (redirect?.below ? isEndUnknown(redirect.below) : false)
}
