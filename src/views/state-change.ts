import type {WatchedState} from '../dns/records/watched.ts'
import {clockTime} from '../output/time.ts'
import type {Cell, Tone, View} from '../output/view.ts'
import {durationText} from '../rules/duration-text.ts'

/** That a record of a domain is in another state than when it was last asked for. */
export interface StateChange {
  at: string
  record: string
  name: string
  /** Null the first time. */
  from: WatchedState | null
  to: WatchedState
  /** Seconds until caches have forgotten what they remember. */
  retry_after_s: number | null
}

export const stateChangeView: View<StateChange> = {
  noun: 'change',
  plural: 'changes',
  name: 'record',
  fields: {
    at: {kind: 'timestamp'},
    record: {kind: 'text'},
    name: {kind: 'text'},
    from: {kind: 'text', nullable: true},
    to: {kind: 'text', header: 'State', cell: (to) => ({text: to, tone: toneOf(to)})},
    retry_after_s: {kind: 'integer', header: 'Again in, s', nullable: true},
  },
  table: ['at', 'record', 'name', 'from', 'to', 'retry_after_s'],
}

const words: Readonly<Record<WatchedState, string>> = {
  ok: 'right everywhere',
  propagating: 'right at the source, a cache has the old one',
  'negative-cached': 'right at the source, a cache remembers none',
  missing: 'missing',
  mismatch: 'another one is published',
  inconsistent: 'the name servers disagree',
  unknown: 'could not be asked',
  broken: 'published, but does not work',
}

/** `14:02:11  DKIM pm1: missing → right everywhere`: the change as whoever watches reads it. */
export function stateChangeLine({at, record, from, to, retry_after_s: seconds}: StateChange): Cell {
  const moment = new Date(at)
  const before = from === null ? '' : `${words[from]} → `
  const until = seconds === null ? '' : ` until ${clockTime(new Date(moment.getTime() + seconds * 1_000), 'minute')}`
  return {text: `${clockTime(moment, 'second')}  ${record}: ${before}${words[to]}${until}`, tone: toneOf(to)}
}

/** By when all will be right, if nothing changes at the source. */
export function arrivalLine(now: Date, seconds: number): string {
  return `Right at the source; right everywhere by ${clockTime(new Date(now.getTime() + seconds * 1_000), 'minute')}.`
}

/** What is waited for, `passed` seconds into a pause. */
export function waitingLine({left, untilRight, again, passed}: Waiting): string {
  const count = left === 1 ? '1 record to go' : `${left} records to go`
  const caches = untilRight === null ? [] : [`caches forget in ${durationText(Math.max(0, untilRight - passed))}`]
  return [count, ...caches, `asking again in ${durationText(again - passed)}`].join(' · ')
}

interface Waiting {
  /** Records that are not right everywhere. */
  left: number
  /** Seconds, counted from the beginning of the pause. */
  untilRight: number | null
  again: number
  passed: number
}

function toneOf(state: WatchedState): Tone {
  return state === 'ok' ? 'good' : 'warn'
}
