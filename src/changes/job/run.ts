import type {Session} from '../../db/transaction.ts'
import type {FoundJob} from '../../queries/job/find.ts'
import {PmError} from '../../rules/errors.ts'
import {Throttle} from './pace.ts'
import {patiently} from './patience.ts'
import {recoveryFrom} from './recovery.ts'
import type {RunOptions} from './run-options.ts'
import {giveSign} from './sign-of-life.ts'
import {type JobEnding, JobWatch} from './watch.ts'
import {Worker} from './worker.ts'

/**
 * Works on a job until nothing is left of it, together with whoever else does. What was worked off is committed item by
 * item with the record of it, so a run that ends in any way, a killed one included, can be followed by another.
 * @throws what stopped it: PermissionDenied after a revoke, DatabaseUnreachable when it stays away
 */
export async function runJob(session: Session, job: FoundJob, options: RunOptions): Promise<JobEnding> {
  const failed = new AbortController()
  const signal = AbortSignal.any([options.signal, failed.signal])
  const throttle = new Throttle(options.rate)
  const watch = new JobWatch(session, job, options, signal)
  const workers = Array.from(
    {length: options.workers},
    () => new Worker(session, job, {...options, signal, throttle, watch}),
  )
  const fail = (error: unknown) => failed.abort(error)
  try {
    // Before anything is done: the operator who halted all jobs means this one, too, however short it is.
    await patiently(() => watch.look(), options.signal)
    // All have ended before anything is said of the job.
    await Promise.all(workers.map((worker) => worker.work().catch(fail)))
    if (failed.signal.aborted) throw await told(session, job, failed.signal.reason)
  } finally {
    failed.abort()
    await watch.end()
  }
  const ending = await patiently(() => watch.look(), options.signal)
  if (goesOn.has(ending)) await sayStopped(session, job, ending)
  return ending
}

// Somebody else said to stop, or nothing is left: then the job says so itself.
const goesOn: ReadonlySet<JobEnding> = new Set(['interrupted', 'halted', 'too many failures'])

// Where the database is away, there is nobody to tell.
async function told(session: Session, job: FoundJob, error: unknown): Promise<unknown> {
  if (recoveryFrom(error) !== 'reconnect') await sayStopped(session, job, whatOf(error))
  return error
}

// What became of it, which stands last, is true of one transaction only.
function whatOf(error: unknown): string {
  return error instanceof PmError ? error.message.replace(/\.? Nothing was changed\.$/, '').slice(0, 500) : 'an error'
}

/** For whoever looks at the job next. What cannot be said any more, a minute without a sign says as well. */
async function sayStopped(session: Session, job: FoundJob, why: string): Promise<void> {
  await giveSign(session, job, why).catch(() => {})
}
