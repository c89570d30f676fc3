import type {Lookup} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import type {Finding} from '../finding.ts'
import {liveAnswer} from '../live-answer.ts'
import {quote} from '../quote.ts'
import {type Checked, reportOn} from '../report.ts'
import {locatedReason} from '../tag-list.ts'
import type {ExtraTarget} from './extra.ts'
import {extraKinds} from './kinds.ts'
import {versionedRecord} from './versioned-record.ts'

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
  const record = versionedRecord(await lookup(name, 'TXT'), 'BIMI1')
  const {answer, texts, problems} = record
  const nothing = {logo: null, evidence: null}
  if (answer.outcome === 'failed') return {findings: [couldNotAsk(about, answer)], facts: nothing}
  const report = reportOn(extraKinds, () => ({...about, live: [liveAnswer(answer)]}))
  if (texts.length === 0) return {findings: [report('BIMI_MISSING', `${name} has no BIMI record.`)], facts: nothing}
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
  if (logo && (await dmarc()) === 'none')
    findings.push(report('BIMI_DMARC', 'DMARC has p=none; logos need p=quarantine or p=reject.'))
  return {findings, facts: {logo, evidence}}
}
