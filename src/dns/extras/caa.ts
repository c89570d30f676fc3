import type {Lookup} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import {liveAnswer} from '../live-answer.ts'
import {type Checked, reportOn} from '../report.ts'
import type {ExtraTarget} from './extra.ts'
import {extraKinds} from './kinds.ts'

export interface CaaFacts {
  /** The domain whose records count: the domain itself or the nearest above that has any. Null for none. */
  from: string | null
  /** Who may issue certificates; null where everybody may. */
  issuers: readonly string[] | null
}

const known = ['issue', 'issuewild', 'iodef', 'issuemail', 'issuevmc', 'contactemail', 'contactphone']

/** Finds who may issue certificates for the domain, such as that of its MTA-STS policy (RFC 8659 §3). */
export async function checkCaa(lookup: Lookup, {domain}: ExtraTarget): Promise<Checked<CaaFacts>> {
  const labels = domain.split('.')
  for (const at of labels.keys()) {
    const name = labels.slice(at).join('.')
    const about = {subject: 'CAA', name, type: 'CAA'} as const
    const answer = await lookup(name, 'CAA')
    if (answer.outcome === 'failed') return {findings: [couldNotAsk(about, answer)], facts: {from: null, issuers: null}}
    if (answer.outcome === 'absent') continue
    const records = answer.records.map(({data}) => data)
    const report = reportOn(extraKinds, () => ({...about, live: [liveAnswer(answer)]}))
    const critical = records.filter(({flags, tag}) => (flags & 128) !== 0 && !known.includes(tag))
    const issuers = records.filter(({tag}) => tag === 'issue').map(({value}) => value.split(';')[0]?.trim() ?? '')
    return {
      findings: critical.map(({tag}) => report('CAA_CRITICAL', `${name} has a critical CAA property “${tag}”.`)),
      facts: {from: name, issuers: issuers.length > 0 ? issuers.filter((issuer) => issuer !== '') : null},
    }
  }
  const report = reportOn(extraKinds, () => ({subject: 'CAA', name: domain, type: 'CAA'}))
  return {
    findings: [report('CAA_MISSING', `Neither ${domain} nor a domain above it has CAA.`)],
    facts: {from: null, issuers: null},
  }
}
