import {PmCommand} from '../../cli/command.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {getIpDetail} from '../../queries/ip/detail.ts'
import {searchIps} from '../../queries/ip/search.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'
import {ipDetailView, ipSections} from '../../views/ip-detail.ts'

export default class IpShow extends PmCommand {
  static override permission = 'ip.read' as const
  static override output = {record: ipDetailView}
  static override summary = 'Show one IP: its VPS, reputation, domains, warm-up and recent changes.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 203.0.113.24',
    '<%= config.bin %> <%= command.id %> 203.0.113.24 -o json --fields ip,assignments',
  ]
  static override args = {ip: argument({description: 'The IP address.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(IpShow)
    const address = parseIpAddress(await this.given(args.ip, 'IP', searchIps))
    const ip = await this.read((db) => getIpDetail(db, address))
    await this.show(ip, ipDetailView, ipSections(ip))
  }
}
