import {deactivatePlan} from '../../changes/plan/activation.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchPlans} from '../../queries/plan/search.ts'

export default class PlanDeactivate extends WriteCommand {
  static override permission = 'plan.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Take a plan off sale; its subscribers keep it and renew.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> black-friday-2025 --reason "the week is over"',
    '<%= config.bin %> <%= command.id %> starter --dry-run',
  ]
  static override args = {plan: argument({description: 'The plan: slug, name, id or Stripe product.'})}
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PlanDeactivate)
    const plan = await this.given(args.plan, 'plan', searchPlans)
    await this.carryOut(deactivatePlan, {plan}, flags)
  }
}
