import * as Flags from '@oclif/core/flags'
import {listFlags} from '../../cli/options.ts'
import {mostRevealed, RevealCommand, revealFlags} from '../../cli/reveal-command.ts'
import {leadOrdering, listLeads} from '../../queries/lead/list.ts'
import {listing} from '../../queries/paging.ts'
import {getTenant, tenantTarget} from '../../queries/tenant/find.ts'
import {UsageError} from '../../rules/errors.ts'
import {leadView} from '../../views/lead.ts'

export default class LeadFind extends RevealCommand {
  static override permission = 'lead.read' as const
  static override output = {list: leadView}
  static override ordering = leadOrdering
  static override summary = "Find leads of a tenant; people's data is masked unless it is revealed."
  static override description =
    `--reveal needs a permission of its own and shows 50 leads, or up to ${mostRevealed.toLocaleString('en')} with --limit. Without it a lead is found by its whole e-mail address alone, so that nobody learns letter by letter what is masked.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> --tenant acme --status bounced',
    '<%= config.bin %> <%= command.id %> --tenant acme --search aisha.khan@birchco.example',
    '<%= config.bin %> <%= command.id %> --tenant acme --search aisha --reveal --reason "ticket 812"',
  ]
  static override flags = {
    tenant: Flags.string({
      required: true,
      helpValue: 'TENANT',
      description: 'Whose leads: name, id or a domain of it.',
    }),
    search: Flags.string({
      helpValue: 'TEXT',
      description: 'Only leads with this e-mail address; with --reveal, whose e-mail or name begins so.',
    }),
    status: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'STATUS',
      description: 'Only leads in these states, such as active, unsubscribed, bounced.',
    }),
    ...revealFlags,
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(LeadFind)
    if (!flags.reveal) requireWhole(flags.search)
    const tenant = await this.read((db) => getTenant(db, flags.tenant))
    const filter = {tenantId: tenant.id, search: flags.search, status: flags.status}
    const leads = (clear: boolean) => listing(leadOrdering, (db) => listLeads(db, filter, {clear}))
    if (!flags.reveal) return this.list(leadView, leads(false))
    const {reason} = flags
    await this.listRevealed(leadView, leads(true), {permission: 'lead.reveal', targets: [tenantTarget(tenant)], reason})
  }
}

const wholeAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** @throws UsageError for the beginning of an address, or a name */
function requireWhole(search: string | undefined): void {
  if (search === undefined || wholeAddress.test(search)) return
  throw new UsageError('Without --reveal, --search takes a whole e-mail address.', {
    hint: 'To search by how an e-mail or a name begins, reveal what is found: --reveal --reason TEXT',
  })
}
