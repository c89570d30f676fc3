import {pauseCampaigns} from '../../changes/campaign/status.ts'
import {BulkCommand} from '../../cli/bulk-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import {writeFlags} from '../../cli/options.ts'
import {searchCampaigns} from '../../queries/campaign/find.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {jobViews} from '../../views/job.ts'

export default class CampaignPause extends BulkCommand {
  static override permission = 'campaign.write' as const
  static override output = {outcome: undefined, job: jobViews.job}
  static override summary = 'Hold campaigns that are scheduled or sending.'
  static override description =
    'Those that are paused already are left alone. What “pm campaign list -o name” prints can be piped in, with - as the campaign.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "Winter Sale" --reason "wrong link"',
    '<%= config.bin %> <%= command.id %> - --dry-run < sending.txt',
  ]
  static override usage = '<%= command.id %> CAMPAIGN... [FLAGS]'
  static override strict = false
  static override flags = {...bulkFlags, ...writeFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(CampaignPause)
    const many = {
      change: pauseCampaigns,
      verb: 'Pause',
      inputOf: (campaigns: string[]) => ({campaigns}),
      noun: 'campaign' as const,
      parse: parseGivenName,
      find: searchCampaigns,
    }
    await this.carryOutMany(many, argv, flags, jobViews)
  }
}
