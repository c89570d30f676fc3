import {setTimeout as wait} from 'node:timers/promises'
import {readForWrite, type Session} from '../../db/transaction.ts'
import type {FoundJob} from '../../queries/job/find.ts'
import {type JobProgress, jobProgress} from '../../queries/job/progress.ts'
import {heldUpBy} from './load.ts'
import type {RunOptions} from './run-options.ts'

/** Why a run ended. `interrupted`: there is more to do, and nobody else said to stop. */
export type JobEnding = 'finished' | 'paused' | 'canceled' | 'halted' | 'too many failures' | 'interrupted'

export function endingOf(progress: JobProgress, {max_failures}: Pick<FoundJob, 'max_failures'>): JobEnding {
  if (progress.worked_off >= progress.items) return 'finished'
  if (progress.state !== 'running') return progress.state
  if (progress.halted) return 'halted'
  return progress.failed > max_failures ? 'too many failures' : 'interrupted'
}

const pollMs = 1_000

/** Looks about once a second how far a job is, and whether to wait or to stop. */
export class JobWatch {
  readonly #session: Session
  readonly #job: FoundJob
  readonly #options: RunOptions
  readonly #signal: AbortSignal
  readonly #polling: Promise<void>
  #heldUp: string | null = null
  #isOver = false

  constructor(session: Session, job: FoundJob, options: RunOptions, signal: AbortSignal) {
    this.#session = session
    this.#job = job
    this.#options = options
    this.#signal = signal
    this.#polling = this.#poll()
  }

  /** What holds the job up, in words; null when it may go on. */
  get heldUp(): string | null {
    return this.#heldUp
  }

  /** Whether somebody stopped the job, or it stopped itself. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** How far the job is now, and whether it is over. */
  async look(): Promise<JobProgress> {
    const {id, permission} = this.#job
    const progress = await readForWrite(this.#session, permission, (db) => jobProgress(db, id))
    this.#isOver = endingOf(progress, this.#job) !== 'interrupted'
    return progress
  }

  /** Returns once nothing is being asked any more. */
  async end(): Promise<void> {
    await this.#polling
  }

  async #poll(): Promise<void> {
    while (!this.#signal.aborted) {
      // The workers meet what is wrong with the database, and know what to do about it.
      await this.#ask().catch(() => {})
      await wait(pollMs, undefined, {signal: this.#signal}).catch(() => {})
    }
  }

  async #ask(): Promise<void> {
    const progress = await this.look()
    this.#heldUp = await heldUpBy(this.#session, this.#job.permission, this.#options.maxLagSeconds)
    this.#options.onProgress?.(progress, this.#heldUp)
  }
}
