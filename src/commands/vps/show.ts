import {PmCommand} from '../../cli/command.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {getVpsDetail, searchVps} from '../../queries/vps/detail.ts'
import {vpsDetailView, vpsSections} from '../../views/vps.ts'

export default class VpsShow extends PmCommand {
  static override permission = 'vps.read' as const
  static override output = {record: vpsDetailView}
  static override summary = 'Show one VPS instance: its IPs, costs and billing period.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> hw-410902',
    '<%= config.bin %> <%= command.id %> hw-410902 -o json --fields addresses',
  ]
  static override args = {vps: argument({description: 'The VPS: Hostwinds id, address or id.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(VpsShow)
    const named = await this.given(args.vps, 'VPS', searchVps)
    const vps = await this.read((db) => getVpsDetail(db, named))
    await this.show(vps, vpsDetailView, vpsSections(vps))
  }
}
