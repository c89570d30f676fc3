import {keepVps} from '../../changes/vps/decommission.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchVps} from '../../queries/vps/detail.ts'

export default class VpsKeep extends WriteCommand {
  static override permission = 'vps.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Take back the scheduled end of a VPS instance.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> hw-398217',
    '<%= config.bin %> <%= command.id %> hw-398217 --reason "contract renewed" --yes',
  ]
  static override args = {vps: argument({description: 'The VPS: Hostwinds id, address or id.'})}
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(VpsKeep)
    const vps = await this.given(args.vps, 'VPS', searchVps)
    await this.carryOut(keepVps, {vps}, flags)
  }
}
