import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {listFlags} from '../../cli/options.ts'
import {addonOrdering, listAddons} from '../../queries/addon/list.ts'
import {listing} from '../../queries/paging.ts'
import {getTenant} from '../../queries/tenant/find.ts'
import {addonView} from '../../views/addon.ts'

export default class AddonList extends PmCommand {
  static override permission = 'subscription.read' as const
  static override output = {list: addonView}
  static override ordering = addonOrdering
  static override summary = 'List what tenants bought on top of their plans, newest first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --active',
    '<%= config.bin %> <%= command.id %> --tenant acme -o json --fields type,quantity,price_monthly',
  ]
  static override flags = {
    tenant: Flags.string({
      helpValue: 'TENANT',
      description: 'Only add-ons of this tenant: name, id, domain or Stripe id.',
    }),
    active: Flags.boolean({description: 'Only add-ons that run.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(AddonList)
    const {tenant: named, active} = flags
    const tenant = named === undefined ? undefined : await this.read((db) => getTenant(db, named))
    await this.list(
      addonView,
      listing(addonOrdering, (db) => listAddons(db, {tenantId: tenant?.id, active})),
    )
  }
}
