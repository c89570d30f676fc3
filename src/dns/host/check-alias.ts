import type {Lookup} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import {plainName} from '../domain-name.ts'
import type {Finding} from '../finding.ts'
import {liveAnswer} from '../live-answer.ts'
import {type Publishing, publish} from '../publishing.ts'
import {type Checked, type Report, reportOn} from '../report.ts'
import {type HostCode, hostKinds} from './kinds.ts'
import {failureAt, type HostAddresses, resolveHost} from './resolve-host.ts'

export interface AliasTarget extends Publishing {
  name: string
  /** The name the CNAME is to lead to. */
  expected: string
}

export interface AliasFacts {
  /** Where the CNAME leads; null where there is none, or that could not be learned. */
  target: string | null
  /**
   * `same` name; the `same content`, though by another name or none; `differs`; null where it could not be learned.
   */
  relation: 'same' | 'same content' | 'differs' | null
}

/** Compares a CNAME with the one expected: by the name it leads to, or else by what is found there in the end. */
export async function checkAlias(lookup: Lookup, target: AliasTarget): Promise<Checked<AliasFacts>> {
  const expected = plainName(target.expected)
  const about = {subject: `CNAME ${target.name}`, name: target.name, type: 'CNAME', expected} as const
  const answer = await lookup(target.name, 'CNAME')
  if (answer.outcome === 'failed')
    return {findings: [couldNotAsk(about, answer)], facts: {target: null, relation: null}}
  const live = answer.outcome === 'found' ? plainName(answer.records[0]?.data ?? '') : null
  const report = reportOn(hostKinds, () => ({...about, live: [liveAnswer(answer)]}))
  if (live === expected) {
    const findings = await danglingFindings(lookup, report, target.name, expected)
    return {findings, facts: {target: live, relation: 'same'}}
  }
  const [here, there] = await Promise.all([resolveHost(lookup, target.name), resolveHost(lookup, expected)])
  const unlearned = [here, there].filter(({resolves}) => resolves === null).map(failureAt)
  if (unlearned[0]) {
    const {type, failed} = unlearned[0]
    return {findings: [couldNotAsk({...about, type}, failed)], facts: {target: live, relation: null}}
  }
  const [relation, finding] = byContent(report, {target, expected, live}, here, there)
  return {findings: [finding], facts: {target: live, relation}}
}

async function danglingFindings(
  lookup: Lookup,
  report: Report<HostCode>,
  name: string,
  target: string,
): Promise<Finding[]> {
  const {resolves} = await resolveHost(lookup, target)
  if (resolves !== false || (await lookup(target, 'TXT')).outcome !== 'absent') return []
  return [report('HOST_ALIAS_DANGLING', `${name} leads to ${target}, which has nothing.`)]
}

/**
 * Some providers answer with addresses of the target in place of a CNAME, and need not have all of them. Another name that
 * leads to them now is good only as long as its owner wants.
 */
function byContent(
  report: Report<HostCode>,
  {target, expected, live}: {target: AliasTarget; expected: string; live: string | null},
  here: HostAddresses,
  there: HostAddresses,
): ['same content' | 'differs', Finding] {
  const {name} = target
  const what = live === null ? `${name} is no CNAME` : `${name} leads to ${live}`
  const isFromThere = here.addresses.every((address) => there.addresses.includes(address))
  if (here.addresses.length > 0 && isFromThere) {
    const message = `${what}, and has the addresses of ${expected}: ${here.addresses.toSorted().join(', ')}.`
    const isElsewhere = live !== null && !here.targets.includes(expected)
    return ['same content', report('HOST_ALIAS_CONTENT', message, isElsewhere ? {level: 'warning'} : {})]
  }
  const fix = publish(target, {name, type: 'CNAME', value: `${expected}.`})
  return ['differs', report('HOST_ALIAS_DIFFERS', `${what}, and should lead to ${expected}.`, {fix})]
}
