import type {Lookup} from '../answer.ts'
import type {Checked} from '../report.ts'
import {assess} from './assess.ts'
import type {SpfComparison} from './compare.ts'
import {isMendable, mended} from './mend.ts'
import {proposeSpf, type SpfProposal} from './proposal.ts'
import {liveRecords} from './published.ts'
import {type99Findings} from './record-findings.ts'
import {liveTexts, lookInto, type SenderVerdict, type Situation, type SpfTarget} from './situation.ts'
import type {SpfTree} from './tree.ts'

/** What was read of a domain's SPF: data only, that can go into JSON as it is. */
export interface SpfFacts {
  /** The SPF records as they are published. One character for each byte. */
  records: readonly string[]
  tree: SpfTree
  /** How the live record compares with the stored one; null where there are not two to compare. */
  comparison: SpfComparison | null
  /** Whether each sending IP passes, and by which mechanism. Empty where DNS did not say what the domain publishes. */
  senders: readonly SenderVerdict[]
  /** The record to publish; null where nothing that publishing could mend is wrong. */
  proposal: SpfProposal | null
}

/**
 * Checks a domain's SPF: the record, everything below it, the stored expectation, and whether the sending IPs pass. Of a
 * domain that publishes another SPF record, the fix is always one record merged from both, tried before it is proposed.
 * @param lookup answers of one server, or of one cache; it had better remember, for questions repeat
 * @throws RangeError when a sending IP is no address; whatever `lookup` throws
 */
export async function checkSpf(lookup: Lookup, target: SpfTarget): Promise<Checked<SpfFacts>> {
  const source = liveRecords(lookup)
  const [situation, type99] = await Promise.all([
    lookInto(lookup, source, target),
    type99Findings(lookup, target.domain),
  ])
  const found = [...assess(situation), ...type99]
  const {tree, comparison, senders} = situation
  const records = liveTexts(situation.survey)
  const worthIt = canPropose(situation) && found.some((finding) => isMendable(finding, target.domain))
  const proposal = worthIt ? await proposeSpf(lookup, source, situation) : null
  const findings = proposal ? mended(found, situation, proposal) : found
  return {findings, facts: {records, tree, comparison, senders, proposal}}
}

/**
 * Nothing can be proposed where nothing is live, stored or sending, or where DNS did not say what is live. Nor where that
 * took too long: to try another record would take as long again.
 */
function canPropose({target, survey}: Situation): boolean {
  if (survey.root.published.outcome !== 'records' || survey.isCut) return false
  return target.expected !== null || target.senders.length > 0 || liveTexts(survey).length > 0
}
