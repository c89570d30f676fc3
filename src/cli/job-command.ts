import type * as Interfaces from '@oclif/core/interfaces'
import {findJob} from '../changes/job/find.ts'
import {patiently} from '../changes/job/patience.ts'
import {type JobResult, type JobRow, reportJob, streamResults} from '../changes/job/report.ts'
import {runJob} from '../changes/job/run.ts'
import type {JobEnding} from '../changes/job/watch.ts'
import type {View} from '../output/view.ts'
import {Conflict, Interrupted, PartlyDone} from '../rules/errors.ts'
import type {ItemOutcome} from '../rules/item-outcome.ts'
import type {Permission} from '../rules/permissions.ts'
import {writeResults} from './job-files.ts'
import {JobStatus} from './job-status.ts'
import type {runFlags} from './options.ts'
import {WriteCommand} from './write-command.ts'

type RunFlags = Interfaces.InferredFlags<typeof runFlags>

/** How a job and its results look. */
export interface JobViews {
  job: View<JobRow>
  result: View<JobResult>
}

/** A command that works a job off, whoever began it. */
export abstract class JobCommand extends WriteCommand {
  /** Works on a job that has begun, until it is finished or stopped. */
  protected async workOn(
    id: number,
    permission: Permission,
    flags: RunFlags,
    views: JobViews,
  ): Promise<{ending: JobEnding; job: JobRow}> {
    const session = await this.session()
    const job = await patiently(() => findJob(session, permission, id))
    const status = new JobStatus(this.terminal)
    this.interruption.letsFinish(() => this.say('Finishing what is under way. Ctrl-C again cancels it.'))
    const ending = await runJob(session, job, {
      workers: flags.workers,
      rate: flags.rate,
      maxLagSeconds: flags['max-lag'],
      signal: this.interruption.signal,
      onProgress: (progress, heldUp) => status.show(progress, heldUp),
    })
      .finally(() => status.end())
      .catch((error: unknown) => {
        this.say(`What is done of job ${id} stands. Go on: ${this.here(`pm job resume ${id}`)}`)
        throw error
      })
    await this.writeFiles(id, permission, flags, views)
    return {ending, job: await patiently(() => reportJob(session, permission, id))}
  }

  /** How a run ended, in words. @throws PartlyDone, Conflict, Interrupted: whatever was not all of it */
  protected tellEnding(ending: JobEnding, {job, change, items, changed, failed, skipped, left}: JobRow): void {
    const [resume, results] = [this.here(`pm job resume ${job}`), this.here(`pm job results ${job}`)]
    if (ending === 'interrupted')
      throw new Interrupted(`Interrupted: ${changed} of ${items} are done, ${left} are left.`, {
        hint: `Go on: ${resume}`,
      })
    if (ending === 'canceled') throw new PartlyDone(`Job ${job} was canceled.`, {hint: `See what is done: ${results}`})
    if (ending !== 'finished') throw new PartlyDone(`Job ${job} was stopped (${ending}).`, {hint: `Go on: ${resume}`})
    if (changed + failed === 0) throw new Conflict(`Nothing of job ${job} was possible any more.`, {hint: results})
    if (changed > 0) this.say(`\nDone: job ${job}. To undo all of it: ${this.here(`pm audit undo ${change}`)}`)
    if (failed + skipped === 0) return
    throw new PartlyDone(`${failed + skipped} were not changed.`, {hint: `See which and why: ${results}`})
  }

  private async writeFiles(id: number, permission: Permission, flags: RunFlags, {result}: JobViews): Promise<void> {
    const session = await this.session()
    const style = this.style(result)
    const write = (file: string, outcomes?: readonly ItemOutcome[]) =>
      writeResults(file, () => streamResults(session, permission, id, outcomes), result, style)
    if (flags.results) await write(flags.results)
    if (flags.rejects) await write(flags.rejects, ['unknown', 'deleted', 'refused', 'stale', 'failed'])
  }
}
