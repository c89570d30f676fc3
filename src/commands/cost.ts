import * as Flags from '@oclif/core/flags'
import type {Cut} from '../cli/cut.ts'
import {recordFlags} from '../cli/options.ts'
import {SiftingCommand} from '../cli/sifting-command.ts'
import {type CostRow, listCosts} from '../queries/cost/by-group.ts'
import {costOfIdle, costsOfTenants} from '../queries/cost/by-tenant.ts'
import {costGroups} from '../rules/cost-group.ts'
import {Dearest} from '../rules/dearest.ts'
import {costSections, costView, mostShown} from '../views/cost.ts'

export default class Cost extends SiftingCommand {
  static override permission = 'vps.read' as const
  static override output = {list: costView}
  static override summary = 'Show what sending costs a month, by region, VPS or tenant.'
  static override description =
    'An IP costs its own price and its share of its VPS; the tenants that send by it share that by their domains, and what nobody sends by is idle. By tenant, one after the other is reckoned: in a table the first 1,000 by name, with --all every one; other formats stream all of them, by name.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --by tenant -o csv',
    '<%= config.bin %> <%= command.id %> --by tenant --all',
  ]
  static override flags = {
    by: Flags.option({options: costGroups, default: 'region', helpValue: 'GROUP'})({
      description: 'What to tell apart: region, vps or tenant.',
    }),
    all: Flags.boolean({description: 'Reckon every tenant for a table, however many there are.'}),
    ...recordFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Cost)
    const {by} = flags
    if (by === 'tenant') return this.showTenants(flags.all)
    const costs = await this.read((db) => listCosts(db, by))
    const dearest = new Dearest<CostRow>(mostShown)
    dearest.add(costs)
    await this.report(costView, costs, costSections(dearest, by))
  }

  private async showTenants(isAll: boolean): Promise<void> {
    const looked = this.lookingAt<CostRow>(isAll)
    const costs = this.costsOfTenants(looked)
    if (!this.isForPeople) return this.showBatches(costView, costs)
    const dearest = new Dearest<CostRow>(mostShown)
    for await (const batch of costs) dearest.add(batch)
    await this.report(costView, dearest.rows, costSections(dearest, 'tenant', looked.last && looked.count))
    if (looked.last) this.say('There are more tenants. All: --all')
  }

  private async *costsOfTenants(looked: Cut<CostRow>): AsyncGenerator<readonly CostRow[]> {
    const tenants = this.stream((db) => costsOfTenants(db, looked.enough))
    yield* this.sifted(tenants, looked, 'tenants', ({ips}) => ips > 0)
    const idle = await this.read(costOfIdle)
    if (idle) yield [idle]
  }
}
