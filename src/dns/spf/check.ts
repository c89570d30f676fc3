import type {Lookup} from '../answer.ts'
import type {Finding} from '../finding.ts'
import {assess} from './assess.ts'
import type {SpfComparison} from './compare.ts'
import {isMendable, mended} from './mend.ts'
import {proposeSpf, type SpfProposal} from './proposal.ts'
import {liveRecords} from './published.ts'
import {type99Findings} from './record-findings.ts'
import {liveTexts, lookInto, type SenderVerdict, type SpfQuestion} from './situation.ts'
import type {SpfTree} from './tree.ts'

/** All there is to know of a domain's SPF. It holds data only, and can go into JSON as it is. */
export interface SpfReport {
  domain: string
  /** The SPF records as they are published. One character for each byte. */
  records: readonly string[]
  tree: SpfTree
  /** How the live record compares with the stored one; null where there are not two to compare. */
  comparison: SpfComparison | null
  /** Whether each sending IP passes, and by which mechanism. Empty where DNS did not say what the domain publishes. */
  senders: readonly SenderVerdict[]
  /** The record to publish; null where nothing that publishing could mend is wrong. */
  proposal: SpfProposal | null
  findings: readonly Finding[]
}

/**
 * Checks a domain's SPF in one go: the record, everything below it, the stored expectation, and whether the sending IPs
 * pass. Of a domain that publishes another SPF record, the fix is always one record merged from both, and it is tried
 * before it is proposed.
 * @param lookup answers of one server, or of one cache; it had better remember, for questions repeat
 * @throws RangeError when a sending IP is no address; whatever `lookup` throws
 */
export async function checkSpf(lookup: Lookup, question: SpfQuestion): Promise<SpfReport> {
  const source = liveRecords(lookup)
  const {domain} = question
  const [situation, type99] = await Promise.all([lookInto(lookup, source, question), type99Findings(lookup, domain)])
  const found = [...assess(situation), ...type99]
  const {survey, tree, comparison, senders} = situation
  const records = liveTexts(survey)
  const exists = survey.root.published.outcome === 'records'
  const given = exists && (question.expected !== null || question.senders.length > 0 || records.length > 0)
  const mendable = given && found.some((finding) => isMendable(finding, domain))
  const proposal = mendable ? await proposeSpf(lookup, source, situation) : null
  const findings = proposal ? mended(found, situation, proposal) : found
  return {domain, records, tree, comparison, senders, proposal, findings}
}
