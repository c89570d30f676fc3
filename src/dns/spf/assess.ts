import type {Finding} from '../finding.ts'
import {spfFinding} from './kinds.ts'
import {recordFindings} from './record-findings.ts'
import {evidence, type SenderVerdict, type Situation} from './situation.ts'
import {termFindings} from './term-findings.ts'
import {treeFindings} from './tree-findings.ts'
import {pathText} from './verdict.ts'

/** Every finding there is in a situation, those that explain others first. */
export function assess(situation: Situation): Finding[] {
  const found = distinct([...recordFindings(situation), ...treeFindings(situation), ...termFindings(situation)])
  const unknown = found.some(({level}) => level === 'unknown')
  const senders = situation.senders.flatMap((sender) => senderFindings(situation, sender, unknown))
  return [...found.map((finding) => ({...finding, cause_of: effects(finding, situation)})), ...senders]
}

/** A term that stands in a record a hundred times is wrong once. */
function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [`${finding.code} ${finding.message}`, finding])).values()]
}

const makesNone: ReadonlySet<string> = new Set(['SPF_MISSING'])
const makesPermerror: ReadonlySet<string> = new Set([
  'SPF_MULTIPLE',
  'SPF_SYNTAX',
  'SPF_TOO_MANY_LOOKUPS',
  'SPF_TOO_MANY_VOID',
  'SPF_TOO_MANY_MX',
  'SPF_INCLUDE_MISSING',
  'SPF_LOOP',
])

/** A record that fails as a whole explains why a sending IP does not pass. */
function effects({code}: Finding, {senders, comparison}: Situation): string[] {
  const results = new Set(senders.map(({verdict}) => verdict.result))
  const lacks = code === 'SPF_MISMATCH' && (comparison?.missing.length ?? 0) > 0
  const notPassing = results.has('fail') || results.has('softfail') || results.has('neutral')
  const explains =
    (makesNone.has(code) && results.has('none')) ||
    (makesPermerror.has(code) && results.has('permerror')) ||
    (lacks && notPassing)
  return explains ? ['SPF_IP_NOT_AUTHORISED'] : []
}

/** @param unknown whether it has been said already that DNS did not answer */
function senderFindings(situation: Situation, {ip, verdict}: SenderVerdict, unknown: boolean): Finding[] {
  const {domain} = situation.target
  const {result, path, reason} = verdict
  if (result === 'pass') return []
  const live = evidence(situation.survey, domain)
  if (result === 'temperror') {
    return unknown ? [] : [spfFinding('SPF_UNKNOWN', domain, `Whether ${ip} passes is not known: ${reason}`, {live})]
  }
  const why = reason ?? (path.length > 0 ? `“${pathText(path)}” decides.` : 'No term matches it.')
  return [spfFinding('SPF_IP_NOT_AUTHORISED', domain, `Sending IP ${ip} gets ${result}. ${why}`, {live})]
}
