import {PmCommand} from '../cli/command.ts'
import {recordFlags} from '../cli/options.ts'
import {getOverview} from '../queries/status/overview.ts'
import {overviewSections, overviewView} from '../views/overview.ts'

export default class Status extends PmCommand {
  static override permission = 'ip.read' as const
  static override output = {record: overviewView}
  static override summary = 'Show the platform on one screen: what needs somebody, what is under way.'
  static override description =
    'IPs are counted by status; all else as far as 10,000, which then stands for as many or more.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> -o json --fields listed_ips,past_due',
  ]
  static override flags = recordFlags

  async run(): Promise<void> {
    await this.parse(Status)
    const overview = await this.read((db, operator) => getOverview(db, operator))
    await this.show(overview, overviewView, overviewSections(overview, this.here))
  }
}
