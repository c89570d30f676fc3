import type {Outcome} from './outcome.ts'
import type {Question} from './query.ts'

/** A question that one datagram shall carry. */
export interface OutgoingQuery<Result> {
  readonly question: Question
  /** Whether to say that we speak EDNS (RFC 6891). */
  readonly edns: boolean
  /** When it is asked, in the time of `performance.now()`. */
  readonly start: number
  /** Turns the outcome into the result; at once, for one more promise for each of thousands is slow. */
  read(outcome: Outcome): Result | Promise<Result>
}

/** A question that was sent. There are thousands, so it is one object and no closures. */
export class Datagram<Result> {
  readonly asked: OutgoingQuery<Result>
  readonly timeoutMs: number
  /** In the time of `performance.now()`. */
  readonly deadline: number
  /** Something came under this id that is no answer: a server at fault, or somebody who guesses ids. */
  gotRubbish = false
  readonly #resolve: (result: Result | Promise<Result>) => void
  readonly reject: (reason: unknown) => void

  constructor(
    asked: OutgoingQuery<Result>,
    timeoutMs: number,
    resolve: (result: Result | Promise<Result>) => void,
    reject: (reason: unknown) => void,
  ) {
    this.asked = asked
    this.timeoutMs = timeoutMs
    this.deadline = asked.start + timeoutMs
    this.#resolve = resolve
    this.reject = reject
  }

  settle(outcome: Outcome): void {
    try {
      this.#resolve(this.asked.read(outcome))
    } catch (error) {
      this.reject(error)
    }
  }
}

/** One that waits, whatever is made of its answer. */
export type Waiting = Pick<Datagram<unknown>, 'asked' | 'timeoutMs' | 'deadline' | 'gotRubbish' | 'reject' | 'settle'>
