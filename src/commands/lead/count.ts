import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {recordFlags} from '../../cli/options.ts'
import {leadsByStatus} from '../../queries/tenant/by-status.ts'
import {getTenant} from '../../queries/tenant/find.ts'
import {statusBars, statusCountView} from '../../views/status-count.ts'
import {leadTones} from '../../views/toned.ts'

export default class LeadCount extends PmCommand {
  static override permission = 'lead.read' as const
  static override output = {list: statusCountView}
  static override summary = "Count a tenant's leads by their state."
  static override examples = [
    '<%= config.bin %> <%= command.id %> --tenant acme',
    '<%= config.bin %> <%= command.id %> --tenant acme -o json',
  ]
  static override flags = {
    tenant: Flags.string({
      required: true,
      helpValue: 'TENANT',
      description: 'Whose leads: name, id or a domain of it. All of the platform’s are too many to count.',
    }),
    ...recordFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(LeadCount)
    const counts = await this.read(async (db) => leadsByStatus(db, (await getTenant(db, flags.tenant)).id))
    await this.report(statusCountView, counts, [statusBars('Leads', 'leads', counts, leadTones)])
  }
}
