import type {Absent, Found, Lookup} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import type {Finding, Fix} from '../finding.ts'
import {liveAnswer, textOf} from '../live-answer.ts'
import {type Publishing, publish} from '../publishing.ts'
import {quote} from '../quote.ts'
import {type Checked, type Report, reportOn} from '../report.ts'
import {type DkimCode, dkimKinds} from './kinds.ts'
import {multipleFinding} from './multiple.ts'
import {looksLikeDkim, parseDkim} from './parse-record.ts'
import {type DkimKey, isSameKey} from './public-key.ts'
import type {DkimRecord} from './record.ts'
import {judgeRecord} from './record-findings.ts'
import {readStoredKey, recordFor} from './stored-key.ts'

export interface DkimTarget extends Publishing {
  /** The label before `_domainkey`. */
  selector: string
  /** The key that mail is signed with: a whole record, the base64 of its p=, or PEM. Null where none is stored. */
  stored: string | null
}

export interface DkimFacts {
  selector: string
  name: string
  /** The names the CNAMEs lead to, in order; none where the key is published in the domain itself. */
  targets: readonly string[]
  /** Every TXT record that is there, read as a key. */
  records: readonly DkimRecord[]
  /** The published key; null unless there is exactly one record and it has one. */
  key: DkimKey | null
  storedKey: DkimKey | null
  /** Whether the published key is the stored one; null where one of them is not known. */
  matches: boolean | null
}

/** Checks the DKIM key of one selector: whether it is there, can be used, and is the one mail is signed with. */
export async function checkDkim(lookup: Lookup, target: DkimTarget): Promise<Checked<DkimFacts>> {
  const {domain, selector, stored} = target
  const name = `${selector}._domainkey.${domain}`
  const storedKey = stored === null ? null : readStoredKey(stored)
  const value = () => storedKey && recordFor(storedKey)
  const about = () => ({subject: `DKIM ${selector}`, name, type: 'TXT', expected: value()}) as const
  const facts = {selector, name, targets: [], records: [], key: null, storedKey, matches: null}
  const answer = await lookup(name, 'TXT')
  if (answer.outcome === 'failed') return {findings: [couldNotAsk(about(), answer)], facts}

  const report = reportOn(dkimKinds, () => ({
    ...about(),
    live: [liveAnswer(answer)],
    fix: fixFor(target, name, value()),
  }))
  const targets = answer.aliases.map(({data}) => data)
  const unreadable = stored !== null && storedKey === null ? [storedFinding(report, domain)] : []
  if (answer.outcome === 'absent') {
    const findings = [...unreadable, missingFinding(report, name, answer)]
    return {findings, facts: {...facts, targets, matches: matching(null, storedKey)}}
  }
  const {findings, ...read} = judge(report, target, answer, storedKey)
  return {findings: [...unreadable, ...findings], facts: {...facts, targets, ...read}}
}

function fixFor(target: DkimTarget, name: string, value: string | null): Fix | null {
  return value === null ? null : publish(target, {name, type: 'TXT', value})
}

function judge(
  report: Report<DkimCode>,
  {domain}: DkimTarget,
  answer: Found<'TXT'>,
  storedKey: DkimKey | null,
): Pick<DkimFacts, 'records' | 'key' | 'matches'> & {findings: Finding[]} {
  const records = answer.records.map(({data}) => parseDkim(textOf(data)))
  const [record, ...more] = records
  if (record === undefined || more.length > 0) {
    const findings = [multipleFinding(report, records, storedKey)]
    return {records, key: null, matches: matching(null, storedKey), findings}
  }
  if (!looksLikeDkim(record.text)) {
    return {records, key: null, matches: matching(null, storedKey), findings: [strangerFinding(report, record)]}
  }
  const {key} = record
  const target = answer.aliases.at(-1)?.data
  const findings = judgeRecord(report, record, {storedKey, domain, target: target ?? null})
  return {records, key, matches: matching(key, storedKey), findings}
}

/** Whether the published key, where there is one, is the stored one; null where none is stored. */
function matching(key: DkimKey | null, storedKey: DkimKey | null): boolean | null {
  return storedKey === null ? null : isSameKey(key, storedKey)
}

function missingFinding(report: Report<DkimCode>, name: string, {rcode, aliases}: Absent): Finding {
  const target = aliases.at(-1)?.data
  if (target === undefined)
    return report('DKIM_MISSING', `${name} has no TXT record (${rcode}). Publish the key there.`)
  const message = `${name} is a CNAME to ${target}, which has no TXT record (${rcode}). Its owner must publish the key there, or replace the CNAME with the key itself.`
  return report('DKIM_CNAME_TARGET', message, {level: 'error'})
}

function strangerFinding(report: Report<DkimCode>, {text}: DkimRecord): Finding {
  const message = `The TXT record there is no DKIM key: ${quote(text)}. If it was not put there by hand, a wildcard record of the zone answers for the missing key.`
  return report('DKIM_MISSING', message)
}

function storedFinding(report: Report<DkimCode>, domain: string): Finding {
  const message = `The key stored for this selector is no public key. Make a new one: pm domain dkim rotate ${domain}`
  return report('DKIM_STORED_KEY', message, {live: []})
}
