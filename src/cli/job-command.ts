import type * as Interfaces from '@oclif/core/interfaces'
import {Afterwards} from '../changes/job/afterwards.ts'
import {findJob} from '../changes/job/find.ts'
import {patiently} from '../changes/job/patience.ts'
import {type JobResult, type JobRow, reportBroken, reportJob, streamResults} from '../changes/job/report.ts'
import {runJob} from '../changes/job/run.ts'
import type {RunOptions} from '../changes/job/run-options.ts'
import type {JobEnding} from '../changes/job/watch.ts'
import {renderList, type Style} from '../output/format.ts'
import type {View} from '../output/view.ts'
import {Interrupted, PartlyDone, PmError} from '../rules/errors.ts'
import type {Permission} from '../rules/permissions.ts'
import type {RevocationStep} from '../rules/revocation.ts'
import {quoted} from '../rules/shell-word.ts'
import {brokenOff, leftUndone, type NextCommands, notWhole} from './job-ending.ts'
import {resultFiles, writeResults} from './job-files.ts'
import {resumedFor, type runFlags} from './job-flags.ts'
import {JobStatus} from './job-status.ts'
import {styleFor} from './style.ts'
import {PipeClosed} from './terminal.ts'
import {typedAgain} from './typed-again.ts'
import {WriteCommand} from './write-command.ts'

type RunFlags = Interfaces.InferredFlags<typeof runFlags>

/** How to run a job, and when its items were planned, if just now. */
type Running = RunFlags & Pick<RunOptions, 'planned'>

/** How a job and its results look. */
export interface JobViews {
  job: View<JobRow>
  result: View<JobResult>
  step: View<RevocationStep>
}

/** How a run of a job ended. */
interface Worked {
  ending: JobEnding
  job: JobRow
  /** What could not be done once items were committed. */
  left: PartlyDone | undefined
  /** That a file or stdout, which was to tell of it, could not be written. */
  unwritten: PartlyDone | undefined
}

/** A command that works a job off, whoever began it. */
export abstract class JobCommand extends WriteCommand {
  /**
   * Works on a job that has begun, until it is finished or stopped.
   * @throws what broke it off, with what is true of the job then
   */
  protected async workOn(id: number, permission: Permission, flags: Running, views: JobViews): Promise<Worked> {
    const {resume} = this.nextCommands(id)
    this.interruption.letsFinish({
      once: () => this.say('Finishing what is under way. Ctrl-C again cancels it.'),
      atOnce: () => this.say(`What is done of job ${id} stands. Go on: ${resume}`),
    })
    const {ending, left} = await this.runHere(id, permission, flags).catch(async (error: unknown) => {
      throw await this.explained(error, id, permission, flags, views)
    })
    const unwritten = await unwrittenOf(() => this.writeFiles(id, permission, flags, views))
    return {ending, left, unwritten, job: await patiently(async () => reportJob(await this.session(), permission, id))}
  }

  /** Shows what a run came to. What nobody reads, or cannot be written, hides not how it ended. */
  protected async showWorked(worked: Worked, texts: AsyncIterable<string>): Promise<Worked> {
    const unwritten = await unwrittenOf(() => this.writeAll(texts))
    return {...worked, unwritten: worked.unwritten ?? unwritten}
  }

  /** Shows where a job stands after a run, also one that was interrupted. */
  protected async showStanding(worked: Worked, {job: view}: JobViews): Promise<Worked> {
    return this.showWorked(worked, renderList(one([worked.job]), view, this.format, this.style(view)))
  }

  /** How a run ended, in words. @throws PartlyDone, Conflict, Interrupted: whatever was not all of it */
  protected tellEnding({ending, job, left, unwritten}: Worked): void {
    if (ending === 'finished') this.sayFinished(job)
    const next = this.nextCommands(job.job)
    const [first, ...also] = [notWhole(ending, job, next), left, unwritten].filter((error) => error !== undefined)
    for (const {message, hint = ''} of also) this.say(this.here(`\n! ${message}\n${hint}`))
    if (left && first === left) throw leftUndone(left, job, next)
    if (first) throw first
  }

