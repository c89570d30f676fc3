import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../cli/command.ts'
import {recordFlags} from '../cli/options.ts'
import {listCosts} from '../queries/cost/by-group.ts'
import {costGroups} from '../rules/cost-group.ts'
import {costSections, costView} from '../views/cost.ts'

export default class Cost extends PmCommand {
  static override permission = 'vps.read' as const
  static override output = {list: costView}
  static override summary = 'Show what sending costs a month, by region, VPS or tenant.'
  static override description =
    'An IP costs its own price and its share of its VPS; the tenants that send by it share that by their domains, and what nobody sends by is idle.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --by tenant -o csv',
  ]
  static override flags = {
    by: Flags.option({options: costGroups, default: 'region', helpValue: 'GROUP'})({
      description: 'What to tell apart: region, vps or tenant.',
    }),
    ...recordFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Cost)
    const costs = await this.read((db) => listCosts(db, flags.by))
    await this.report(costView, costs, costSections(costs, flags.by))
  }
}
