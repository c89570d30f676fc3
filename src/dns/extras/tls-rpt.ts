import type {Lookup} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import {liveAnswer} from '../live-answer.ts'
import {quote} from '../quote.ts'
import {type Checked, reportOn} from '../report.ts'
import {locatedReason} from '../tag-list.ts'
import type {ExtraTarget} from './extra.ts'
import {parseFields} from './fields.ts'
import {extraKinds} from './kinds.ts'
import {noRecord, versionedRecord} from './versioned-record.ts'

export interface TlsRptFacts {
  /** Where reports go. */
  rua: readonly string[]
}

/** Checks the record that asks for reports on TLS (RFC 8460 §3). */
export async function checkTlsRpt(lookup: Lookup, {domain}: ExtraTarget): Promise<Checked<TlsRptFacts>> {
  const name = `_smtp._tls.${domain}`
  const about = {subject: 'TLS-RPT', name, type: 'TXT'} as const
  const record = versionedRecord(await lookup(name, 'TXT'), 'TLSRPTv1', parseFields)
  const {answer, texts, problems} = record
  if (answer.outcome === 'failed') return {findings: [couldNotAsk(about, answer)], facts: {rua: []}}
  const report = reportOn(extraKinds, () => ({...about, live: [liveAnswer(answer)]}))
  if (texts.length === 0)
    return {
      findings: [noRecord(report, 'TLSRPT_MISSING', `${name} has no TLS-RPT record.`, record)],
      facts: {rua: []},
    }
  if (texts.length > 1) {
    return {
      findings: [report('TLSRPT_MULTIPLE', `${texts.length} TLS-RPT records are at ${name}. Keep one.`)],
      facts: {rua: []},
    }
  }
  const rua = (record.value('rua') ?? '').split(',').map((uri) => uri.trim())
  const wrong = rua.filter((uri) => !/^(mailto:[^\s@]{1,256}@[a-z0-9.-]+|https:\/\/[^\s/]+\S*)$/i.test(uri))
  const findings = [
    ...problems.map((problem) => report('TLSRPT_SYNTAX', locatedReason(problem))),
    ...wrong.map((uri) =>
      report('TLSRPT_SYNTAX', `rua= must list mailto: or https: addresses, and has ${quote(uri)}.`),
    ),
  ]
  return {findings, facts: {rua: rua.filter((uri) => !wrong.includes(uri))}}
}
