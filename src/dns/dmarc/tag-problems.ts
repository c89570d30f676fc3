import {quote} from '../quote.ts'
import type {Tag} from '../tag-list.ts'
import {type DmarcProblem, policies} from './record.ts'
import type {ReportUri} from './report-uri.ts'

/** What is wrong with the tags of a record, one by one and in their order. */
export function tagProblems(tags: readonly Tag[], rua: readonly ReportUri[]): DmarcProblem[] {
  const reportable = rua.some(({problem}) => problem === null)
  return [...policyPlace(tags, reportable), ...tags.slice(1).flatMap((tag) => valueProblem(tag, reportable))]
}

/** RFC 7489 §6.3 wants p= right after the version; RFC 9989 takes it anywhere, and p=none where it is missing. */
function policyPlace(tags: readonly Tag[], reportable: boolean): DmarcProblem[] {
  const at = tags.findIndex(({name}) => name.toLowerCase() === 'p')
  const p = tags[at]
  if (p === undefined) {
    const old = reportable ? '' : ' Those that follow RFC 7489 ignore the record.'
    return [syntax(null, `p= is missing: receivers take that for p=none.${old}`)]
  }
  if (at === 1) return []
  return [
    syntax(p.at, 'p= is not right after v=DMARC1; receivers that follow RFC 7489 may ignore the record.', 'warning'),
  ]
}

const allowed: Readonly<Record<string, RegExp>> = {
  p: new RegExp(`^(${policies.join('|')})$`, 'i'),
  sp: new RegExp(`^(${policies.join('|')})$`, 'i'),
  np: new RegExp(`^(${policies.join('|')})$`, 'i'),
  adkim: /^[rs]$/i,
  aspf: /^[rs]$/i,
  psd: /^[ynu]$/i,
  t: /^[yn]$/i,
  fo: /^[01ds](\s*:\s*[01ds])*$/i,
  pct: /^(\d\d?|100)$/,
  rf: /^[a-z0-9-]+(\s*:\s*[a-z0-9-]+)*$/i,
  ri: /^\d{1,10}$/,
  rua: /./s,
  ruf: /./s,
}

const meanings: Readonly<Record<string, string>> = {
  p: 'none, quarantine or reject',
  sp: 'none, quarantine or reject',
  np: 'none, quarantine or reject',
  adkim: 'r or s',
  aspf: 'r or s',
  psd: 'y, n or u',
  t: 'y or n',
  fo: '0, 1, d and s',
  pct: 'a number from 0 to 100',
  rf: 'afrf',
  ri: 'a number of seconds',
  rua: 'an address',
  ruf: 'an address',
}

function valueProblem({name, value, at, valueAt}: Tag, reportable: boolean): DmarcProblem[] {
  const tag = name.toLowerCase()
  const shape = allowed[tag]
  if (shape === undefined) return [unknownTag(name, at)]
  const found: DmarcProblem[] = []
  if (!shape.test(value)) {
    const wanted = `${tag}= is ${quote(value)}; it can be ${meanings[tag]}.`
    found.push(isPolicy(tag) ? brokenPolicy(valueAt, wanted, reportable) : syntax(valueAt, wanted, 'warning'))
  }
  if (tag !== name) found.push(syntax(at, `${name}= is in capitals; some receivers know ${tag}= only.`, 'warning'))
  if (tag === 'pct' || tag === 'rf' || tag === 'ri') found.push(removedTag(tag, value, at))
  return found
}

function isPolicy(tag: string): boolean {
  return tag === 'p' || tag === 'sp' || tag === 'np'
}

function brokenPolicy(at: number, wanted: string, reportable: boolean): DmarcProblem {
  const effect = reportable ? 'Receivers act as if it said p=none.' : 'Receivers ignore the whole record.'
  return syntax(at, `${wanted} ${effect}`)
}

function removedTag(tag: 'pct' | 'rf' | 'ri', value: string, at: number): DmarcProblem {
  const base = `${tag}= was removed in RFC 9989; older receivers may honour it.`
  const share =
    Number(value) < 100 ? ` They apply the policy to ${value} % of mail, the others to all. For a test, write t=y.` : ''
  return {code: 'DMARC_REMOVED_TAG', level: 'info', at, reason: tag === 'pct' ? base + share : base}
}

function unknownTag(name: string, at: number): DmarcProblem {
  return {
    code: 'DMARC_UNKNOWN_TAG',
    level: 'info',
    at,
    reason: `${quote(`${name}=`)} is no tag of DMARC; receivers ignore it.`,
  }
}

function syntax(at: number | null, reason: string, level: 'error' | 'warning' = 'error'): DmarcProblem {
  return {code: 'DMARC_SYNTAX', level, at, reason}
}
