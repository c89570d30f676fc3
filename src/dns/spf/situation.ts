import type {Lookup} from '../answer.ts'
import {plainName} from '../domain-name.ts'
import type {LiveAnswer} from '../finding.ts'
import {livePart} from '../live-answer.ts'
import type {Publishing} from '../publishing.ts'
import {compareSpf, type SpfComparison} from './compare.ts'
import {evaluateSpf} from './evaluate.ts'
import {ownerOf, type RecordSource} from './published.ts'
import {type Survey, surveySpf} from './survey.ts'
import {type SpfTree, spfTree} from './tree.ts'
import {lastRecord} from './tree-nodes.ts'
import type {Verdict} from './verdict.ts'

/** A domain whose SPF is to be checked. */
export interface SpfTarget extends Publishing {
  /** The record as it is stored, or null where none is. */
  expected: string | null
  /** The addresses that send for the domain. */
  senders: readonly SendingIp[]
}

export interface SendingIp {
  ip: string
  /** What it says in HELO; the domain, where that is not known. */
  helo: string | null
}

/** What SPF says of one sending IP. */
export interface SenderVerdict {
  ip: string
  verdict: Verdict
}

/** All that is known of a domain's SPF, with the records as they are or as they would be. */
export interface Situation {
  target: SpfTarget
  survey: Survey
  tree: SpfTree
  /** Null where there are not two records to compare. */
  comparison: SpfComparison | null
  senders: readonly SenderVerdict[]
}

/** Gathers it. Where DNS does not say what the domain publishes, no sender is evaluated: each would be a temperror. */
export async function lookInto(lookup: Lookup, source: RecordSource, target: SpfTarget): Promise<Situation> {
  const {domain, expected} = target
  const survey = await surveySpf(lookup, source, domain)
  const live = liveTexts(survey)
  const known = survey.root.published.outcome === 'records'
  const senders = await Promise.all(
    (known ? target.senders : []).map((sender) => judge(lookup, source, domain, sender)),
  )
  const [only, ...more] = live
  const comparable = expected !== null && only !== undefined && more.length === 0
  const tree = spfTree(survey)
  const redirected = lastRecord(tree)?.all ?? null
  const comparison = comparable ? compareSpf(domain, expected, only, redirected) : null
  return {target, survey, tree, comparison, senders}
}

/** The records the domain itself publishes. */
export function liveTexts({root}: Survey): readonly string[] {
  return root.published.outcome === 'records' ? root.published.records : []
}

/** The name that has the domain's record, or should have it: where the aliases of the domain end. */
export function placeOf({target, survey}: Situation): string {
  return ownerOf(survey.root.published, target.domain)
}

/** What was answered for a domain, without the TXT records that have nothing to do with SPF. */
export function evidence(survey: Survey, domain: string): LiveAnswer[] {
  const answer = survey.records.get(plainName(domain))?.published.answer
  return answer ? [livePart(answer, looksLikeSpf)] : []
}

/** `v=spf1` as people mistype it, and Sender ID. */
export function looksLikeSpf(text: string): boolean {
  return /^[\s"'“]*(v\s*=?\s*spf|spf[12])/i.test(text)
}

async function judge(
  lookup: Lookup,
  source: RecordSource,
  domain: string,
  {ip, helo}: SendingIp,
): Promise<SenderVerdict> {
  const verdict = await evaluateSpf(lookup, {ip, helo: helo ?? domain, mailFrom: `postmaster@${domain}`}, source)
  return {ip, verdict}
}
