import type * as Interfaces from '@oclif/core/interfaces'
import {beginJob} from '../changes/job/begin.ts'
import type {BulkPlan} from '../changes/job/bulk-plan.ts'
import {planEach} from '../changes/job/each-of.ts'
import type {JobRow} from '../changes/job/report.ts'
import type {Change, Grade, Plan} from '../changes/plan.ts'
import type {Operator} from '../db/identity.ts'
import {type Reader, readForWrite, write} from '../db/transaction.ts'
import type {View} from '../output/view.ts'
import {Conflict} from '../rules/errors.ts'
import type {Permission} from '../rules/permissions.ts'
import type {Finder} from './asking-command.ts'
import {describePlace} from './contexts/context.ts'
import {JobCommand, type JobViews} from './job-command.ts'
import {requireFiles} from './job-files.ts'
import type {jobFlags} from './options.ts'
import {renderJob} from './outcome.ts'
import {loadPlan, type SavedPlan, savePlan} from './saved-plan.ts'
import {asPlan} from './shown-bulk.ts'
import {keepHeapSmall} from './small-heap.ts'
import type {WriteFlags} from './write-command.ts'

type JobFlags = Interfaces.InferredFlags<typeof jobFlags> & WriteFlags

/** Plans what many things need, by reading. */
export type Planner = (db: Reader, operator: Operator) => Promise<BulkPlan>

/** A change of many things, each on its own. */
export interface Bulk {
  permission: Permission
  grade: Grade
  /** Reads what was named and asks for what was not, and says how to plan it; not called for a plan that was saved. */
  prepare(): Promise<Planner>
}

/** A change of things that were named, as many as there are. */
export interface Many<Input, Effect extends object = never> {
  change: Change<Input, Effect>
  /** What it does, as a sentence begins: “Release”. */
  verb: string
  noun: string
  parse: (text: string) => string
  find: Finder
  inputOf: (names: string[]) => Input
  view?: View<Effect>
}

/** What is said of a job's plan when it is over. */
type Told = Pick<Plan, 'headline' | 'targets' | 'warnings' | 'flows'>

interface BegunJob extends Told {
  id: number
}

/** A write of many things as a job: authorize, plan, show, consent, begin, work off, show. */
export abstract class BulkCommand extends JobCommand {
  /**
   * Changes what was named: in one change, all or nothing, what stands on the command line; one by one, as a job, what
   * comes in a list from a file or stdin.
   */
  protected async carryOutMany<Input, Effect extends object = never>(
    {change, verb, noun, parse, find, inputOf, view}: Many<Input, Effect>,
    given: readonly unknown[],
    flags: JobFlags & {'from-file': string | undefined; where?: readonly string[] | undefined},
    views: JobViews,
  ): Promise<void> {
    const names = () => this.givenMany(given, flags, {parse, noun, find})
    if (!isList(given, flags)) return this.carryOut(change, inputOf(await names()), flags, view)
    const prepare = async () => {
      const targets = await names()
      const each = {change, targets, lineOf: this.lineInList, inputOf: (name: string) => inputOf([name]), noun, verb}
      return (db: Reader, operator: Operator) => planEach(db, operator, each)
    }
    return this.carryOutEach({permission: change.permission, grade: change.grade, prepare}, flags, views)
  }

  /**
   * Plans, shows and begins a job, and works on it to its end.
   * @throws PartlyDone when some could not be changed, Conflict when all changed meanwhile, Interrupted with the command
   *   that goes on.
   */
  protected async carryOutEach(bulk: Bulk, flags: JobFlags, views: JobViews): Promise<void> {
    keepHeapSmall()
    this.requireReason(flags)
    requireFiles(flags)
    this.needed = bulk.permission
    const begun = await this.planAndBegin(bulk, flags, views)
    if (!begun) return
    const {ending, job} = await this.workOn(begun.id, bulk.permission, flags, views)
    await this.showJob(begun, job, views)
    this.tellEnding(ending, job)
  }

  // Once a job is written down, what was planned is the database's to keep: it is not held while the job runs.
  private async planAndBegin(bulk: Bulk, flags: JobFlags, views: JobViews): Promise<BegunJob | undefined> {
    const {plan, operator, grade} = await this.planned(bulk, flags)
    const shown = asPlan(plan)
    await this.showPlan(shown, operator, undefined)
    if (flags.save !== undefined) return this.save(flags.save, {permission: bulk.permission, grade, plan})
    if (plan.items.length === 0 || flags['dry-run']) return this.endPreview(plan, shown, views)
    await this.requireConsent(grade, shown, flags)
    const {headline, targets, warnings, flows = []} = shown
    return {id: await this.begin(bulk.permission, plan, flags), headline, targets, warnings, flows}
  }

  private async showJob(plan: Told, job: JobRow | null, {job: view}: JobViews): Promise<void> {
    const undo = job && this.here(`pm audit undo ${job.change}`)
    await this.writeAll(renderJob(plan, job, undo, view, this.format, this.style(view)))
  }

  private async planned({permission, grade, prepare}: Bulk, {apply}: JobFlags) {
    if (apply !== undefined) {
      const saved = loadPlan(apply, {...this.savedAs, permission})
      return readForWrite(await this.session(), permission, async (_, operator) => ({operator, ...saved}))
    }
    const planner = await prepare()
    this.terminal.status('Looking what would change…')
    const planned = await readForWrite(await this.session(), permission, async (db, operator) => ({
      operator,
      grade,
      plan: await planner(db, operator),
    })).finally(() => this.terminal.status(null))
    this.assertNoHeader(planned.plan.missed.flatMap(({outcome, target}) => (outcome === 'unknown' ? target : [])))
    return planned
  }

  private save(file: string, {permission, grade, plan}: Pick<SavedPlan, 'permission' | 'grade' | 'plan'>): undefined {
    const made = this.around.now().toISOString()
    savePlan(file, {...this.savedAs, permission, grade, made, plan})
    this.say(`\nSaved to ${file}; nothing was changed. To do it: add --apply ${file}`)
  }

  private get savedAs() {
    return {command: (this.id ?? '').replaceAll(':', ' '), place: describePlace(this.context.place)}
  }

  private async endPreview({items, missed}: BulkPlan, shown: Told, views: JobViews): Promise<undefined> {
    if (items.length > 0) process.exitCode = 9
    else if (missed.some(({outcome}) => outcome !== 'already')) throw new Conflict('None of it is possible.')
    else this.say('Nothing to do.')
    await this.showJob(shown, null, views)
  }

  private async begin(permission: Permission, plan: BulkPlan, flags: JobFlags): Promise<number> {
    this.interruption.check()
    const {targets, undoes: undoOf = null} = plan
    const header = {command: this.commandLine, permission, reason: flags.reason ?? null, targets, undoOf}
    const settings = {permission, maxFailures: flags['max-failures']}
    const {result} = await write(await this.session(), header, (trx) => beginJob(trx, settings, plan))
    return result
  }
}

/** Whether things come in a list, rather than one by one on the command line. */
export function isList(
  given: readonly unknown[],
  flags: {'from-file'?: string | undefined; where?: readonly string[] | undefined; apply?: string | undefined},
) {
  const {apply, 'from-file': fromFile, where} = flags
  return apply !== undefined || fromFile !== undefined || where !== undefined || given.includes('-')
}
