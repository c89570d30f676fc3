import type * as Interfaces from '@oclif/core/interfaces'
import {applyRows} from '../changes/apply.ts'
import type {Change, Grade, Plan} from '../changes/plan.ts'
import type {Operator} from '../db/identity.ts'
import {readForWrite, write} from '../db/transaction.ts'
import {sanitize} from '../output/sanitize.ts'
import type {View} from '../output/view.ts'
import {canAsk} from './ask.ts'
import {paintBanner} from './banner.ts'
import {PmCommand} from './command.ts'
import {gradeOf, requireConsent, requireReason, requireWritable} from './consent.ts'
import type {writeFlags} from './options.ts'
import {doneLine, isUndoable, renderOutcome} from './outcome.ts'
import {drawPlan} from './show-plan.ts'
import {styleFor} from './style.ts'

/** What an operator said on the command line of a write. */
export type WriteFlags = Omit<AllFlags, ByName> & Partial<Pick<AllFlags, ByName>>

type AllFlags = Interfaces.InferredFlags<typeof writeFlags>
/** Left out where no name is ever typed to consent. */
type ByName = 'confirm' | 'max-rows'

/** A command that writes, by the one path: authorize, plan, show, consent, apply, show (DESIGN §3). */
export abstract class WriteCommand extends PmCommand {
  /** Whether who makes a change may also take it back. */
  #mayUndo = true

  /**
   * Carries a change out. `view` shows its effects; without effects the rows themselves are shown.
   * @throws PermissionDenied, ConsentNeeded, Conflict, Interrupted: nothing was changed.
   */
  protected async carryOut<Input, Effect extends object = never>(
    change: Change<Input, Effect>,
    input: Input,
    flags: WriteFlags,
    view?: View<Effect>,
  ): Promise<void> {
    const {plan, changeId} = await this.make(change, input, flags, view)
    try {
      await this.showOutcome(plan, view, changeId)
    } finally {
      // Also where stdout could not be written: what is committed is carried through.
      if (changeId !== null) await this.finish(change, plan)
    }
  }

  /**
   * Carries a change out and leaves showing its outcome, and what comes afterwards, to the caller; `changeId` is null
   * where nothing was changed.
   */
  protected async make<Input, Effect extends object = never>(
    change: Change<Input, Effect>,
    input: Input,
    flags: WriteFlags,
    view?: View<Effect>,
  ): Promise<{plan: Plan<Effect>; changeId: number | null}> {
    this.requireReason(flags)
    this.needed = change.permission
    const {plan, operator} = await this.authorizeAndPlan(change, input)
    this.#mayUndo = operator.permissions.includes('audit.undo')
    await this.showPlan(plan, operator, view)
    if (plan.rows.length === 0) this.terminal.say('Nothing to do.')
    else if (flags['dry-run']) process.exitCode = 9
    if (plan.rows.length === 0 || flags['dry-run']) return {plan, changeId: null}
    await this.requireConsent(change.grade, plan, flags)
    return {plan, changeId: await this.apply(change, plan, input, flags)}
  }

  /**
   * Makes a mild change that the command's own output tells of, without a plan of its own; null where nothing changes.
   * @throws what `carryOut` throws
   */
  protected async makeQuietly<Input>(change: Change<Input>, input: Input, flags: WriteFlags): Promise<number | null> {
    this.requireReason(flags)
    requireWritable(this.context, flags, this.commandLine, flags.reason ? '--write' : '--write --reason TEXT')
    this.needed = change.permission
    const {plan} = await this.authorizeAndPlan(change, input)
    return plan.rows.length === 0 || flags['dry-run'] ? null : this.apply(change, plan, input, flags)
  }

  protected override get onlyLooks(): boolean {
    return false
  }

  // The banner over the plan says it all.
  protected override announce(): void {}

  private async authorizeAndPlan<Input, Effect extends object>(change: Change<Input, Effect>, input: Input) {
    const session = await this.session()
    return readForWrite(session, change.permission, async (db, operator) => ({
      operator,
      plan: await change.plan(db, input, operator),
    }))
  }

  /** A plan as it is shown: it warns of commands in the same place. Only the plan itself can be applied. */
  protected told<Effect extends object>(plan: Plan<Effect>): Plan<Effect> {
    return {...plan, warnings: plan.warnings.map(this.here)}
  }

