import type {Lookup} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import type {Finding} from '../finding.ts'
import {liveAnswer} from '../live-answer.ts'
import {type Publishing, publish} from '../publishing.ts'
import {quote} from '../quote.ts'
import {type Checked, type Report, reportOn} from '../report.ts'
import {whyAbsent} from './absence.ts'
import {type AppliedPolicy, type Inherited, inheritedPolicy} from './applied-policy.ts'
import {compareDmarc, type DmarcComparison} from './compare.ts'
import {type DmarcCode, dmarcKinds} from './kinds.ts'
import {type Published, publishedAt} from './own-record.ts'
import type {DmarcRecord} from './record.ts'
import {judgeRecord} from './record-findings.ts'
import {type ReportDestination, reportDestinations} from './report-authorisation.ts'

export interface DmarcTarget extends Publishing {
  /** The record that is to be at `_dmarc.<domain>`; null where none is stored. */
  stored: string | null
}

export interface DmarcFacts {
  name: string
  /** The domain's own record; null where it has none that receivers take. */
  record: DmarcRecord | null
  comparison: DmarcComparison | null
  /** What receivers that follow RFC 9989 apply to mail of the domain; null for nothing, and where it is not known. */
  policy: AppliedPolicy | null
  /** Where the domain has no usable record of its own: what comes from above, by the old standard and the new. */
  inherited: Inherited | null
  /** Who outside the organisation is to get reports. */
  destinations: readonly Omit<ReportDestination, 'finding'>[]
}

/** Checks the DMARC policy of a domain: its own record, or what it inherits. */
export async function checkDmarc(lookup: Lookup, target: DmarcTarget): Promise<Checked<DmarcFacts>> {
  const {domain, stored} = target
  const published = await publishedAt(lookup, domain)
  const {name, answer, record} = published
  const about = {subject: 'DMARC', name, type: 'TXT', expected: stored} as const
  const facts = {name, record, comparison: null, policy: null, inherited: null, destinations: []}
  if (answer.outcome === 'failed') return {findings: [couldNotAsk(about, answer)], facts}

  const fix = () => (stored === null ? null : publish(target, {name, type: 'TXT', value: stored}))
  const report = reportOn(dmarcKinds, () => ({...about, live: [liveAnswer(answer)], fix: fix()}))
  if (record === null) return withoutRecord(lookup, report, published, target)
  const comparison = stored === null ? null : compareDmarc(record.text, stored)
  const destinations = await reportDestinations(lookup, domain, record, about)
  const findings = [...judgeRecord(report, record, comparison), ...destinations.flatMap(({finding}) => finding ?? [])]
  return {
    findings,
    facts: {
      ...facts,
      comparison,
      policy: record.p && {policy: record.p, from: domain, tag: 'p', record},
      destinations: destinations.map(({domain, authorised}) => ({domain, authorised})),
    },
  }
}

async function withoutRecord(
  lookup: Lookup,
  report: Report<DmarcCode>,
  published: Published,
  target: DmarcTarget,
): Promise<Checked<DmarcFacts>> {
  const [causes, inherited] = await Promise.all([
    whyAbsent(lookup, report, published),
    inheritedPolicy(lookup, target.domain),
  ])
  const {name} = published
  const findings = [...causes, ...absence(report, published, inherited, target), ...inheritance(report, inherited)]
  if (inherited.failure) {
    const {answer, ...asked} = inherited.failure
    findings.push(couldNotAsk({subject: 'DMARC', ...asked}, answer))
  }
  return {
    findings,
    facts: {name, record: null, comparison: null, policy: inherited.treeWalk, inherited, destinations: []},
  }
}

function absence(
  report: Report<DmarcCode>,
  {name, answer, count}: Published,
  {treeWalk, publicSuffix, failure}: Inherited,
  target: DmarcTarget,
): Finding[] {
  const {stored} = target
  if (count > 1 || (stored === null && (treeWalk || publicSuffix || failure))) return []
  const why = answer.outcome === 'absent' ? answer.rcode : 'what is there is something else'
  const value = stored ?? 'v=DMARC1; p=none'
  const fix = publish(target, {name, type: 'TXT', value})
  return [report('DMARC_MISSING', `${name} has no DMARC record (${why}). Publish one there: ${quote(value)}`, {fix})]
}

function inheritance(report: Report<DmarcCode>, {treeWalk, publicSuffix, organisation, failure}: Inherited): Finding[] {
  if (treeWalk === null && publicSuffix === null) return []
  const walk = treeWalk
    ? `${said(treeWalk)} comes from ${treeWalk.from} by the tree walk`
    : failure
      ? 'What the tree walk finds is not known'
      : 'The tree walk finds no policy'
  const suffix = publicSuffix
    ? `by the public suffix list ${said(publicSuffix)} from ${publicSuffix.from}`
    : failure
      ? 'what the public suffix list gives is not known'
      : `by the public suffix list none from ${organisation.publicSuffix ?? 'anywhere'}`
  const same = treeWalk?.from === publicSuffix?.from && treeWalk?.policy === publicSuffix?.policy
  const message = same ? `${walk}, and by the public suffix list too.` : `${walk}; ${suffix}.`
  return [report('DMARC_INHERITED', message, {fix: null})]
}

function said({tag, policy}: AppliedPolicy): string {
  return `${tag}=${policy}`
}
