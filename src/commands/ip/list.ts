import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {listFlags} from '../../cli/options.ts'
import {ipOrdering, listIps} from '../../queries/ip/list.ts'
import {listing} from '../../queries/paging.ts'
import {ipStatuses, reputations} from '../../rules/ip-lifecycle.ts'
import {ipView} from '../../views/ip.ts'

const staleAfterDays = 7

export default class IpList extends PmCommand {
  static override permission = 'ip.read' as const
  static override output = {list: ipView}
  static override ordering = ipOrdering
  static override summary = 'List sending IPs.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --listed',
    '<%= config.bin %> <%= command.id %> --status warmed --region us-east --sort domains',
    '<%= config.bin %> <%= command.id %> --tenant acme -o json --fields ip,reputation',
  ]
  static override flags = {
    status: Flags.option({
      options: ipStatuses,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'STATUS',
    })({
      description: `Only IPs in these states: ${ipStatuses.join(', ')}.`,
    }),
    reputation: Flags.option({
      options: reputations,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'REPUTATION',
    })({
      description: `Only IPs so reputed: ${reputations.join(', ')}.`,
    }),
    region: Flags.string({helpValue: 'REGION', description: 'Only IPs on a VPS in this region.'}),
    vps: Flags.string({helpValue: 'VPS', description: 'Only IPs of this VPS, by Hostwinds id or address.'}),
    tenant: Flags.string({helpValue: 'TENANT', description: 'Only IPs that send for this tenant, by name or id.'}),
    listed: Flags.boolean({description: 'Only IPs that stand on a blocklist; burned ones with --status burned.'}),
    unassigned: Flags.boolean({description: 'Only IPs that carry no domains.'}),
    'stale-check': Flags.boolean({
      description: `Only IPs whose reputation was not checked for ${staleAfterDays} days; burned ones with --status burned.`,
    }),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(IpList)
    const filter = {...flags, staleAfterDays: flags['stale-check'] ? staleAfterDays : undefined}
    await this.list(
      ipView,
      listing(ipOrdering, (db) => listIps(db, filter)),
    )
  }
}
