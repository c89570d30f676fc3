import * as Flags from '@oclif/core/flags'
import {editPlan} from '../../changes/plan/edit.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {planFlags, planSettings} from '../../cli/plan-flags.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchPlans} from '../../queries/plan/search.ts'

export default class PlanEdit extends WriteCommand {
  static override permission = 'plan.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Change what a plan allows, costs or is called.'
  static override description =
    'An empty value takes the value away: --notes= or --max-users= (or --no-limit max-users). Limits hold for its subscribers at once. Prices are what tenants are shown; what they pay is the price of the Stripe product.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> growth --max-domains 15 --reason "ticket 4711"',
    '<%= config.bin %> <%= command.id %> agency --stripe-product prod_QkX7aVbN3mLp2R',
    '<%= config.bin %> <%= command.id %> enterprise --no-limit max-warmups --no-white-label --dry-run',
  ]
  static override args = {plan: argument({description: 'The plan: slug, name, id or Stripe product.'})}
  static override flags = {
    name: Flags.string({helpValue: 'NAME', description: 'What tenants are shown.'}),
    ...planFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PlanEdit)
    const plan = await this.given(args.plan, 'plan', searchPlans)
    await this.carryOut(editPlan, {plan, settings: {...planSettings(flags), name: flags.name}}, flags)
  }
}
