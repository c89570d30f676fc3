import type * as Interfaces from '@oclif/core/interfaces'
import {type JobRow, reportBroken, streamResults} from '../changes/job/report.ts'
import {Conflict, type PmError, RuleBroken} from '../rules/errors.ts'
import type {MissedItem} from '../rules/item-outcome.ts'
import type {Permission} from '../rules/permissions.ts'
import {failuresAllowed} from './failure-budget.ts'
import {JobCommand, type JobViews} from './job-command.ts'
import {brokenOff, notWhole} from './job-ending.ts'
import {writeResults} from './job-files.ts'
import type {storingFlags} from './job-flags.ts'
import {type MissedResult, rejectedOf} from './rejected.ts'
import {type Stored, StoringJob, type ToStore} from './storing-job.ts'

type StoringFlags = Interfaces.InferredFlags<typeof storingFlags>

/** How what is found is stored. */
export interface Storing<Found, Input extends {id: string}> extends Omit<ToStore<Found, Input>, 'lineOf' | 'isDryRun'> {
  /** How many there may be, where they come in a list or a selection: then they are one job. */
  all: number | undefined
  /** What is said of that job. */
  headline: string
  /** Is told what it waits for, in words. */
  onWait(waitsFor: string | null): void
}

/** Gives what was found once it is known what became of it. */
type Store<Found> = (found: AsyncIterable<readonly Found[]>) => AsyncIterable<readonly Stored<Found>[]>

/** A command that stores what it finds while it finds it. */
export abstract class StoringCommand extends JobCommand {
  #job: (Pick<StoringJob<never, never>, 'begun' | 'leftOut' | 'pass'> & {permission: Permission}) | undefined

  /** How to store what is found: not at all, each by itself, or all of it as one job. */
  protected async storing<Found, Input extends {id: string}>(
    storing: Storing<Found, Input>,
    flags: StoringFlags,
  ): Promise<Store<Found>> {
    if (!flags.write) return notStored
    await this.announceWrite(storing.change)
    const {all} = storing
    return all === undefined
      ? (found) => this.storedEach(found, storing, flags)
      : this.asJob(storing, failuresAllowed(flags['max-failures'], all), flags)
  }

  private async asJob<Found, Input extends {id: string}>(
    {headline, onWait, ...toStore}: Storing<Found, Input>,
    maxFailures: number,
    {rate, reason, 'max-lag': maxLagSeconds, 'dry-run': isDryRun}: StoringFlags,
  ): Promise<Store<Found>> {
    const job = new StoringJob(
      await this.session(),
      {...toStore, lineOf: this.lineInList, isDryRun},
      {command: this.recordedLine, reason: reason ?? null, headline, maxFailures},
      {
        rate,
        maxLagSeconds,
        signal: this.interruption.forced,
        onProgress: (_, waitsFor) => onWait(waitsFor),
        onNotice: (notice) => this.say(notice),
      },
    )
    this.#job = job
    return (found) => job.store(found)
  }

  private async *storedEach<Found, Input extends {id: string}>(
    found: AsyncIterable<readonly Found[]>,
    {change, nameOf, inputOf}: Storing<Found, Input>,
    flags: StoringFlags,
  ): AsyncGenerator<Stored<Found>[]> {
    for await (const some of found) {
      for (const one of some) {
        const stored = this.makeQuietly(change, inputOf(one), flags).then((made) => ({found: one, change: made}))
        yield [
          await stored.catch((error: unknown) => {
            // Another operator who changed it meanwhile is no reason to stop, nor is a rule that one of them breaks.
            if (!(error instanceof Conflict)) throw error
            return {found: one, change: null, missed: {target: nameOf(one), ...whyNot(error)}}
          }),
        ]
      }
    }
  }

  /** How much is stored, where a job does: undefined where that cannot be read. */
  protected async reportStored(): Promise<{isJob: boolean; job?: JobRow | undefined}> {
    const {begun, permission} = this.#job ?? {}
    if (!begun || !permission) return {isJob: false}
    return {isJob: true, job: (await reportBroken(await this.session(), permission, begun.id))?.job}
  }

  /**
   * Writes those of which nothing could be stored to the file that was asked for.
   * @param notTried those that were not, where that is known; what the job keeps of them is not told twice
   * @throws PartlyDone
   */
  protected async writeRejects(
    {rejects: file}: Pick<StoringFlags, 'rejects'>,
    {result}: JobViews,
    notTried: () => AsyncIterable<MissedResult> = nobody,
  ): Promise<void> {
    if (!this.#job || file === undefined) return
    const {begun, permission, leftOut} = this.#job
    const seen = begun && `What was done stands. See it with: ${this.nextCommands(begun.id).results}`
    const session = await this.session()
    const known = () => (begun ? streamResults(session, permission, begun.id) : nobody())
    const also = [...this.leftOutOfList, ...leftOut]
    const rejected = () => rejectedOf(known(), also, notTried())
    await writeResults({file, hint: seen ?? 'Nothing was stored.'}, rejected, result, this.fileStyle)
  }

  /**
   * Says how what was stored by a job is undone.
   * @param goOn how to go on where somebody stopped it, or it stopped itself
   * @throws PartlyDone: it was stopped
   */
  protected async tellStored(goOn: string): Promise<void> {
    const {begun, pass = 'drained'} = this.#job ?? {}
    if (!begun) return
    const {id, change} = begun
    const {job} = pass === 'drained' ? {} : await this.reportStored()
    const next = {...this.nextCommands(id), resume: goOn, retry: goOn}
    const stopped = job && pass !== 'drained' && notWhole(pass, job, next)
    if (stopped) throw stopped
    this.say(`\nDone: job ${id}. To undo all of it: ${this.here(`pm audit undo ${change}`)}`)
  }

  /** The error that broke storing off, with what is true of the job; undefined where no job has begun. */
  protected async jobBrokenOff(
    error: PmError,
    {rejects}: Pick<StoringFlags, 'rejects'>,
    views: JobViews,
    goOn: string,
  ): Promise<PmError | undefined> {
    const {begun} = this.#job ?? {}
    if (!begun) return undefined
    const {job} = await this.reportStored()
    const isWritten = job && (await this.writeRejects({rejects}, views).then(yes, no))
    const unwritten = isWritten || rejects === undefined ? [] : [rejects]
    return brokenOff(error, begun.id, job, unwritten, {resume: goOn})
  }
}

function whyNot(error: Conflict): Pick<MissedItem, 'outcome' | 'reason'> {
  if (error instanceof RuleBroken) return {outcome: 'failed', reason: error.said}
  return {outcome: 'stale', reason: error.message}
}

async function* notStored<Found>(found: AsyncIterable<readonly Found[]>): AsyncGenerator<Stored<Found>[]> {
  for await (const some of found) yield some.map((one) => ({found: one, change: null}))
}

async function* nobody(): AsyncGenerator<never> {}

const yes = () => true
const no = () => false
