import {pauseCampaigns} from '../../changes/campaign/status.ts'
import {manyFlags, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchCampaigns} from '../../queries/campaign/find.ts'
import {parseGivenName} from '../../rules/given-name.ts'

export default class CampaignPause extends WriteCommand {
  static override permission = 'campaign.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Hold campaigns that are scheduled or sending.'
  static override description =
    'Those that are paused already are left alone. What “pm campaign list -o name” prints can be piped in, with - as the campaign.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "Winter Sale" --reason "wrong link"',
    '<%= config.bin %> <%= command.id %> - --dry-run < sending.txt',
  ]
  static override usage = '<%= command.id %> CAMPAIGN... [FLAGS]'
  static override strict = false
  static override flags = {...manyFlags, ...writeFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(CampaignPause)
    const campaigns = await this.givenMany(argv, flags, parseGivenName, 'campaign', searchCampaigns)
    await this.carryOut(pauseCampaigns, {campaigns}, flags)
  }
}
