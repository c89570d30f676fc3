import type {Session} from '../../db/transaction.ts'
import type {FoundJob} from '../../queries/job/find.ts'
import {PmError} from '../../rules/errors.ts'
import {closeJob} from './close.ts'
import {Throttle} from './pace.ts'
import {patiently} from './patience.ts'
import {recoveryFrom} from './recovery.ts'
import type {RunOptions} from './run-options.ts'
import {giveSign} from './sign-of-life.ts'
import {type JobEnding, type JobPass, JobWatch} from './watch.ts'
import {Worker} from './worker.ts'

/**
 * Works on a job until nothing is left of it, together with whoever else does. What was worked off is committed item by
 * item with the record of it, so a run that ends in any way, a killed one included, can be followed by another.
 * @throws what stopped it: PermissionDenied after a revoke, DatabaseUnreachable when it stays away
 */
export async function runJob(session: Session, job: FoundJob, options: RunOptions): Promise<JobEnding> {
  const run = new JobRun(session, job, options)
  const pass = await run.work().finally(() => run.end())
  if (pass !== 'drained') return pass
  // Whoever was to bring more is not asked: if they do, it is open again.
  await patiently(() => closeJob(session, job), options.signal)
  return 'finished'
}

/** Work on a job, which may get more to do meanwhile. */
export class JobRun {
  readonly #session: Session
  readonly #job: FoundJob
  readonly #options: RunOptions
  readonly #failed = new AbortController()
  readonly #watch: JobWatch
  readonly #workers: readonly Worker[]
  #pass: JobPass = 'drained'

  constructor(session: Session, job: FoundJob, options: RunOptions) {
    this.#session = session
    this.#job = job
    this.#options = options
    const signal = AbortSignal.any([options.signal, this.#failed.signal])
    const throttle = new Throttle(options.rate)
    const watch = new JobWatch(session, job, options, signal)
    this.#watch = watch
    this.#workers = Array.from(
      {length: options.workers},
      () => new Worker(session, job, {...options, signal, throttle, watch}),
    )
  }

  /** Works off what there is of it, also what comes meanwhile. @throws what `runJob` throws; it is over then */
  async work(): Promise<JobPass> {
    const {signal} = this.#options
    // Before anything is done: the operator who halted all jobs means this one, too, however short it is.
    await this.#look()
    let pass: JobPass
    do {
      // All have ended before anything is said of the job.
      await Promise.all(this.#workers.map((worker) => worker.work().catch((error) => this.#failed.abort(error))))
      if (this.#failed.signal.aborted) throw await this.#told(this.#failed.signal.reason)
      pass = await this.#look()
    } while (pass === 'interrupted' && !signal.aborted)
    this.#pass = pass
    return pass
  }

  #look(): Promise<JobPass> {
    return patiently(() => this.#watch.look(), this.#options.signal)
  }

  /** Returns once nothing is being asked any more, and it is said why no more is done, where more was to be done. */
  async end(): Promise<void> {
    this.#failed.abort()
    await this.#watch.end()
    if (isStopped.has(this.#pass)) await this.#sayStopped(this.#pass)
  }

  // Where the database is away, there is nobody to tell.
  async #told(error: unknown): Promise<unknown> {
    if (recoveryFrom(error) !== 'reconnect') await this.#sayStopped(whatOf(error))
    return error
  }

  /** For whoever looks at the job next. What cannot be said any more, a minute without a sign says as well. */
  async #sayStopped(why: string): Promise<void> {
    await giveSign(this.#session, this.#job, why).catch(() => {})
  }
}

// Somebody else said to stop, or nothing is left: then the job says so itself.
const isStopped: ReadonlySet<JobPass> = new Set(['interrupted', 'halted', 'too many failures'])

// What became of it, which stands last, is true of one transaction only.
function whatOf(error: unknown): string {
  return error instanceof PmError ? error.message.replace(/\.? Nothing was changed\.$/, '').slice(0, 500) : 'an error'
}
