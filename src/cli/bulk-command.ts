import {planEach} from '../changes/job/each-of.ts'
import type {SetWise} from '../changes/set-wise.ts'
import {relativeTime} from '../output/time.ts'
import type {View} from '../output/view.ts'
import {UsageError} from '../rules/errors.ts'
import {firstFew} from '../rules/first-few.ts'
import type {Permission} from '../rules/permissions.ts'
import {EachCommand, type JobFlags, type Planner} from './each-command.ts'
import type {JobViews} from './job-command.ts'
import {besideApply} from './job-flags.ts'
import type {Nameable} from './naming-command.ts'
import {loadPlan, momentInWords, planAnew, stillPlanned} from './saved-plan.ts'
import {keepHeapSmall} from './small-heap.ts'
import {typedAgain, typedBeside} from './typed-again.ts'

/** A change of things that were named, as many as there are. */
export interface Many<Input, Effect extends object = never> extends Nameable {
  change: SetWise<Input, Effect>
  /** What it does, as a sentence begins: “Release”. */
  verb: string
  /** What it is said to be done to many of; the noun, unless they are named by another than what they are. */
  counted?: string
  inputOf: (names: string[]) => Input
  view?: View<Effect>
}

/** A write of many things that are named, selected, or saved as a plan. */
export abstract class BulkCommand extends EachCommand {
  /**
   * Changes what was named: in one change, all or nothing, what stands on the command line; one by one, as a job, what
   * comes in a list from a file or stdin.
   */
  protected async carryOutMany<Input, Effect extends object = never>(
    {change, verb, inputOf, view, counted, ...nameable}: Many<Input, Effect>,
    given: readonly unknown[],
    flags: JobFlags & {'from-file': string | undefined; where?: readonly string[] | undefined},
    views: JobViews,
  ): Promise<void> {
    if (flags.apply !== undefined) return this.carryOutSaved(flags, views, change.permission)
    const names = () => this.givenMany(given, flags, nameable)
    if (!isJob(given, flags)) return this.carryOut(change, inputOf(await names()), flags, view)
    const prepare = async (): Promise<Planner> => {
      const targets = await names()
      const noun = counted ?? nameable.noun
      const each = {change, targets, lineOf: this.lineInList, inputOf: (name: string) => inputOf([name]), noun, verb}
      return (db, operator, howFar) => planEach(db, operator, each, howFar)
    }
    return this.carryOutEach({permission: change.permission, grade: change.grade, prepare}, flags, views)
  }

  /**
   * Does what was saved, and nothing else: whatever says what to change stands in the file.
   * @param permission what the command needs; left out where that depends on what it is to do
   * @throws what `carryOutEach` throws; UsageError where something else was said besides
   */
  protected async carryOutSaved(flags: JobFlags, views: JobViews, permission?: Permission): Promise<void> {
    keepHeapSmall()
    const {apply: file = ''} = flags
    this.assertAlone(file)
    const {now} = this.around
    const saved = loadPlan(file, {...this.savedAs, permission, now: now()})
    const prepare = async (): Promise<Planner> => (db, operator) => stillPlanned(db, operator, file, saved.plan)
    this.say(
      `${file}: made by ${saved.by} ${relativeTime(saved.made, now())}, good until ${momentInWords(saved.until)}`,
    )
    this.say(`  by: ${saved.line}`)
    await this.carryOutEach({...saved, prepare, again: planAnew(file, saved)}, flags, views)
  }

  private assertAlone(file: string): void {
    const others = typedBeside(this.typed, besideApply)
    if (others.length === 0) return
    throw new UsageError(`${file} says what to do: ${firstFew(others)} cannot be given besides.`, {
      hint: `To do what it says: ${this.lineOf(typedAgain(this.typed, besideApply))}`,
    })
  }
}

/** What makes a job of what is named: that it comes in a list, or that the plan or what became of each is to be kept. */
interface Listing {
  'from-file'?: string | undefined
  where?: readonly string[] | undefined
  save?: string | undefined
  results?: string | undefined
  rejects?: string | undefined
}

/** Whether each is changed on its own, as a job, rather than all in one change. */
export function isJob(given: readonly unknown[], {'from-file': fromFile, where, ...flags}: Listing): boolean {
  return fromFile !== undefined || where !== undefined || given.includes('-') || isKept(flags)
}

/** Whether the plan or what became of each is to be kept in a file, as it can be of a job. */
export function isKept({save, results, rejects}: Pick<Listing, 'save' | 'results' | 'rejects'>): boolean {
  return [save, results, rejects].some((file) => file !== undefined)
}
