import type {Lookup} from '../answer.ts'
import type {Checked} from '../report.ts'
import {type BimiFacts, checkBimi} from './bimi.ts'
import {type CaaFacts, checkCaa} from './caa.ts'
import {checkDnssec, type DnssecFacts} from './dnssec.ts'
import type {ExtraTarget} from './extra.ts'
import {checkMtaSts, type MtaStsFacts} from './mta-sts.ts'
import {checkTlsRpt, type TlsRptFacts} from './tls-rpt.ts'

export interface ExtraFacts {
  mtaSts: MtaStsFacts
  tlsRpt: TlsRptFacts
  bimi: BimiFacts
  dnssec: DnssecFacts
  caa: CaaFacts
}

/** Checks what mail does without and is better with: MTA-STS, TLS-RPT, BIMI, DNSSEC and CAA. */
export async function checkExtras(lookup: Lookup, target: ExtraTarget): Promise<Checked<ExtraFacts>> {
  const [mtaSts, tlsRpt, bimi, dnssec, caa] = await Promise.all([
    checkMtaSts(lookup, target),
    checkTlsRpt(lookup, target),
    checkBimi(lookup, target),
    checkDnssec(lookup, target),
    checkCaa(lookup, target),
  ])
  return {
    findings: [mtaSts, tlsRpt, bimi, dnssec, caa].flatMap(({findings}) => findings),
    facts: {mtaSts: mtaSts.facts, tlsRpt: tlsRpt.facts, bimi: bimi.facts, dnssec: dnssec.facts, caa: caa.facts},
  }
}
