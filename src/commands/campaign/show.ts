import {PmCommand} from '../../cli/command.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {getCampaignDetail} from '../../queries/campaign/detail.ts'
import {searchCampaigns} from '../../queries/campaign/find.ts'
import {campaignDetailView, campaignSections} from '../../views/campaign.ts'

export default class CampaignShow extends PmCommand {
  static override permission = 'campaign.read' as const
  static override output = {record: campaignDetailView}
  static override summary = 'Show one campaign: its steps in order and recent changes.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "Winter Sale"',
    '<%= config.bin %> <%= command.id %> "Winter Sale" -o json --fields sequence',
  ]
  static override args = {campaign: argument({description: 'The campaign: name or id.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(CampaignShow)
    const named = await this.given(args.campaign, 'campaign', searchCampaigns)
    const campaign = await this.read((db) => getCampaignDetail(db, named))
    await this.show(campaign, campaignDetailView, campaignSections(campaign))
  }
}
