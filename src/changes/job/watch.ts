import {setTimeout as wait} from 'node:timers/promises'
import {readForWrite, type Session} from '../../db/transaction.ts'
import type {FoundJob} from '../../queries/job/find.ts'
import {type JobProgress, jobProgress} from '../../queries/job/progress.ts'
import {crowdedBy, lockedBy} from './load.ts'
import {patienceMs} from './patience.ts'
import {recoveryFrom} from './recovery.ts'
import {ReplicaLag} from './replica-lag.ts'
import type {RunOptions} from './run-options.ts'
import {giveSign} from './sign-of-life.ts'

/** Why a run ended. `interrupted`: there is more to do, and nobody else said to stop. */
export type JobEnding = 'finished' | 'paused' | 'canceled' | 'halted' | 'too many failures' | 'interrupted'

/** What the work on a job comes to: `drained` where nothing is left of it, and more may come. */
export type JobPass = JobEnding | 'drained'

/** @param mostFailed more than these are too many */
function passOf(progress: JobProgress, mostFailed: number): JobPass {
  const isDone = progress.worked_off >= progress.items
  if (isDone && !progress.open) return 'finished'
  if (progress.state !== 'running') return progress.state
  if (progress.halted) return 'halted'
  if (progress.failed > mostFailed) return 'too many failures'
  return isDone ? 'drained' : 'interrupted'
}

const goesOn: ReadonlySet<JobPass> = new Set(['interrupted', 'drained'])

const pollMs = 1_000
// An answer takes milliseconds. After so long somebody wants to know that there is none.
const silenceMs = 5_000
// Well before others take it for stalled.
const quietSeconds = 20

type Watching = Pick<RunOptions, 'maxLagSeconds' | 'onProgress' | 'onNotice'>

/** Looks about once a second how far a job is, and whether to wait or to stop. */
export class JobWatch {
  readonly #session: Session
  readonly #job: FoundJob
  readonly #options: Watching
  readonly #signal: AbortSignal
  readonly #polling: Promise<void>
  readonly #telling: NodeJS.Timeout
  /** The server processes that work on the job for this run right now. */
  readonly backends = new Set<number>()
  readonly #lag: ReplicaLag
  #crowd: string | null = null
  #locked: string | null = null
  #pass: JobPass = 'interrupted'
  #progress: JobProgress | undefined
  #answered = performance.now()
  #lost: number | undefined
  #isBlind = false
  /** Those that failed before are what the operator goes on in spite of. */
  #failedBefore: number | undefined

  constructor(session: Session, job: FoundJob, options: Watching, signal: AbortSignal) {
    this.#session = session
    this.#job = job
    this.#options = options
    this.#signal = signal
    this.#lag = new ReplicaLag(session, job, options)
    this.#polling = this.#poll()
    this.#telling = setInterval(() => this.#isSilent && this.#tell(), pollMs)
  }

  /**
   * What holds the job up, in words; null when it may go on, or nothing is known: the workers meet what is wrong with the
   * database, know what to do about it, and must not be kept from it.
   */
  get heldUp(): string | null {
    return this.#isBlind ? null : (this.#crowd ?? this.#lag.heldUp)
  }

  /** Whether somebody stopped the job, or it stopped itself. */
  get isOver(): boolean {
    return !goesOn.has(this.#pass)
  }

  /** How the job would end if the work on it ended now: `interrupted`, as long as there is something to do. */
  async look(): Promise<JobPass> {
    await this.#look()
    return this.#pass
  }

  async #look(): Promise<JobProgress> {
    const {id, permission, max_failures} = this.#job
    const progress = await readForWrite(this.#session, permission, (db) => jobProgress(db, id))
    this.#failedBefore ??= progress.failed
    this.#pass = passOf(progress, this.#failedBefore + max_failures)
    return progress
  }

  /** Returns once nothing is being asked any more. */
  async end(): Promise<void> {
    clearInterval(this.#telling)
    await this.#polling
  }

  async #poll(): Promise<void> {
    while (!this.#signal.aborted) {
      this.#lag.ask()
      await this.#ask().catch((error: unknown) => this.#missed(error))
      await wait(pollMs, undefined, {signal: this.#signal}).catch(() => {})
    }
  }

  async #ask(): Promise<void> {
    this.#progress = await this.#look()
    this.#crowd = await crowdedBy(this.#session, this.#job.permission)
    this.#locked = await lockedBy(this.#session, this.#job.permission, this.backends)
    this.#answered = performance.now()
    this.#lost = undefined
    this.#isBlind = false
    this.#tell()
    if (!this.isOver && this.#progress.quiet_seconds > quietSeconds) await giveSign(this.#session, this.#job)
  }

  #missed(error: unknown): void {
    this.#isBlind = true
    if (recoveryFrom(error) !== 'reconnect') return
    this.#lost ??= performance.now()
    this.#tell()
  }

  // By the clock, not by the answers: what needs to be told most is that there are none.
  #tell(): void {
    if (this.#progress && !this.#signal.aborted) this.#options.onProgress?.(this.#progress, this.#waitsFor)
  }

  get #isSilent(): boolean {
    return performance.now() - this.#answered > silenceMs
  }

  get #waitsFor(): string | null {
    const now = performance.now()
    if (this.#lost !== undefined)
      return `connection lost, trying again for ${seconds(Math.max(0, this.#lost + patienceMs - now))}`
    if (this.#isSilent) return `no answer from the database for ${seconds(now - this.#answered)}`
    return this.heldUp ?? this.#locked
  }
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`
}
