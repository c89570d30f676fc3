import * as Flags from '@oclif/core/flags'
import {changePlan} from '../../changes/plan/change-plan.ts'
import {argument} from '../../cli/options.ts'
import {PlanMoveCommand, planMoveFlags} from '../../cli/plan-move-command.ts'
import {searchPlans} from '../../queries/plan/search.ts'
import {searchTenants} from '../../queries/tenant/search.ts'
import {planMoveView} from '../../views/plan-move.ts'

export default class PlanChange extends PlanMoveCommand {
  static override permission = 'subscription.write' as const
  static override output = {outcome: planMoveView}
  static override summary = 'Have a tenant change its plan when the period ends.'
  static override description =
    "The platform's billing webhooks apply it then. With --in-stripe Stripe is told as well, to bill the new plan's active price of the same interval from then on; if Stripe refuses, nothing is written here. Should the connection break just then, run the same command again: nothing is done twice."
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme scale --reason "signed the offer"',
    '<%= config.bin %> <%= command.id %> acme scale --in-stripe --dry-run',
    '<%= config.bin %> <%= command.id %> sub_1QmVx2CjGAbB3dEf starter --allow-over-limit --yes',
  ]
  static override args = {
    tenant: argument({description: 'The tenant: name, id, domain or Stripe id.'}),
    plan: argument({description: 'The plan to change to: slug, name, id or Stripe product.'}),
  }
  static override flags = {
    'allow-over-limit': Flags.boolean({description: 'Although the tenant is beyond limits of the plan already.'}),
    'allow-inactive': Flags.boolean({description: 'Although the plan is not sold.'}),
    ...planMoveFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PlanChange)
    const telling = this.telling(flags)
    const input = {
      tenant: await this.given(args.tenant, 'tenant', searchTenants),
      to: await this.given(args.plan, 'plan', searchPlans),
      subscription: flags.subscription,
      allowOverLimit: flags['allow-over-limit'],
      allowInactive: flags['allow-inactive'],
      ...telling,
    }
    await this.move(changePlan, input, flags, planMoveView)
  }
}
