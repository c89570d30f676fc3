import type {Lookup} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import type {Finding} from '../finding.ts'
import {liveAnswer} from '../live-answer.ts'
import {type Checked, type Report, reportOn} from '../report.ts'
import type {ExtraTarget} from './extra.ts'
import {type ExtraCode, extraKinds} from './kinds.ts'

export interface DnssecFacts {
  /** Whether the zone is signed and the zone above says so; null where that could not be learned. */
  signed: boolean | null
}

/** Checks whether the zone has keys and the zone above names them. Signatures are not verified. */
export async function checkDnssec(lookup: Lookup, {domain, zone = domain}: ExtraTarget): Promise<Checked<DnssecFacts>> {
  const about = {subject: 'DNSSEC', name: zone, type: 'DS'} as const
  const [ds, keys] = await Promise.all([lookup(zone, 'DS'), lookup(zone, 'DNSKEY')])
  if (ds.outcome === 'failed') return {findings: [couldNotAsk(about, ds)], facts: {signed: null}}
  if (keys.outcome === 'failed') {
    return {findings: [couldNotAsk({...about, type: 'DNSKEY'}, keys)], facts: {signed: null}}
  }
  const named = ds.outcome === 'found' ? ds.records.map(({data}) => data.keyTag) : []
  const present = keys.outcome === 'found' ? keys.records.map(({data}) => data.keyTag) : []
  const report = reportOn(extraKinds, () => ({...about, live: [ds, keys].map(liveAnswer)}))
  const findings = judge(report, zone, named, present)
  return {findings, facts: {signed: findings.length === 0}}
}

function judge(
  report: Report<ExtraCode>,
  zone: string,
  named: readonly number[],
  present: readonly number[],
): Finding[] {
  if (named.length === 0 && present.length === 0) return [report('DNSSEC_UNSIGNED', `${zone} is not signed.`)]
  if (named.length === 0) {
    return [
      report(
        'DNSSEC_NO_DS',
        `${zone} has keys (${present.join(', ')}), and the zone above has no DS for them. Enter it at the registrar.`,
      ),
    ]
  }
  const tags = `The zone above has DS for ${named.join(', ')}`
  if (present.length === 0) {
    return [
      report('DNSSEC_NO_KEY', `${tags}, and ${zone} has no DNSKEY. Remove the DS at the registrar, or sign the zone.`),
    ]
  }
  if (named.some((tag) => present.includes(tag))) return []
  return [
    report(
      'DNSSEC_KEY_MISMATCH',
      `${tags}, and ${zone} has the keys ${present.join(', ')}. Enter the DS of those at the registrar.`,
    ),
  ]
}
