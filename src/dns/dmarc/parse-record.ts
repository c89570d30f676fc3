import {quote} from '../quote.ts'
import {remembered} from '../remembered.ts'
import {parseTagList, type SyntaxProblem, type Tag} from '../tag-list.ts'
import {type DmarcProblem, type DmarcRecord, type Policy, policies} from './record.ts'
import {parseReportUris, type ReportUri} from './report-uri.ts'
import {tagProblems} from './tag-problems.ts'

/** Whether receivers take a TXT record for DMARC: it begins with exactly this version (RFC 9989 §4.7). */
export const isDmarc = remembered((text: string): boolean => {
  return /^v[ \t]*=[ \t]*DMARC1[ \t]*(;|$)/i.test(text) && parseTagList(text.slice(0, 64)).tags[0]?.value === 'DMARC1'
})

/** Whether it is meant as DMARC, though receivers may not take it for that. */
export function looksLikeDmarc(text: string): boolean {
  return /^[\s"']*v\s*=\s*DMARC/i.test(text)
}

/**
 * Reads a record that `isDmarc`, as RFC 9989 has it: what breaks the grammar counts as not there. Tells what is wrong,
 * and what receivers that follow RFC 7489 see differently.
 */
export const parseDmarc = remembered((text: string): DmarcRecord => {
  const {tags, problems} = parseTagList(text)
  const values = new Map(tags.toReversed().map((tag) => [tag.name.toLowerCase(), tag]))
  const rua = reportUris(values.get('rua'))
  const ruf = reportUris(values.get('ruf'))
  return {
    text,
    ...readPolicies(values, rua),
    adkim: oneOf(['r', 's'], values.get('adkim')) ?? 'r',
    aspf: oneOf(['r', 's'], values.get('aspf')) ?? 'r',
    psd: oneOf(['y', 'n', 'u'], values.get('psd')) ?? 'u',
    testing: oneOf(['y', 'n'], values.get('t')) === 'y',
    percent: percentOf(values.get('pct')),
    rua,
    ruf,
    problems: [...problems.map((problem) => listProblem(text, problem)), ...tagProblems(tags, rua)],
  }
})

function listProblem(text: string, {kind, at, reason}: SyntaxProblem): DmarcProblem {
  const isAddress = /^mailto:/i.test(text.slice(at, at + 7))
  return {
    code: 'DMARC_SYNTAX',
    // A tag that is there twice makes the whole list invalid (RFC 6376 §3.2).
    level: kind === 'repeated' ? 'error' : 'warning',
    at,
    reason: isAddress ? `${reason} Addresses are separated by commas.` : reason,
  }
}

type Values = ReadonlyMap<string, Tag>

/** A policy that cannot be read makes it p=none where reports are asked for, and nothing at all where not (§4.10.1). */
function readPolicies(values: Values, rua: readonly ReportUri[]): Pick<DmarcRecord, 'p' | 'sp' | 'np'> {
  const [p, sp, np] = ['p', 'sp', 'np'].map((name) => values.get(name))
  const broken = [p, sp, np].some((tag) => tag !== undefined && policyOf(tag) === null)
  if (!broken) return {p: policyOf(p) ?? 'none', sp: policyOf(sp), np: policyOf(np)}
  return {p: rua.some(({problem}) => problem === null) ? 'none' : null, sp: null, np: null}
}

function policyOf(tag: Tag | undefined): Policy | null {
  return oneOf(policies, tag)
}

function oneOf<Value extends string>(allowed: readonly Value[], tag: Tag | undefined): Value | null {
  const value = tag?.value.toLowerCase()
  return allowed.find((candidate) => candidate === value) ?? null
}

function percentOf(tag: Tag | undefined): number | null {
  return tag && /^\d{1,3}$/.test(tag.value) && Number(tag.value) <= 100 ? Number(tag.value) : null
}

function reportUris(tag: Tag | undefined): ReportUri[] {
  return tag?.value ? parseReportUris(tag.value) : []
}

/** What was meant by a record that receivers do not take for DMARC, and why they do not. */
export function whyNotDmarc(text: string): string {
  if (/^\s/.test(text)) return 'It begins with white space, and “v=DMARC1” must be the very first.'
  if (/^["']/.test(text)) return 'The quotes around it were typed into the value.'
  const [version = ''] = text.split(';')
  return `It begins with ${quote(version.trim())}, and must begin with “v=DMARC1;”, in these letters.`
}
