import {rateIps} from '../../changes/ip/rate.ts'
import {manyFlags, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchIps} from '../../queries/ip/search.ts'
import {UsageError} from '../../rules/errors.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'
import {reputations} from '../../rules/ip-lifecycle.ts'

export default class IpRate extends WriteCommand {
  static override permission = 'ip.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Record the reputation of IPs: good, fair, poor or critical.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 203.0.113.24 poor --reason "bounces at 9 %"',
    '<%= config.bin %> <%= command.id %> good --from-file recovered.txt',
  ]
  static override usage = '<%= command.id %> IP... good|fair|poor|critical [FLAGS]'
  static override strict = false
  static override flags = {...manyFlags, ...writeFlags}

  async run(): Promise<void> {
    const {raw, flags} = await this.parse(IpRate)
    // oclif sorts its argv by where each word stands first on the command line, be it as the value of a flag.
    const words = raw.filter(({type}) => type === 'arg').map(({input}) => input)
    const reputation = parseReputation(words.at(-1))
    const ips = await this.givenMany(words.slice(0, -1), flags, parseIpAddress, 'IP', searchIps)
    await this.carryOut(rateIps, {ips, reputation}, flags)
  }
}

function parseReputation(text: unknown) {
  const reputation = reputations.find((known) => known === text)
  if (reputation) return reputation
  throw new UsageError(text ? `“${text}” is no reputation.` : 'Which reputation?', {
    hint: `The last argument is ${reputations.join(', ')}.`,
  })
}
