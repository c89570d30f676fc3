import type {Session} from '../../db/transaction.ts'
import type {FoundJob} from '../../queries/job/find.ts'
import {Throttle} from './pace.ts'
import {patiently} from './patience.ts'
import type {RunOptions} from './run-options.ts'
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
    failed.signal.throwIfAborted()
  } finally {
    failed.abort()
    await watch.end()
  }
  return patiently(() => watch.look(), options.signal)
}
