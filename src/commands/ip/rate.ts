import {rateIps} from '../../changes/ip/rate.ts'
import {BulkCommand} from '../../cli/bulk-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import {writeFlags} from '../../cli/options.ts'
import {searchIps} from '../../queries/ip/search.ts'
import {UsageError} from '../../rules/errors.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'
import {reputations} from '../../rules/ip-lifecycle.ts'
import {jobViews} from '../../views/job.ts'

export default class IpRate extends BulkCommand {
  static override permission = 'ip.write' as const
  static override output = {outcome: undefined, job: jobViews.job}
  static override summary = 'Record the reputation of IPs: good, fair, poor or critical.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 203.0.113.24 poor --reason "bounces at 9 %"',
    '<%= config.bin %> <%= command.id %> good --from-file recovered.txt',
  ]
  static override usage = '<%= command.id %> IP... good|fair|poor|critical [FLAGS]'
  static override strict = false
  static override flags = {...bulkFlags, ...writeFlags}

  async run(): Promise<void> {
    const {raw, flags} = await this.parse(IpRate)
    if (flags.apply !== undefined) return this.carryOutSaved(flags, jobViews, IpRate.permission)
    // oclif sorts its argv by where each word stands first on the command line, be it as the value of a flag.
    const words = raw.filter(({type}) => type === 'arg').map(({input}) => input)
    const reputation = parseReputation(words.at(-1))
    const inputOf = (ips: string[]) => ({ips, reputation})
    const rate = {change: rateIps, verb: 'Rate', noun: 'IP' as const, parse: parseIpAddress, find: searchIps, inputOf}
    await this.carryOutMany(rate, words.slice(0, -1), flags, jobViews)
  }
}

function parseReputation(text: unknown) {
  const reputation = reputations.find((known) => known === text)
  if (reputation) return reputation
  throw new UsageError(text ? `“${text}” is no reputation.` : 'Which reputation?', {
    hint: `The last argument is ${reputations.join(', ')}.`,
    sought: {name: String(text), among: reputations},
  })
}
