import * as Flags from '@oclif/core/flags'
import type * as Interfaces from '@oclif/core/interfaces'
import {openStripeStep, type StripeStep} from '../changes/plan/stripe-step.ts'
import type {Change} from '../changes/plan.ts'
import type {View} from '../output/view.ts'
import type {PlanMove} from '../rules/plan-move.ts'
import type {StripeMode} from '../rules/stripe-mode.ts'
import {BulkCommand} from './bulk-command.ts'
import {stripeAccess} from './contexts/stripe-access.ts'
import {writeFlags} from './options.ts'

/** Flags of commands that say which plan a subscription has when its period ends. */
export const planMoveFlags = {
  subscription: Flags.string({
    helpValue: 'ID',
    description: 'Which subscription, where the tenant has several: its id or Stripe id.',
  }),
  'in-stripe': Flags.boolean({description: 'Tell Stripe as well; needs a Stripe key that writes.'}),
  ...writeFlags,
}

type PlanMoveFlags = Interfaces.InferredFlags<typeof planMoveFlags>

interface Telling {
  mode: StripeMode
  stripe: StripeStep | undefined
}

/** A command that says which plan a subscription has when its period ends, here and, where that is asked for, at Stripe. */
export abstract class PlanMoveCommand extends BulkCommand {
  /** The mode of Stripe here, and how it is told; not at all, unless that is asked for. @throws UsageError, Conflict */
  protected telling(flags: PlanMoveFlags): Telling {
    const access = stripeAccess(this.context, this.sources)
    const within = {signal: this.interruption.signal, ms: this.timeoutMs}
    return {mode: access.mode, stripe: flags['in-stripe'] ? openStripeStep(access, within) : undefined}
  }

  /** Carries it out. Where Stripe was told, and the database then failed, that is said. */
  protected async move<Input extends Telling>(
    change: Change<Input, PlanMove>,
    input: Input,
    flags: PlanMoveFlags,
    view: View<PlanMove>,
  ): Promise<void> {
    try {
      await this.carryOut(change, input, flags, view)
    } catch (error) {
      if (input.stripe?.isTold) this.say('! Stripe has it already. To have it here, too, run the same command again.')
      throw error
    }
  }
}
