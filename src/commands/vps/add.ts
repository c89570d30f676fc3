import * as Flags from '@oclif/core/flags'
import {addVps} from '../../changes/vps/add.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {parseAmount} from '../../rules/decimal.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'

export default class VpsAdd extends WriteCommand {
  static override permission = 'vps.write' as const
  static override output = {outcome: undefined}
  static override summary = "Take a new VPS instance into the platform's books."
  static override examples = [
    '<%= config.bin %> <%= command.id %> hw-440001 --region us-east --address 192.0.2.200 --cost 42.00 --billing-day 15',
    '<%= config.bin %> <%= command.id %> hw-440002 --region eu-central --provisioning',
  ]
  static override args = {name: argument({description: 'Its Hostwinds id.', required: true})}
  static override flags = {
    region: Flags.string({required: true, helpValue: 'REGION', description: 'Where it stands, such as us-east.'}),
    address: Flags.string({helpValue: 'IP', description: 'Its own address.'}),
    cost: Flags.string({helpValue: 'AMOUNT', description: 'What it costs a month.'}),
    'billing-day': Flags.integer({
      min: 1,
      max: 31,
      helpValue: 'DAY',
      description: 'The day of the month it is billed on.',
    }),
    provisioning: Flags.boolean({description: 'It is being set up and not active yet.'}),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(VpsAdd)
    const {region, address, cost, 'billing-day': billingDay = null} = flags
    const input = {
      name: args.name ?? '',
      region,
      address: address === undefined ? null : parseIpAddress(address),
      monthlyCost: cost === undefined ? null : parseAmount(cost),
      billingDay,
      status: flags.provisioning ? 'provisioning' : 'active',
    } as const
    await this.carryOut(addVps, input, flags)
  }
}
