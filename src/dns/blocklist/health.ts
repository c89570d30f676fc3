import type {Answer} from '../answer.ts'
import type {Blocklist} from './lists.ts'
import {type Outcome, readAnswer} from './read-answer.ts'

/** A list that is not believed, and why. */
export interface Unhealthy {
  outcome: Extract<Outcome, {status: 'unknown'}>
  /** What was noticed, in a sentence; null where the outcome says it. */
  notice: string | null
  answer: Answer<'A'>
}

/** Whether a list has what is always on it and not what never is (RFC 5782 §5); null where it can be believed. */
export async function whyUnhealthy(
  list: Blocklist,
  ask: (entry: string) => Promise<Answer<'A'>>,
): Promise<Unhealthy | null> {
  const [listed, clean] = await Promise.all([ask(list.tests.listed), ask(list.tests.clean)])
  const [there, gone] = [readAnswer(list, listed), readAnswer(list, clean)]
  if (there.status === 'unknown' && there.why !== 'undocumented') return {outcome: there, notice: null, answer: listed}
  if (gone.status === 'unknown' && gone.why !== 'undocumented') return {outcome: gone, notice: null, answer: clean}
  const dead = {status: 'unknown', why: 'dead', code: null} as const
  if (there.status === 'clean') {
    return {
      outcome: dead,
      notice: `It does not have ${list.tests.listed}, which is always on a list that works.`,
      answer: listed,
    }
  }
  if (gone.status !== 'clean') {
    return {outcome: dead, notice: `It has ${list.tests.clean}, so it has everything.`, answer: clean}
  }
  return null
}
