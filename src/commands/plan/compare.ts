import {PmCommand} from '../../cli/command.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {comparePlans} from '../../queries/plan/compare.ts'
import {getPlan} from '../../queries/plan/find.ts'
import {searchPlans} from '../../queries/plan/search.ts'
import {comparisonSections, comparisonView} from '../../views/plan-comparison.ts'

export default class PlanCompare extends PmCommand {
  static override permission = 'plan.read' as const
  static override output = {list: comparisonView}
  static override summary = 'Compare two plans: prices, limits and features side by side.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> starter growth',
    '<%= config.bin %> <%= command.id %> growth scale -o json --fields column,first,second,differs',
  ]
  static override args = {
    first: argument({description: 'One plan.'}),
    second: argument({description: 'The other plan.'}),
  }
  static override flags = recordFlags

  async run(): Promise<void> {
    const {args} = await this.parse(PlanCompare)
    const names = [
      await this.given(args.first, 'plan', searchPlans),
      await this.given(args.second, 'plan', searchPlans),
    ] as const
    const [first, second] = await this.read(async (db) => [await getPlan(db, names[0]), await getPlan(db, names[1])])
    const rows = comparePlans(first, second)
    await this.report(comparisonView, rows, comparisonSections(rows, [first.slug, second.slug]))
  }
}
