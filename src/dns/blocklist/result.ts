import type {LiveAnswer} from '../finding.ts'
import type {Blocklist} from './lists.ts'
import type {Outcome} from './read-answer.ts'

/** What one list says of one address or domain. */
export interface ListResult {
  list: Blocklist
  outcome: Outcome
  /** What the list says of a listing, in its own words; or what was noticed of a list that is not believed. */
  text: string | null
  /** What it answered. Not the answer itself: the name asked for may hold a key. */
  live: LiveAnswer
}
