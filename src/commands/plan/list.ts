import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {stripeAccess} from '../../cli/contexts/stripe-access.ts'
import {listFlags} from '../../cli/options.ts'
import {findStripeAccount} from '../../queries/config/stripe-account.ts'
import {listing} from '../../queries/paging.ts'
import {listPlans, planOrdering} from '../../queries/plan/list.ts'
import {linkOrNull} from '../../stripe/link-or-null.ts'
import {planView} from '../../views/plan.ts'

export default class PlanList extends PmCommand {
  static override permission = 'plan.read' as const
  static override output = {list: planView}
  static override ordering = planOrdering
  static override summary = 'List plans, the cheapest first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --active',
    '<%= config.bin %> <%= command.id %> -o json --fields slug,price_monthly,max_domains',
  ]
  static override flags = {
    active: Flags.boolean({description: 'Only plans that are sold.', exclusive: ['inactive']}),
    inactive: Flags.boolean({description: 'Only plans that are not sold; their subscribers still renew.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(PlanList)
    const active = flags.active ? true : flags.inactive ? false : undefined
    const {mode} = stripeAccess(this.context, this.sources)
    const account = await this.read(findStripeAccount)
    await this.listCompleted(
      planView,
      listing(planOrdering, (db) => listPlans(db, {active})),
      (plan) => ({...plan, stripe_url: linkOrNull('product', plan.stripe_product_id, {mode, account})}),
    )
  }
}
