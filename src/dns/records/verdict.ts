import type {DnsStatus} from '../../rules/dns-record.ts'
import type {Finding, LiveAnswer} from '../finding.ts'
import {evidenceOf} from './evidence.ts'
import type {Expectation} from './expectation.ts'
import {type RecordState, type Standing, timeLeft, type Views} from './state.ts'

/** What a check came to for one expected record; made to be written back to its place in the document. */
export interface RecordVerdict {
  position: number
  subject: string
  name: string
  type: Expectation['type']
  state: RecordState
  /** Verified where every authority is right; failed never because nobody answered. */
  status: DnsStatus
  /** For people, where the status is failed or error. */
  error: string | null
  /** Seconds, as the authorities publish it. */
  ttl: number | null
  /** The authorities first, then the resolvers. */
  live: readonly LiveAnswer[]
  retry_after_s: number | null
}

/** @param reason the finding that says why, where something is wrong */
export function verdictOf(
  expectation: Expectation,
  {state, wait}: Standing,
  views: Views,
  reason: () => Pick<Finding, 'message'> | undefined,
): RecordVerdict {
  const {position, record, subject, name, type} = expectation
  const status = record.needs_deployment && statuses[state] !== 'verified' ? 'pending' : statuses[state]
  return {
    position,
    subject,
    name,
    type,
    state,
    status,
    error: status === 'failed' || status === 'error' ? (reason()?.message ?? null) : null,
    ttl: publishedTtl(views),
    live: evidenceOf(expectation, views),
    retry_after_s: wait,
  }
}

function publishedTtl({authorities}: Views): number | null {
  const found = authorities.filter(({outcome}) => outcome === 'found')
  return found.length > 0 ? Math.max(...found.map((answer) => timeLeft(answer) ?? 0)) : null
}

const statuses: Readonly<Record<RecordState, DnsStatus>> = {
  ok: 'verified',
  propagating: 'verified',
  'negative-cached': 'verified',
  missing: 'failed',
  mismatch: 'failed',
  inconsistent: 'failed',
  unknown: 'error',
}
