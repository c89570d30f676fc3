import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {listFlags} from '../../cli/options.ts'
import {accountOrdering, listAccounts} from '../../queries/account/list.ts'
import {getDomain} from '../../queries/domain/find.ts'
import {listing} from '../../queries/paging.ts'
import {findTenantId} from '../../queries/tenant/find.ts'
import {accountStatuses} from '../../rules/account-status.ts'
import {accountView} from '../../views/account.ts'

export default class AccountList extends PmCommand {
  static override permission = 'account.read' as const
  static override output = {list: accountView}
  static override ordering = accountOrdering
  static override summary = 'List e-mail accounts.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --tenant acme',
    '<%= config.bin %> <%= command.id %> --status error -o json --fields account,tenant',
  ]
  static override flags = {
    tenant: Flags.string({
      helpValue: 'TENANT',
      description: 'Only accounts of this tenant: name, id or a domain of it.',
    }),
    domain: Flags.string({helpValue: 'DOMAIN', description: 'Only accounts of this domain.'}),
    status: Flags.option({
      options: accountStatuses,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'STATUS',
    })({
      description: `Only accounts in these states: ${accountStatuses.join(', ')}.`,
    }),
    provider: Flags.string({helpValue: 'NAME', description: 'Only accounts at this provider, such as mailu.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(AccountList)
    const {domain} = flags
    const tenantId = await this.read((db) => findTenantId(db, flags.tenant))
    const domainId = domain === undefined ? undefined : (await this.read((db) => getDomain(db, domain))).id
    await this.list(
      accountView,
      listing(accountOrdering, (db) => listAccounts(db, {...flags, tenantId, domainId})),
    )
  }
}
