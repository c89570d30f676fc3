import * as Flags from '@oclif/core/flags'
import {activatePlan} from '../../changes/plan/activation.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchPlans} from '../../queries/plan/search.ts'

export default class PlanActivate extends WriteCommand {
  static override permission = 'plan.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Put a plan up for sale.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> black-friday-2025 --reason "Black Friday week"',
    '<%= config.bin %> <%= command.id %> agency --without-stripe --yes',
  ]
  static override args = {plan: argument({description: 'The plan: slug, name, id or Stripe product.'})}
  static override flags = {
    'without-stripe': Flags.boolean({description: 'Although it has no Stripe product to be paid by.'}),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PlanActivate)
    const plan = await this.given(args.plan, 'plan', searchPlans)
    await this.carryOut(activatePlan, {plan, withoutStripe: flags['without-stripe']}, flags)
  }
}
