import type * as Interfaces from '@oclif/core/interfaces'
import {beginJob} from '../changes/job/begin.ts'
import type {BulkPlan, HowFar} from '../changes/job/bulk-plan.ts'
import type {Grade, Plan} from '../changes/plan.ts'
import type {Operator} from '../db/identity.ts'
import {type Reader, readForWrite, write} from '../db/transaction.ts'
import {exitCodes} from '../rules/exit-codes.ts'
import type {Permission} from '../rules/permissions.ts'
import type {RevocationStep} from '../rules/revocation.ts'
import {describePlace} from './contexts/context.ts'
import {failuresAllowed} from './failure-budget.ts'
import {JobCommand, type JobViews} from './job-command.ts'
import {requireFiles, resultFiles, writeResults} from './job-files.ts'
import {type jobFlags, savedFor} from './job-flags.ts'
import {renderJob} from './outcome.ts'
import {plannedResults, plannedView} from './planned.ts'
import {assertPossible, renderPreview} from './preview.ts'
import {momentInWords, savePlan} from './saved-plan.ts'
import type {SavedPlan} from './saved-plan-shape.ts'
import {asPlan} from './shown-bulk.ts'
import {keepHeapSmall} from './small-heap.ts'
import {typedAgain} from './typed-again.ts'
import type {WriteFlags} from './write-command.ts'

export type JobFlags = Interfaces.InferredFlags<typeof jobFlags> & WriteFlags

/** Plans what many things need, by reading. */
export type Planner = (db: Reader, operator: Operator, howFar: HowFar) => Promise<BulkPlan>

/** A change of many things, each on its own. */
export interface Bulk {
  permission: Permission
  grade: Grade
  /** Reads what was named and asks for what was not, and says how to plan it; not called for a plan that was saved. */
  prepare(): Promise<Planner>
  /** What to do where nothing of it is possible any more. */
  again?: string
}

/** What is said of a job's plan when it is over. */
type Told = Pick<Plan<RevocationStep>, 'headline' | 'targets' | 'warnings' | 'flows' | 'effects'>

interface BegunJob extends Told {
  id: number
  /** When it was planned. */
  planned: number
}

interface Previewed {
  plan: BulkPlan
  shown: Told
  operator: Operator
}

const day = 86_400

/** A write of many things, each on its own, as a job: authorize, plan, show, consent, begin, work off, show. */
export abstract class EachCommand extends JobCommand {
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
    const worked = await this.workOn(begun.id, bulk.permission, {...flags, planned: begun.planned}, views)
    const {job} = worked
    const undo = this.here(`pm audit undo ${job.change}`)
    const texts = renderJob(begun, job, undo, views.job, this.format, this.style(views.job))
    this.tellEnding(await this.showWorked(worked, texts))
  }

  // Once a job is written down, what was planned is the database's to keep: it is not held while the job runs.
  private async planAndBegin(bulk: Bulk, flags: JobFlags, views: JobViews): Promise<BegunJob | undefined> {
    const planned = Date.now()
    const {plan, operator} = await this.planned(bulk)
    const shown = this.told(asPlan(plan))
    await this.showPlan(shown, operator, views.step)
    const isPreview = plan.items.length === 0 || flags['dry-run'] || flags.save !== undefined
    if (isPreview) return this.preview(bulk, {plan, shown, operator}, flags, views)
    await this.requireConsent(bulk.grade, shown, flags)
    const {headline, targets, warnings, effects, flows = []} = shown
    return {id: await this.begin(bulk.permission, plan, flags), planned, headline, targets, warnings, effects, flows}
  }

  private async planned({permission, prepare}: Bulk) {
    const planner = await prepare()
    const looking = 'Looking what would change…'
    this.terminal.status(looking)
    const howFar: HowFar = (planned, all) =>
      this.terminal.status(`${looking} ${planned.toLocaleString('en')} of ${all.toLocaleString('en')}`)
    const planned = await readForWrite(await this.session(), permission, async (db, operator) => ({
      operator,
      plan: await planner(db, operator, howFar),
    })).finally(() => this.terminal.status(null))
    this.assertRightlyRead(planned.plan.missed.flatMap(({outcome, target}) => (outcome === 'unknown' ? target : [])))
    return planned
  }

  private async preview(
    bulk: Bulk,
    {plan, shown, operator}: Previewed,
    flags: JobFlags,
    views: JobViews,
  ): Promise<undefined> {
    for (const {file, outcomes} of resultFiles(flags, ['waiting', 'already']))
      await writeResults(
        {file, hint: 'Nothing was changed.'},
        () => plannedResults(plan, outcomes),
        views.result,
        this.style(views.result),
      )
    assertPossible(plan, bulk.again)
    if (plan.items.length === 0) this.say('Nothing to do.')
    else if (flags.save === undefined) process.exitCode = exitCodes.checkFailed.code
    // Also where there is nothing to do, so that a script can apply it all the same.
    if (flags.save !== undefined) this.save(flags.save, {...bulk, plan, by: operator.email ?? operator.login}, flags)
    // On a terminal it was shown already.
    if (this.format === 'table' && this.terminal.isTTY.stdout) return
    await this.writeAll(renderPreview(shown, plan, this.format, this.style(plannedView)))
  }

  private save(file: string, saved: Pick<SavedPlan, 'permission' | 'grade' | 'plan' | 'by'>, flags: JobFlags): void {
    const now = this.around.now()
    const until = new Date(now.getTime() + (flags['valid-for'] ?? day) * 1_000).toISOString()
    const {permission, grade, plan, by} = saved
    const line = this.recordedLine
    savePlan(file, {...this.savedAs, permission, grade, by, line, made: now.toISOString(), until, plan})
    const again = [...typedAgain(this.typed, savedFor), '--apply', file]
    this.say(`\nSaved to ${file}, good until ${momentInWords(until)}. Nothing was changed.`)
    this.say(`To do it: ${this.lineOf(again)}`)
  }

  protected get savedAs() {
    return {command: (this.id ?? '').replaceAll(':', ' '), place: describePlace(this.context.place)}
  }

  private async begin(permission: Permission, plan: BulkPlan, flags: JobFlags): Promise<number> {
    this.interruption.check()
    const {targets, undoes: undoOf = null} = plan
    const header = {command: this.commandLine, permission, reason: flags.reason ?? null, targets, undoOf}
    const settings = {maxFailures: failuresAllowed(flags['max-failures'], plan.items.length)}
    const {result} = await write(await this.session(), header, (trx) => beginJob(trx, settings, plan))
    return result
  }
}
