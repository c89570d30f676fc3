import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {listFlags} from '../../cli/options.ts'
import {campaignOrdering, listCampaigns} from '../../queries/campaign/list.ts'
import {listing, matching} from '../../queries/paging.ts'
import {findTenantId} from '../../queries/tenant/find.ts'
import {campaignStatuses} from '../../rules/campaign-lifecycle.ts'
import {campaignView} from '../../views/campaign.ts'

export default class CampaignList extends PmCommand {
  static override permission = 'campaign.read' as const
  static override output = {list: campaignView}
  static override ordering = campaignOrdering
  static override summary = 'List campaigns, newest first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --status sending',
    '<%= config.bin %> <%= command.id %> --tenant acme -o json --fields campaign,status',
  ]
  static override flags = {
    tenant: Flags.string({
      helpValue: 'TENANT',
      description: 'Only campaigns of this tenant: name, id or a domain of it.',
    }),
    status: Flags.option({
      options: campaignStatuses,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'STATUS',
    })({
      description: `Only campaigns in these states: ${campaignStatuses.join(', ')}.`,
    }),
    search: Flags.string({helpValue: 'TEXT', description: 'Only campaigns whose name begins so.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(CampaignList)
    const tenantId = await this.read((db) => findTenantId(db, flags.tenant))
    await this.list(
      campaignView,
      listing(matching(campaignOrdering, flags.search), (db) => listCampaigns(db, {...flags, tenantId})),
    )
  }
}
