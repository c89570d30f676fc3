import type {Lookup} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import type {Finding} from '../finding.ts'
import {failureAt, resolveHost} from '../host/resolve-host.ts'
import {liveAnswer} from '../live-answer.ts'
import {type Checked, type Report, reportOn} from '../report.ts'
import {locatedReason} from '../tag-list.ts'
import type {ExtraTarget} from './extra.ts'
import {parseFields} from './fields.ts'
import {type ExtraCode, extraKinds} from './kinds.ts'
import {type MtaStsPolicy, namesHost, parseMtaStsPolicy} from './mta-sts-policy.ts'
import {noRecord, versionedRecord} from './versioned-record.ts'

export interface MtaStsFacts {
  /** The id of the policy; null where there is none. */
  id: string | null
  policy: MtaStsPolicy | null
}

/** Checks MTA-STS: the record, and the policy where it can be fetched (RFC 8461). */
export async function checkMtaSts(lookup: Lookup, target: ExtraTarget): Promise<Checked<MtaStsFacts>> {
  const name = `_mta-sts.${target.domain}`
  const about = {subject: 'MTA-STS', name, type: 'TXT'} as const
  const record = versionedRecord(await lookup(name, 'TXT'), 'STSv1', parseFields)
  const {answer, texts, problems} = record
  if (answer.outcome === 'failed') return {findings: [couldNotAsk(about, answer)], facts: {id: null, policy: null}}
  const report = reportOn(extraKinds, () => ({...about, live: [liveAnswer(answer)]}))
  const none = (finding: Finding) => ({findings: [finding], facts: {id: null, policy: null}})
  if (texts.length === 0) return none(noRecord(report, 'MTASTS_MISSING', `${name} has no MTA-STS record.`, record))
  if (texts.length > 1)
    return none(report('MTASTS_MULTIPLE', `${texts.length} MTA-STS records are at ${name}. Keep one.`))
  const id = record.value('id')
  const syntax = problems.map((problem) => report('MTASTS_SYNTAX', locatedReason(problem)))
  if (id === null || !/^[a-z0-9]{1,32}$/i.test(id)) {
    const message = `id= must be 1 to 32 letters and digits, and is ${id === null ? 'missing' : `“${id.slice(0, 60)}”`}.`
    return {findings: [...syntax, report('MTASTS_SYNTAX', message)], facts: {id: null, policy: null}}
  }
  const {policy, findings} = await fetchedPolicy(lookup, report, target)
  return {findings: [...syntax, ...findings], facts: {id, policy}}
}

async function fetchedPolicy(
  lookup: Lookup,
  report: Report<ExtraCode>,
  {domain, fetchText, mxHosts}: ExtraTarget,
): Promise<{policy: MtaStsPolicy | null; findings: Finding[]}> {
  if (fetchText === undefined) return {policy: null, findings: []}
  const host = await resolveHost(lookup, `mta-sts.${domain}`)
  const unknown = host.resolves === null ? failureAt(host) : null
  if (unknown) {
    const about = {subject: 'MTA-STS', name: host.host, type: unknown.type}
    return {policy: null, findings: [couldNotAsk(about, unknown.failed)]}
  }
  const url = `https://${host.host}/.well-known/mta-sts.txt`
  const fetched = host.resolves ? await fetchText(url, host.addresses) : {problem: `${host.host} has no address`}
  if ('problem' in fetched)
    return {policy: null, findings: [report('MTASTS_POLICY', `${url} could not be had: ${fetched.problem}.`)]}
  const policy = parseMtaStsPolicy(fetched.text)
  if (policy.problems.length > 0) {
    return {
      policy,
      findings: [report('MTASTS_POLICY', `The policy at ${url} cannot be used: ${policy.problems.join(' ')}`)],
    }
  }
  return {policy, findings: policyFindings(report, policy, (await mxHosts()) ?? [])}
}

function policyFindings(report: Report<ExtraCode>, policy: MtaStsPolicy, mxHosts: readonly string[]): Finding[] {
  const {mode, mx} = policy
  if (mode !== 'enforce' && mode !== 'testing')
    return [report('MTASTS_MODE', `The policy has mode: ${mode}, so nothing is protected.`)]
  // A null MX names no host (RFC 7505 §3).
  const left = mxHosts.filter((host) => host !== '' && !namesHost(policy, host))
  const level = mode === 'enforce' ? 'error' : 'warning'
  return [
    ...left.map((host) =>
      report('MTASTS_MX', `The policy names ${mx.join(', ')}, and not ${host}. Add: mx: ${host}`, {level}),
    ),
    ...(mode === 'testing'
      ? [report('MTASTS_MODE', 'The policy has mode: testing. Go on to enforce once the reports are clean.')]
      : []),
  ]
}
