import type {FailureReason} from '../answer.ts'
import type {Response} from './response.ts'

/** What became of a packet that was sent once. */
export type Outcome = {response: Response} | {failure: Failure}

export interface Failure {
  reason: Extract<FailureReason, 'timeout' | 'unreachable' | 'malformed'>
  /** What happened, for people. */
  detail: string
}

/** The server did not understand the question, perhaps because of EDNS (RFC 6891 §7). */
export function isFormatError(outcome: Outcome): boolean {
  return 'response' in outcome && (outcome.response.rcode === 'FORMERR' || outcome.response.rcode === 'NOTIMP')
}

/** Nothing came, or nothing that can be read. */
export function isSilence(outcome: Outcome): boolean {
  return 'failure' in outcome && !isUnreachable(outcome)
}

export function isUnreachable(outcome: Outcome): boolean {
  return 'failure' in outcome && outcome.failure.reason === 'unreachable'
}

/** An answer, and all of it. */
export function isWhole(outcome: Outcome): boolean {
  return 'response' in outcome && !outcome.response.truncated
}

export function unreachable(error: NodeJS.ErrnoException): Outcome {
  return {failure: {reason: 'unreachable', detail: reasons[error.code ?? ''] ?? error.message}}
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens at that address and port',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'no route leads there',
  EACCES: 'this machine does not allow it',
  EPERM: 'this machine does not allow it',
}

export function timedOut(timeoutMs: number): Outcome {
  return {failure: {reason: 'timeout', detail: `no answer within ${timeoutMs / 1_000} s`}}
}

export function malformed(detail: string): Outcome {
  return {failure: {reason: 'malformed', detail}}
}
