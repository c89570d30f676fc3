import type {Finding} from '../finding.ts'
import type {Report} from '../report.ts'
import {locatedReason} from '../tag-list.ts'
import {type DmarcComparison, type DmarcDifference, isWeaker} from './compare.ts'
import type {DmarcCode} from './kinds.ts'
import {type DmarcProblem, type DmarcRecord, nonexistentPolicy, strictness, subdomainPolicy} from './record.ts'

/** What is wrong with the one record that is there. */
export function judgeRecord(
  report: Report<DmarcCode>,
  record: DmarcRecord,
  comparison: DmarcComparison | null,
): Finding[] {
  const differences = comparison?.differences ?? []
  return [
    ...problemFindings(report, record.problems),
    ...differenceFindings(report, differences),
    ...weakSpots(report, record, comparison),
    ...addressFindings(report, record),
  ]
}

/** One finding for each code and level, with all that speaks for it. */
function problemFindings(report: Report<DmarcCode>, problems: readonly DmarcProblem[]): Finding[] {
  const groups = Map.groupBy(problems, ({code, level}) => `${code} ${level}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const {code, level} = first
    return [report(code, group.map(locatedReason).join(' '), {level, ...(level === 'info' && noFix)})]
  })
}

function differenceFindings(report: Report<DmarcCode>, differences: readonly DmarcDifference[]): Finding[] {
  const codes = {p: 'DMARC_WEAKER', sp: 'DMARC_SP_WEAKER', np: 'DMARC_NP_WEAKER'} as const
  const weaker = differences.filter(({tag, live, stored}) => tag in codes && isWeaker(live, stored))
  const p = weaker.find(({tag}) => tag === 'p')
  // What is left out follows p=, and is mended with it.
  const own = weaker.filter(({tag, live, stored}) => tag === 'p' || live !== p?.live || stored !== p.stored)
  const rest = differences.filter((difference) => !weaker.includes(difference))
  return [
    ...own.flatMap(({tag, live, stored}) => {
      if (tag !== 'p' && tag !== 'sp' && tag !== 'np') return []
      return [report(codes[tag], `The live ${tag}=${live} is weaker than the stored ${tag}=${stored}.`)]
    }),
    ...(rest.length > 0 ? [report('DMARC_MISMATCH', `${rest.map(difference).join('; ')}.`)] : []),
  ]
}

function difference({tag, live, stored}: DmarcDifference): string {
  return `${tag}= is ${live || 'not there'}, and stored is ${stored || 'none'}`
}

/** What is weak in itself, where no finding says already that it is weaker than what is stored. */
function weakSpots(report: Report<DmarcCode>, record: DmarcRecord, comparison: DmarcComparison | null): Finding[] {
  const {p, testing} = record
  if (p === null) return []
  const found: Finding[] = []
  const told = new Set(comparison?.differences.map(({tag}) => tag))
  if (p === 'none' && !told.has('p')) {
    const message = 'p=none: mail that fails is only reported. Go on to p=quarantine once the reports are clean.'
    // What is stored was decided.
    found.push(report('DMARC_P_NONE', message, {...noFix, level: comparison === null ? 'warning' : 'info'}))
  }
  const [sp, np] = [subdomainPolicy(record), nonexistentPolicy(record)]
  if (sp && strictness(sp) < strictness(p) && !told.has('sp')) {
    found.push(
      report('DMARC_SP_WEAKER', `sp=${sp} is weaker than p=${p}: subdomains can be forged more easily.`, noFix),
    )
  }
  if (np && record.np && strictness(np) < strictness(p) && !told.has('np')) {
    found.push(report('DMARC_NP_WEAKER', `np=${np} is weaker than p=${p}: subdomains can be made up.`, noFix))
  }
  if (testing && !told.has('t')) {
    found.push(report('DMARC_T_Y', `t=y: receivers report what fails, but do not apply p=${p}.`, noFix))
  }
  return found
}

function addressFindings(report: Report<DmarcCode>, {rua, ruf}: DmarcRecord): Finding[] {
  const found = [...rua, ...ruf].flatMap(({problem}) => (problem === null ? [] : [problem]))
  const sized = rua.filter(({maxBytes, problem}) => maxBytes !== null && problem === null)
  return [
    ...(found.length > 0 ? [report('DMARC_RUA_SYNTAX', found.join(' '))] : []),
    ...(rua.length === 0
      ? [report('DMARC_NO_RUA', 'The record has no rua=, so nobody gets aggregate reports.', noFix)]
      : []),
    ...sized.map(({text}) =>
      report(
        'DMARC_REMOVED_TAG',
        `The size in ${text} was removed in RFC 9989; receivers that follow it may not read the address.`,
        noFix,
      ),
    ),
  ]
}

/** What is a choice of the domain's owner, and not to be mended by publishing what is stored. */
const noFix = {fix: null} as const
