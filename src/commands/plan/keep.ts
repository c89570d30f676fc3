import {keepPlan} from '../../changes/plan/keep-plan.ts'
import {argument} from '../../cli/options.ts'
import {PlanMoveCommand, planMoveFlags} from '../../cli/plan-move-command.ts'
import {searchTenants} from '../../queries/tenant/search.ts'
import {planMoveView} from '../../views/plan-move.ts'

export default class PlanKeep extends PlanMoveCommand {
  static override permission = 'subscription.write' as const
  static override output = {outcome: planMoveView}
  static override summary = 'Withdraw a pending change of plan: the tenant keeps the one it has.'
  static override description =
    'With --in-stripe Stripe withdraws what pm scheduled there, too. What somebody else scheduled at Stripe is left alone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme --reason "changed their mind"',
    '<%= config.bin %> <%= command.id %> acme --in-stripe --yes',
  ]
  static override args = {tenant: argument({description: 'The tenant: name, id, domain or Stripe id.'})}
  static override flags = planMoveFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PlanKeep)
    const telling = this.telling(flags)
    const tenant = await this.given(args.tenant, 'tenant', searchTenants)
    await this.move(keepPlan, {tenant, subscription: flags.subscription, ...telling}, flags, planMoveView)
  }
}
