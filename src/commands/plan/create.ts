import * as Flags from '@oclif/core/flags'
import {createPlan} from '../../changes/plan/create.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {planFlags, planSettings} from '../../cli/plan-flags.ts'
import {WriteCommand} from '../../cli/write-command.ts'

export default class PlanCreate extends WriteCommand {
  static override permission = 'plan.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Create a plan, inactive; pm plan activate puts it up for sale.'
  static override description =
    'What is not limited here has no limit. Prices are what tenants are shown; what they pay is the price of the Stripe product.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> summer-2027 --name "Summer 2027" --price-monthly 4900 --price-yearly 49000 --max-users 5 --max-domains 5',
    '<%= config.bin %> <%= command.id %> partner --name Partner --api-access --stripe-product prod_QkX7aVbN3mLp2R --dry-run',
  ]
  static override args = {slug: argument({description: 'What it is called in commands and URLs.', required: true})}
  static override flags = {
    name: Flags.string({required: true, helpValue: 'NAME', description: 'What tenants are shown.'}),
    ...planFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PlanCreate)
    const settings = {...planSettings(flags), name: flags.name}
    await this.carryOut(createPlan, {slug: args.slug ?? '', settings}, flags)
  }
}
