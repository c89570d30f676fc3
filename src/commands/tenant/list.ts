import * as Flags from '@oclif/core/flags'
import {listFlags} from '../../cli/options.ts'
import {SiftingCommand} from '../../cli/sifting-command.ts'
import {getPlan} from '../../queries/plan/find.ts'
import {tenantListing, tenantOrdering} from '../../queries/tenant/list.ts'
import {countedLimits, uncountedLimits} from '../../rules/plan-limits.ts'
import {subscriptionStatuses} from '../../rules/subscription-status.ts'
import {deletedTenantView, listedTenantView, overLimitView} from '../../views/tenant.ts'

export default class TenantList extends SiftingCommand {
  static override permission = 'tenant.read' as const
  static override output = {list: listedTenantView}
  static override ordering = tenantOrdering
  static override summary = 'List tenants.'
  static override description =
    'Plan and status are those of the subscription that counts: the live one, else the last. With either, who subscribed last comes first: --sort tenant for names. --over-limit looks at one tenant after the other, for a page at no more than 1,000: --limit 0 for all.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --status past_due,unpaid',
    '<%= config.bin %> <%= command.id %> --search acme',
    '<%= config.bin %> <%= command.id %> --over-limit --plan starter -o json',
  ]
  static override flags = {
    plan: Flags.string({helpValue: 'PLAN', description: 'Only tenants on this plan, by slug, name or id.'}),
    status: Flags.option({
      options: subscriptionStatuses,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'STATUS',
    })({
      description: `Only tenants whose subscription is ${subscriptionStatuses.join(', ')}.`,
    }),
    search: Flags.string({helpValue: 'TEXT', description: 'Only tenants whose name begins so.'}),
    'over-limit': Flags.boolean({description: 'Only tenants that use more of something than their plan allows.'}),
    deleted: Flags.boolean({description: 'Only deleted tenants, who are left out otherwise.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(TenantList)
    const plan = flags.plan
    const planId = plan === undefined ? undefined : (await this.read((db) => getPlan(db, plan))).id
    const limits = flags['over-limit'] ? await this.countable() : undefined
    const tenants = tenantListing({...flags, planId, limits})
    if (limits) return this.sift(overLimitView, tenants, (tenant) => Boolean(tenant.over_limit?.length))
    await this.list(flags.deleted ? deletedTenantView : listedTenantView, tenants)
  }

  // What the operator may not see counts as none: nobody would be found beyond it.
  private async countable() {
    const uncounted = await this.read(async (_db, {permissions}) => uncountedLimits(permissions))
    for (const {limit, permission} of uncounted) this.say(`! ${limit} is left out: to count it needs ${permission}.`)
    return countedLimits.filter((limit) => uncounted.every((other) => other.limit !== limit))
  }
}
