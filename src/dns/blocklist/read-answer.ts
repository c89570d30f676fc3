import type {Answer, Failed} from '../answer.ts'
import type {Blocklist, Listing} from './lists.ts'

/** Why a list says nothing of what was asked. */
export type Silence =
  /** It refuses the resolver, as it does public ones. */
  | 'blocked'
  /** It does not take the key. */
  | 'key'
  /** It does not understand the question. */
  | 'typo'
  /** It was asked too often. */
  | 'rate'
  /** The answer is none of the list's: somebody in between makes answers up. */
  | 'hijacked'
  /** It does not work. */
  | 'dead'
  | 'timeout'
  /** It answered something it does not document. */
  | 'undocumented'

/** What a list says: three things, and never a fourth. */
export type Outcome =
  | {status: 'clean'}
  | {status: 'listed'; codes: readonly string[]; listings: readonly Listing[]}
  | {status: 'unknown'; why: Silence; code: string | null}

/** Reads what a list answered (RFC 5782 §2.1; the errors as Spamhaus has them, and others after it). */
export function readAnswer(list: Blocklist, answer: Answer<'A'>): Outcome {
  if (answer.outcome === 'failed') return {status: 'unknown', why: whyFailed(answer), code: null}
  if (answer.outcome === 'absent') {
    return answer.rcode === 'NXDOMAIN' ? {status: 'clean'} : {status: 'unknown', why: 'dead', code: null}
  }
  const codes = answer.records.map(({data}) => data)
  const error = codes.map((code) => ({code, why: whyError(list, code)})).find(({why}) => why !== null)
  if (error?.why) return {status: 'unknown', why: error.why, code: error.code}
  const known = codes.filter((code) => listingsOf(list, code).length > 0)
  if (known.length === 0) return {status: 'unknown', why: 'undocumented', code: codes[0] ?? null}
  return {status: 'listed', codes: known, listings: known.flatMap((code) => listingsOf(list, code))}
}

const errorCodes: Readonly<Record<string, Silence>> = {
  '127.255.255.250': 'key',
  '127.255.255.251': 'key',
  '127.255.255.252': 'typo',
  '127.255.255.254': 'blocked',
  '127.255.255.255': 'rate',
  // SURBL and URIBL refuse with it; nowhere is it a listing.
  '127.0.0.1': 'blocked',
}

function whyError(list: Blocklist, code: string): Silence | null {
  if (!code.startsWith('127.')) return 'hijacked'
  if (list.mistakes?.includes(code)) return 'typo'
  return errorCodes[code] ?? (code.startsWith('127.255.255.') ? 'blocked' : null)
}

function listingsOf({answers}: Blocklist, code: string): Listing[] {
  if ('codes' in answers) {
    const listing = Object.hasOwn(answers.codes, code) ? answers.codes[code] : undefined
    return listing ? [listing] : []
  }
  const [, last] = /^127\.0\.0\.(\d{1,3})$/.exec(code) ?? []
  return Object.entries(answers.bits).flatMap(([bit, listing]) => (Number(last ?? 0) & Number(bit) ? [listing] : []))
}

function whyFailed({reason}: Failed): Silence {
  if (reason === 'timeout' || reason === 'unreachable') return 'timeout'
  if (reason === 'REFUSED') return 'blocked'
  return reason === 'bad name' ? 'typo' : 'dead'
}
