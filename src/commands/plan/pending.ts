import {PmCommand} from '../../cli/command.ts'
import {recordFlags} from '../../cli/options.ts'
import {pendingFlows} from '../../queries/plan/pending.ts'
import {mostCounted} from '../../rules/most-counted.ts'
import {planFlowSections, planFlowView} from '../../views/plan-flow.ts'

export default class PlanPending extends PmCommand {
  static override permission = 'subscription.read' as const
  static override output = {list: planFlowView}
  static override summary = 'Show how many subscriptions are to go from which plan to which.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> -o csv']
  static override flags = recordFlags

  async run(): Promise<void> {
    await this.parse(PlanPending)
    const {flows, isPart} = await this.read(pendingFlows)
    await this.report(planFlowView, flows, planFlowSections(flows, this.here))
    if (isPart) this.say(`There are more; these are the first ${mostCounted.toLocaleString('en')}.`)
  }
}
