import type {Lookup} from '../answer.ts'
import {quote} from '../quote.ts'
import {Evaluation} from './evaluation.ts'
import {explain} from './explain.ts'
import {matchMechanism, targetOf} from './match-mechanism.ts'
import {parseRecord} from './parse-record.ts'
import {liveRecords, type RecordSource} from './published.ts'
import {
  type Explanation,
  type Include,
  isMechanism,
  type Mechanism,
  type Qualifier,
  type Redirect,
  type SpfRecord,
} from './record.ts'
import {identityOf, type Sender} from './sender.ts'
import {limitedInTime} from './time-limit.ts'
import {type SpfResult, type Step, Undecided, type Verdict} from './verdict.ts'

/**
 * What a receiver that follows RFC 7208 makes of a sender: check_host() for MAIL FROM, or for HELO where MAIL FROM is empty.
 * It is a temperror where it takes more than 20 s (§4.6.4).
 * @param records where the SPF records come from: DNS, unless a record is tried before it is published
 * @throws RangeError when `sender.ip` is no address; whatever `lookup` throws
 */
export async function evaluateSpf(
  lookup: Lookup,
  sender: Sender,
  records: RecordSource = liveRecords(lookup),
): Promise<Verdict> {
  const evaluation = new Evaluation(limitedInTime({lookup, records}), identityOf(sender))
  const {result, path, reason, exp} = await decide(evaluation)
  const explanation = result === 'fail' && exp ? await explain(evaluation, exp.modifier.domain, exp.domain) : null
  const {lookups, voids, trace} = evaluation
  return {result, path, reason, explanation, lookups, voids, trace}
}

interface Decision {
  result: SpfResult
  path: readonly Step[]
  reason: string | null
  /** The `exp` of the record that decided, and the domain of that record. */
  exp: {modifier: Explanation; domain: string} | null
}

/** Where an evaluation is: in the record of which domain, and how deep. */
interface Place {
  domain: string
  depth: number
}

const results: Readonly<Record<Qualifier, SpfResult>> = {'+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral'}

async function decide(evaluation: Evaluation): Promise<Decision> {
  try {
    return await checkHost(evaluation, {domain: evaluation.identity.domain, depth: 0})
  } catch (error) {
    if (!(error instanceof Undecided)) throw error
    return {result: error.result, path: [...evaluation.open], reason: error.message, exp: null}
  }
}

/** check_host() of RFC 7208 §4. */
async function checkHost(evaluation: Evaluation, place: Place): Promise<Decision> {
  const {domain, depth} = place
  const record = await recordOf(evaluation, domain)
  if (typeof record === 'string') return {result: 'none', path: [], reason: record, exp: null}
  const modifier = record.terms.find((term) => term.name === 'exp')
  for (const term of record.terms.filter(isMechanism)) {
    const step = evaluation.begin(term, domain, depth)
    const inner = await matchedPath(evaluation, term, place)
    evaluation.end(inner ? 'match' : 'no match')
    if (!inner) continue
    const exp = modifier ? {modifier, domain} : null
    return {result: results[term.qualifier], path: [step, ...inner], reason: null, exp}
  }
  const redirect = record.terms.find((term) => term.name === 'redirect')
  return redirect ? follow(evaluation, redirect, place) : {result: 'neutral', path: [], reason: null, exp: null}
}

/** The domain's one record, or why there is none. */
async function recordOf({records}: Evaluation, domain: string): Promise<SpfRecord | string> {
  const published = await records(domain)
  if (published.outcome === 'bad name') return `${quote(domain)} is no full domain name.`
  if (published.outcome === 'unknown') {
    throw new Undecided('temperror', `TXT of ${domain} could not be learned: ${published.reason}.`)
  }
  const [text, ...more] = published.records
  if (text === undefined) return `${domain} has no SPF record.`
  if (more.length > 0) throw new Undecided('permerror', `${domain} has ${more.length + 1} SPF records; 1 is allowed.`)
  const record = parseRecord(text)
  const [problem] = record.problems
  if (problem) throw new Undecided('permerror', `The SPF record of ${domain} breaks the grammar: ${problem.reason}`)
  return record
}

/** The terms below a mechanism that made it match, or null where it does not match. */
async function matchedPath(evaluation: Evaluation, term: Mechanism, place: Place): Promise<readonly Step[] | null> {
  if (term.name !== 'include') return (await matchMechanism(evaluation, term, place.domain)) ? [] : null
  // It matches where the other record says pass (RFC 7208 §5.2).
  const {result, path} = await checkBelow(evaluation, term, place)
  return result === 'pass' ? path : null
}

/** The other record takes the place of this one (RFC 7208 §6.1). */
async function follow(evaluation: Evaluation, redirect: Redirect, place: Place): Promise<Decision> {
  const step = evaluation.begin(redirect, place.domain, place.depth)
  const decision = await checkBelow(evaluation, redirect, place)
  evaluation.end('match')
  return {...decision, path: [step, ...decision.path]}
}

async function checkBelow(evaluation: Evaluation, term: Include | Redirect, place: Place): Promise<Decision> {
  evaluation.countLookup(term.text)
  const domain = await targetOf(evaluation, term.domain, place.domain)
  const decision = await checkHost(evaluation, {domain, depth: place.depth + 1})
  if (decision.result === 'none')
    throw new Undecided('permerror', `${quote(term.text)} leads nowhere: ${decision.reason}`)
  return decision
}