  /** Shows what would change, under a banner that says where, as whom and in which role. */
  protected async showPlan<Effect extends object>(
    plan: Plan<Effect>,
    operator: Operator,
    view: View<Effect> | undefined,
  ): Promise<void> {
    const style = styleFor(this.around, this.flags, 'table', 'stderr')
    this.terminal.say(`${await paintBanner(this.context, operator, style.color)}\n`)
    this.terminal.say(await drawPlan(this.told(plan), view, style))
  }

  /** Says where, as whom and in which role is written what has no plan of its own to be shown. @throws PermissionDenied */
  protected async announceWrite({permission}: Pick<Change<never>, 'permission'>): Promise<void> {
    this.needed = permission
    const operator = await readForWrite(await this.session(), permission, async (_, who) => who)
    const {color} = styleFor(this.around, this.flags, 'table', 'stderr')
    this.terminal.say(await paintBanner(this.context, operator, color))
  }

  /** Whether the operator wants more done than was typed; no where there is nobody to ask, or all was consented to. */
  protected async wants(more: string, {yes}: Pick<WriteFlags, 'yes'>): Promise<boolean> {
    if (yes || !canAsk(this.terminal, this.flags['no-input'])) return false
    return this.around.asker.yesNo(more)
  }

  /** Returns once there is consent. @throws ConsentNeeded, Interrupted */
  protected async requireConsent<Effect extends object>(
    grade: Grade,
    plan: Plan<Effect>,
    flags: WriteFlags,
  ): Promise<void> {
    requireWritable(this.context, flags, this.commandLine, flags.reason ? '--write' : '--write --reason TEXT')
    const ask = canAsk(this.terminal, this.flags['no-input']) ? this.around.asker : undefined
    await requireConsent(gradeOf(grade, plan, this.context, flags), plan, flags, ask, {
      line: this.commandLine,
      besides: this.withListAgain,
    })
  }

  private async apply<Input, Effect extends object>(
    change: Change<Input, Effect>,
    plan: Plan<Effect>,
    input: Input,
    flags: WriteFlags,
  ): Promise<number> {
    this.interruption.check()
    const {targets, undoes: undoOf = null} = plan
    this.targets = targets
    const header = {
      command: this.recordedLine,
      permission: change.permission,
      reason: flags.reason ?? null,
      targets,
      undoOf,
    }
    const {changeId} = await write(await this.session(), header, async (trx) => {
      await applyRows(trx, plan.rows)
      await change.besides?.(trx, plan, input)
      await change.verify?.(trx.reader, plan)
    })
    return changeId
  }

  private async finish<Effect extends object>(change: Change<never, Effect>, plan: Plan<Effect>): Promise<void> {
    const told = await change.afterwards?.(await this.session(), plan)
    if (told !== undefined) this.terminal.say(sanitize(told))
  }

  /** Shows what became of a plan; a `changeId` of null is a change that was not made. */
  protected async showOutcome<Effect extends object>(
    plan: Plan<Effect>,
    view: View<Effect> | undefined,
    changeId: number | null,
  ): Promise<void> {
    const style = view ? this.style(view) : styleFor(this.around, this.flags, this.format)
    const made = changeId === null ? null : {change: changeId, undo: this.undoOf(plan, changeId)}
    try {
      if (!this.isShownAlready(plan))
        await this.writeAll(renderOutcome(this.told(plan), view, made, this.format, style))
    } finally {
      // Also where stdout could not be written: what is done is done.
      if (made) this.terminal.say(doneLine(made, this.#mayUndo))
    }
  }

  private undoOf(plan: Plan<object>, changeId: number): string | null {
    return isUndoable(plan) ? this.here(`pm audit undo ${changeId}`) : null
  }

  // Rows without effects are on the terminal already, as the plan.
  private isShownAlready({effects}: Plan<object>): boolean {
    return this.format === 'table' && this.terminal.isTTY.stdout && effects.length === 0
  }

  /** @throws UsageError in production, where a change needs a reason. */
  protected requireReason(flags: WriteFlags): void {
    requireReason(this.context, flags)
  }
}
