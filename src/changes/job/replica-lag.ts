import {read, type Session} from '../../db/transaction.ts'
import type {FoundJob} from '../../queries/job/find.ts'
import {lagSeconds} from '../../queries/job/load.ts'
import {patienceMs} from './patience.ts'
import type {RunOptions} from './run-options.ts'

interface Patience {
  /** So long it may owe an answer before that is told: one takes milliseconds, and may be lost now and then. */
  silenceMs: number
  /** So long it is waited for. */
  mostMs: number
}

/**
 * How far the replica of a session is behind, where it has one. One that no longer answers is waited for as long as a
 * database that is away, if it was behind when it last answered: it may be about to come back. Then, and where it was not
 * behind, the job goes on without it. Nothing is read there that a job decides on, and whoever works at night on a primary
 * that is well is not kept from it by a replica that is not.
 */
export class ReplicaLag {
  readonly #session: Session
  readonly #job: Pick<FoundJob, 'permission'>
  readonly #options: Pick<RunOptions, 'maxLagSeconds' | 'onNotice'>
  readonly #patience: Patience
  #behind: string | null = null
  #asking: Promise<void> | undefined
  /** Since when it owes an answer. */
  #owing: number | undefined
  #why = 'it keeps silent'
  #isGivenUp = false

  constructor(
    session: Session,
    job: Pick<FoundJob, 'permission'>,
    options: Pick<RunOptions, 'maxLagSeconds' | 'onNotice'>,
    patience: Patience = {silenceMs: 5_000, mostMs: patienceMs},
  ) {
    this.#session = session
    this.#job = job
    this.#options = options
    this.#patience = patience
  }

  /** Asks it, unless it still owes an answer. Nobody waits for that: one that is away keeps silent for long. */
  ask(): void {
    const {replica} = this.#session
    if (!replica) return
    this.#owing ??= performance.now()
    this.#asking ??= this.#ask(replica)
    this.#giveUp()
  }

  /** Why to wait for it, in words; null where that need not be. */
  get heldUp(): string | null {
    if (this.#behind === null || this.#isGivenUp) return null
    if (this.#silentMs <= this.#patience.silenceMs) return this.#behind
    const left = Math.max(0, this.#patience.mostMs - this.#silentMs)
    return `waiting: the replica does not answer, going on without it in ${Math.round(left / 1_000)} s`
  }

  async #ask(replica: NonNullable<Session['replica']>): Promise<void> {
    const {maxLagSeconds} = this.#options
    try {
      const lag = await read(this.#session, this.#job.permission, lagSeconds, replica)
      this.#behind = lag > maxLagSeconds ? `waiting: the replica is ${Math.round(lag)} s behind` : null
      this.#owing = undefined
      this.#isGivenUp = false
    } catch (error) {
      this.#why = error instanceof Error ? error.message : String(error)
    }
    this.#asking = undefined
  }

  #giveUp(): void {
    const {silenceMs, mostMs} = this.#patience
    const isOver = this.#silentMs > (this.#behind === null ? silenceMs : mostMs)
    if (!isOver || this.#isGivenUp) return
    this.#isGivenUp = true
    this.#options.onNotice?.(`! The job goes on without waiting for the replica, which does not answer: ${this.#why}`)
  }

  get #silentMs(): number {
    return this.#owing === undefined ? 0 : performance.now() - this.#owing
  }
}