  private sayFinished({job, change, changed, failed, skipped, already}: JobRow): void {
    if (changed > 0) this.say(`\nDone: job ${job}. To undo all of it: ${this.here(`pm audit undo ${change}`)}`)
    if (changed + failed + skipped === 0 && already > 0)
      this.say(`\nNothing was left to do for job ${job}: somebody else did it meanwhile.`)
  }

  protected nextCommands(id: number): NextCommands {
    return {
      // Run on as it was run.
      resume: ['pm job resume', id, ...typedAgain(this.typed, resumedFor).map(quoted)].join(' '),
      results: this.here(`pm job results ${id}`),
      retry: this.here(`pm job retry ${id}`),
      unhalt: this.here('pm config set pm.jobs_halted false'),
    }
  }

  private async runHere(id: number, permission: Permission, flags: Running): Promise<Pick<Worked, 'ending' | 'left'>> {
    const session = await this.session()
    const {signal} = this.interruption
    const job = await patiently(() => findJob(session, permission, id), signal)
    const status = new JobStatus(this.terminal)
    const afterwards = new Afterwards(session, job)
    try {
      const ending = await runJob(session, job, {
        workers: flags.workers,
        rate: flags.rate,
        maxLagSeconds: flags['max-lag'],
        planned: flags.planned,
        signal,
        onWorkedOff: ({changed}) => afterwards.of(changed),
        onProgress: (progress, waitsFor) => status.show(progress, waitsFor),
        onNotice: (notice) => this.say(notice),
      })
      return {ending, left: await afterwards.finish()}
    } finally {
      status.end()
      if (afterwards.told !== undefined) this.say(afterwards.told)
    }
  }

  /** The error that broke a job off, with what is true of the job; its files are written as far as they still can be. */
  private async explained(
    error: unknown,
    id: number,
    permission: Permission,
    flags: RunFlags,
    views: JobViews,
  ): Promise<unknown> {
    const commands = this.nextCommands(id)
    const report = await reportBroken(await this.session(), permission, id)
    const isWritten = report && (await this.writeFiles(id, report.permission, flags, views).then(yes, no))
    const files = [flags.results, flags.rejects].filter((file) => file !== undefined)
    if (!(error instanceof PmError)) {
      this.say(`What is done of job ${id} stands. Go on: ${commands.resume}`)
      return error
    }
    const cause = this.interruption.signal.aborted ? new Interrupted('Interrupted.', {cause: error}) : error
    return brokenOff(cause, id, report?.job, isWritten ? [] : files, commands)
  }

  /** Writes what became of a job's items to the files that were asked for. @throws PartlyDone: what was done is done */
  protected async writeFiles(
    id: number,
    permission: Permission,
    flags: Partial<Pick<RunFlags, 'results' | 'rejects'>>,
    {result}: Pick<JobViews, 'result'>,
  ): Promise<void> {
    const session = await this.session()
    const hint = `What was done stands. See it with: ${this.nextCommands(id).results}`
    for (const {file, outcomes} of resultFiles(flags, ['changed', 'already']))
      await writeResults({file, hint}, () => streamResults(session, permission, id, outcomes), result, this.fileStyle)
  }

  /** How results are written to a file: what --fields says is of the output alone. */
  protected get fileStyle(): Style {
    return styleFor(this.around, this.flags, this.format)
  }
}

/** What could not be written, where nothing else went wrong; a reader that has gone is no failure. */
async function unwrittenOf(write: () => Promise<void>): Promise<PartlyDone | undefined> {
  try {
    await write()
    return undefined
  } catch (error) {
    if (error instanceof PipeClosed) return undefined
    if (error instanceof PartlyDone) return error
    throw error
  }
}

async function* one<Item>(item: Item): AsyncGenerator<Item> {
  yield item
}

const yes = () => true
const no = () => false
