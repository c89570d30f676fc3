import * as Flags from '@oclif/core/flags'
import {decommissionVps} from '../../changes/vps/decommission.ts'
import {parseComingDay} from '../../cli/date.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {listCarrying} from '../../queries/vps/carrying.ts'
import {searchVps} from '../../queries/vps/detail.ts'
import {getVps} from '../../queries/vps/find.ts'
import {moveView} from '../../views/move.ts'

export default class VpsDecommission extends WriteCommand {
  static override permission = 'vps.write' as const
  static override output = {outcome: moveView}
  static override summary = 'Schedule the end of a VPS instance.'
  static override description =
    'Refused while its IPs carry domains; --evacuate, which a terminal offers, quarantines those IPs and moves their domains to healthy ones elsewhere, in the same change.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> hw-410902 --on 2027-01-31 --evacuate --dry-run',
    '<%= config.bin %> <%= command.id %> hw-410902 --on 2027-01-31 --evacuate --reason "contract ends" --yes',
  ]
  static override args = {vps: argument({description: 'The VPS: Hostwinds id, address or id.'})}
  static override flags = {
    on: Flags.string({required: true, helpValue: 'DATE', description: 'The day it goes, as YEAR-MONTH-DAY.'}),
    evacuate: Flags.boolean({default: false, description: 'Move the domains off its IPs first.'}),
    'max-per-ip': Flags.integer({
      min: 1,
      default: 25,
      helpValue: 'N',
      description: 'No IP takes over more domains than make this many on it.',
    }),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(VpsDecommission)
    const on = parseComingDay(flags.on, this.around.now())
    const vps = await this.given(args.vps, 'VPS', searchVps)
    const evacuate = flags.evacuate || (await this.wantsEvacuation(vps, flags))
    await this.carryOut(decommissionVps, {vps, on, evacuate, maxPerIp: flags['max-per-ip']}, flags, moveView)
  }

  private async wantsEvacuation(vps: string, flags: {yes: boolean}): Promise<boolean> {
    const carrying = await this.read(async (db) => listCarrying(db, (await getVps(db, vps)).id))
    const domains = carrying.reduce((sum, ip) => sum + ip.domains, 0)
    if (domains === 0) return false
    const many = domains === 1 ? 'a domain' : `${domains.toLocaleString('en')} domains`
    return this.wants(`It still carries ${many}. Move them off in the same change?`, flags)
  }
}
