import type {Answer, Lookup} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import type {Finding} from '../finding.ts'
import {liveAnswer} from '../live-answer.ts'
import {quote} from '../quote.ts'
import type {SpfComparison} from './compare.ts'
import {spfFinding} from './kinds.ts'
import {isSpfRecord, parseRecord} from './parse-record.ts'
import {textsOf} from './published.ts'
import type {SyntaxProblem} from './record.ts'
import {evidence, liveTexts, looksLikeSpf, type Situation} from './situation.ts'

/** What is wrong with the records at the domain itself: how many there are, how long, and whether they are as stored. */
export function recordFindings(situation: Situation): Finding[] {
  const {target, survey} = situation
  const {published} = survey.root
  if (published.outcome === 'unknown')
    return [
      couldNotAsk({subject: 'SPF', name: target.domain, type: 'TXT', expected: target.expected}, published.answer),
    ]
  const texts = published.answer ? textsOf(published.answer) : []
  return [
    ...countFindings(situation, texts),
    ...storedFindings(situation),
    ...sizeFindings(situation, published.answer),
    ...senderIdFindings(situation, texts),
  ]
}

/** A record of the obsolete type 99, where there is one. */
export async function type99Findings(lookup: Lookup, domain: string): Promise<Finding[]> {
  const answer = await lookup(domain, 'SPF')
  if (answer.outcome !== 'found') return []
  const message = `${domain} has a record of the obsolete type SPF (99). Remove it.`
  return [spfFinding('SPF_TYPE99', domain, message, {type: 'SPF', live: [liveAnswer(answer)]})]
}

/** Where a record breaks the grammar: `v=spf1 ➞ipv4:192.0.2.1 -all`. */
export function markedLine({line, marker}: SyntaxProblem): string {
  const at = marker.length - 1
  return `${line.slice(0, at)}➞${line.slice(at)}`
}

function countFindings(situation: Situation, texts: readonly string[]): Finding[] {
  const {domain} = situation.target
  const count = liveTexts(situation.survey).length
  if (count === 1) return []
  if (count > 1) {
    const message = `${count} SPF records at ${domain}; receivers return permerror.`
    return [spfFinding('SPF_MULTIPLE', domain, message, found(situation))]
  }
  const {answer} = situation.survey.root.published
  const retry = answer?.outcome === 'absent' ? answer.negativeTtl : null
  const none =
    answer === null
      ? `${quote(domain)} is no full domain name, and cannot have an SPF record.`
      : `${domain} has no SPF record.`
  const message = [none, ...nearMisses(texts)].join(' ')
  return [spfFinding('SPF_MISSING', domain, message, {...found(situation), retry_after_s: retry})]
}

function nearMisses(texts: readonly string[]): string[] {
  const meant = texts.filter((text) => looksLikeSpf(text) && !isSpfRecord(text) && !isSenderId(text))
  return meant.map((text) => `${quote(text)} looks like one, but a record begins with “v=spf1” and a space.`)
}

function storedFindings(situation: Situation): Finding[] {
  const {target, comparison} = situation
  const {domain, expected} = target
  const [problem] = expected === null ? [] : parseRecord(expected).problems
  if (problem) {
    const message = `The stored SPF record is wrong at position ${problem.at + 1}: ${markedLine(problem)}. ${problem.reason}`
    return [spfFinding('SPF_STORED_INVALID', domain, message, found(situation))]
  }
  if (comparison?.relation !== 'differs' || situation.tree.status === 'syntax') return []
  const message = `The SPF record of ${domain} is not as stored: ${difference(comparison)}.`
  const weaker = comparison.missing.length > 0 && comparison.missing.every(isAll)
  return [spfFinding('SPF_MISMATCH', domain, message, {...found(situation), level: weaker ? 'warning' : 'error'})]
}

/** Other senders are the customer's own affair, unless nothing else can be the difference. */
function difference({missing, extra}: SpfComparison): string {
  const [lost, policy] = [missing.filter((term) => !isAll(term)), missing.find(isAll)]
  const live = extra.find(isAll) ?? extra.find((term) => /^redirect=/i.test(term)) ?? 'nothing'
  const parts = [
    ...(lost.length > 0 ? [`it lacks ${lost.join(' ')}`] : []),
    ...(policy ? [`it ends in ${live}, not ${policy}`] : []),
  ]
  if (parts.length > 0) return parts.join('; ')
  return extra.length > 0 ? `it also has ${extra.join(' ')}` : 'the order of its terms gives other results'
}

function isAll(term: string): boolean {
  return /^[+\-~?]?all$/i.test(term)
}

function sizeFindings(situation: Situation, answer: Answer<'TXT'> | null): Finding[] {
  const {domain} = situation.target
  const record = Math.max(0, ...liveTexts(situation.survey).map((text) => text.length)) + domain.length
  if (record > 450) {
    const message = `The SPF record of ${domain} is ${record} bytes with its name; keep it under 450.`
    return [spfFinding('SPF_OVER_450', domain, message, found(situation))]
  }
  const packet = answer ? packetSize(answer, domain) : 0
  if (packet <= 512) return []
  const message = `All TXT records of ${domain} make an answer of ${packet} bytes; plain UDP carries 512.`
  return [spfFinding('TXT_OVER_512', domain, message, found(situation))]
}

/** Header, question and records, names compressed and strings as long as they may be (RFC 1035 §4, §3.3). */
function packetSize(answer: Answer<'TXT'>, domain: string): number {
  if (answer.outcome !== 'found') return 0
  const sizes = answer.records.map(({data}) => data.length + Math.max(1, Math.ceil(data.length / 255)))
  return sizes.reduce((sum, size) => sum + 12 + size, 12 + domain.length + 2 + 4)
}

function senderIdFindings(situation: Situation, texts: readonly string[]): Finding[] {
  const {domain} = situation.target
  return texts.filter(isSenderId).map((text) => {
    const message = `${domain} has a record of the obsolete Sender ID: ${quote(text)}. Remove it.`
    return spfFinding('SPF_SENDERID', domain, message, found(situation))
  })
}

function isSenderId(text: string): boolean {
  return /^spf2\.0\//i.test(text)
}

function found({target, survey}: Situation): Pick<Finding, 'expected' | 'live'> {
  return {expected: target.expected, live: evidence(survey, target.domain)}
}
