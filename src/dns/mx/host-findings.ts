import {couldNotAsk} from '../could-not-ask.ts'
import type {Finding} from '../finding.ts'
import {failureAt, type HostAddresses} from '../host/resolve-host.ts'
import {parseIp} from '../ip-bytes.ts'
import {liveAnswer} from '../live-answer.ts'
import type {Report} from '../report.ts'
import type {MxCode} from './kinds.ts'

/** What is wrong with one host of the MX records. */
export function hostFindings(report: Report<MxCode>, resolved: HostAddresses, domain: string): Finding[] {
  const {host, answers, resolves} = resolved
  if (parseIp(host) !== null) {
    const message = `An MX of ${domain} is the address ${host}. Make a host name with this address, and name that in the MX.`
    return [report('MX_IP_LITERAL', message)]
  }
  if (isPlaceholder(host)) return []
  const live = answers.map(liveAnswer)
  const failure = failureAt(resolved)
  if (resolves === null && failure) {
    return [couldNotAsk({subject: 'MX', name: host, type: failure.type}, failure.failed)]
  }
  const [target] = resolved.targets
  return [
    ...(target === undefined
      ? []
      : [report('MX_CNAME', `${host} is a CNAME to ${target}. Name a host with an address of its own.`, {live})]),
    ...(resolves ? [] : [report('MX_UNRESOLVABLE', `${host} has no address, neither A nor AAAA.`, {live})]),
  ]
}

/** What Microsoft has people publish to prove that a domain is theirs; it leads nowhere on purpose. */
function isPlaceholder(host: string): boolean {
  return host.endsWith('.msv1.invalid')
}
