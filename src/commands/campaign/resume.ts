import {resumeCampaigns} from '../../changes/campaign/status.ts'
import {BulkCommand} from '../../cli/bulk-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import {writeFlags} from '../../cli/options.ts'
import {searchCampaigns} from '../../queries/campaign/find.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {jobViews} from '../../views/job.ts'

export default class CampaignResume extends BulkCommand {
  static override permission = 'campaign.write' as const
  static override output = {outcome: undefined, job: jobViews.job}
  static override summary = 'Let paused campaigns go on.'
  static override description =
    'A campaign whose time has not come yet is scheduled again; every other one sends at once. Those that go on already are left alone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "Winter Sale" --reason "link is right now"',
    '<%= config.bin %> <%= command.id %> --from-file paused.txt --yes',
  ]
  static override usage = '<%= command.id %> CAMPAIGN... [FLAGS]'
  static override strict = false
  static override flags = {...bulkFlags, ...writeFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(CampaignResume)
    const many = {
      change: resumeCampaigns,
      verb: 'Resume',
      inputOf: (campaigns: string[]) => ({campaigns}),
      noun: 'campaign' as const,
      parse: parseGivenName,
      find: searchCampaigns,
    }
    await this.carryOutMany(many, argv, flags, jobViews)
  }
}
