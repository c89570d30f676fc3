import {resumeCampaigns} from '../../changes/campaign/status.ts'
import {manyFlags, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchCampaigns} from '../../queries/campaign/find.ts'
import {parseGivenName} from '../../rules/given-name.ts'

export default class CampaignResume extends WriteCommand {
  static override permission = 'campaign.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Let paused campaigns go on.'
  static override description =
    'A campaign whose time has not come yet is scheduled again; every other one sends at once. Those that go on already are left alone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "Winter Sale" --reason "link is right now"',
    '<%= config.bin %> <%= command.id %> --from-file paused.txt --yes',
  ]
  static override usage = '<%= command.id %> CAMPAIGN... [FLAGS]'
  static override strict = false
  static override flags = {...manyFlags, ...writeFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(CampaignResume)
    const campaigns = await this.givenMany(argv, flags, parseGivenName, 'campaign', searchCampaigns)
    await this.carryOut(resumeCampaigns, {campaigns}, flags)
  }
}
