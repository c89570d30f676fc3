import type {Lookup} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import type {AppliedPolicy} from '../dmarc/applied-policy.ts'
import type {Finding} from '../finding.ts'
import {liveAnswer} from '../live-answer.ts'
import {quote} from '../quote.ts'
import {type Checked, reportOn} from '../report.ts'
import {locatedReason, parseTagList} from '../tag-list.ts'
import type {ExtraTarget} from './extra.ts'
import {extraKinds} from './kinds.ts'
import {noRecord, versionedRecord} from './versioned-record.ts'

export interface BimiFacts {
  /** Where the logo is; empty where the domain declines to have one. */
  logo: string | null
  /** Where the proof is that the logo may be used. */
  evidence: string | null
}

/** Checks the record that says which logo mail programs show. */
export async function checkBimi(lookup: Lookup, {domain, dmarc}: ExtraTarget): Promise<Checked<BimiFacts>> {
  const name = `default._bimi.${domain}`
  const about = {subject: 'BIMI', name, type: 'TXT'} as const
  const record = versionedRecord(await lookup(name, 'TXT'), 'BIMI1', parseTagList)
  const {answer, texts, problems} = record
  const nothing = {logo: null, evidence: null}
  if (answer.outcome === 'failed') return {findings: [couldNotAsk(about, answer)], facts: nothing}
  const report = reportOn(extraKinds, () => ({...about, live: [liveAnswer(answer)]}))
  if (texts.length === 0)
    return {findings: [noRecord(report, 'BIMI_MISSING', `${name} has no BIMI record.`, record)], facts: nothing}
  if (texts.length > 1) {
    return {
      findings: [report('BIMI_MULTIPLE', `${texts.length} BIMI records are at ${name}. Keep one.`)],
      facts: nothing,
    }
  }
  const [logo, evidence] = [record.value('l'), record.value('a')]
  const findings: Finding[] = problems.map((problem) => report('BIMI_SYNTAX', locatedReason(problem)))
  if (logo === null) findings.push(report('BIMI_SYNTAX', 'l=, where the logo is, is missing.'))
  for (const url of [logo, evidence]) {
    if (url && !/^https:\/\/\S+$/i.test(url))
      findings.push(report('BIMI_SYNTAX', `${quote(url)} must begin with https://.`))
  }
  const applied = logo ? await dmarc() : null
  const lax = applied ? laxTags(applied) : []
  if (lax.length > 0) {
    const message = `DMARC has ${lax.join(', ')}; logos need p= and sp= at quarantine or reject, and pct=100.`
    findings.push(report('BIMI_DMARC', message))
  }
  return {findings, facts: {logo, evidence}}
}

/** What spares some mail from the policy, of the domain or of its subdomains. */
function laxTags({policy, tag, record: {p, sp, percent}}: AppliedPolicy): string[] {
  const none = Object.entries({p, sp, [tag]: policy}).filter(([, asked]) => asked === 'none')
  return [...none.map(([name]) => `${name}=none`), ...(percent === null || percent === 100 ? [] : [`pct=${percent}`])]
}
