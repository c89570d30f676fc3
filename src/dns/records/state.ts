import type {Answer} from '../answer.ts'
import {leastTtl} from '../least-ttl.ts'
import {type Expectation, matchOf} from './expectation.ts'
import {contentOf, type Match} from './matchers.ts'

/**
 * How an expected record stands, exactly one of these:
 * - `ok`: right at every authority, and nobody who was asked remembers anything else
 * - `propagating`: right at every authority; a resolver still has an old answer
 * - `negative-cached`: right at every authority; a resolver remembers that there was no such record
 * - `missing`, `mismatch`: not there, or the same other one there, at every authority
 * - `inconsistent`: the authorities differ, be it that none of them is right
 * - `unknown`: no authority could be asked; nothing is concluded
 */
export type RecordState = 'ok' | 'propagating' | 'negative-cached' | 'missing' | 'mismatch' | 'inconsistent' | 'unknown'

/** What the servers say of one record: those that are its authorities, and the resolvers. */
export interface Views {
  authorities: readonly Answer[]
  resolvers: readonly Answer[]
}

export interface Standing {
  state: RecordState
  /** The answers that the state is about: those of the resolvers that wait, or of the authorities. */
  answers: readonly Answer[]
  /** Seconds until everybody who was asked has forgotten what they remember; null where nobody does, or nobody knows. */
  wait: number | null
}

/** A failure proves nothing: who could not be asked has no voice. */
export function standingOf(expectation: Expectation, {authorities, resolvers}: Views): Standing {
  const matches = authorities.map((answer) => matchOf(expectation, answer))
  const match = matches.find((some) => some !== undefined)
  if (match === undefined) return {state: 'unknown', answers: authorities, wait: null}
  if (matches.some((other) => other !== undefined && other !== match))
    return {state: 'inconsistent', answers: authorities, wait: null}
  if (match === 'none') return {state: 'missing', answers: authorities, wait: null}
  if (match === 'wrong')
    return {state: areSame(expectation, authorities) ? 'mismatch' : 'inconsistent', answers: authorities, wait: null}
  return remembered(expectation, resolvers) ?? {state: 'ok', answers: authorities, wait: null}
}

/** Whether all that can say have the same records of the expected kind. */
function areSame({record}: Expectation, answers: readonly Answer[]): boolean {
  const found = answers.filter((answer) => answer.outcome === 'found')
  return new Set(found.map(({records}) => contentOf(record.record_type, records))).size === 1
}

function remembered(expectation: Expectation, resolvers: readonly Answer[]): Standing | undefined {
  const stale = resolvers.filter((answer) => isOther(matchOf(expectation, answer)))
  if (stale.length === 0) return undefined
  const wrong = stale.some((answer) => matchOf(expectation, answer) === 'wrong')
  const waits = stale.map(timeLeft).filter((seconds) => seconds !== null)
  const wait = waits.length > 0 ? Math.max(...waits) : null
  return {state: wrong ? 'propagating' : 'negative-cached', answers: stale, wait}
}

function isOther(match: Match | undefined): boolean {
  return match === 'wrong' || match === 'none'
}

/** For how long the one who answered will go on answering so. */
export function timeLeft(answer: Answer): number | null {
  if (answer.outcome === 'failed') return null
  const aliases = leastTtl(answer.aliases)
  if (answer.outcome === 'absent') return answer.negativeTtl === null ? null : Math.min(answer.negativeTtl, aliases)
  return Math.min(leastTtl(answer.records), aliases)
}
