import * as Flags from '@oclif/core/flags'
import {quarantineIps} from '../../changes/ip/quarantine.ts'
import {planQuarantines} from '../../changes/ip/quarantine-many.ts'
import {BulkCommand, isJob} from '../../cli/bulk-command.ts'
import type {Planner} from '../../cli/each-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import {writeFlags} from '../../cli/options.ts'
import {searchIps} from '../../queries/ip/search.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'
import {jobViews} from '../../views/job.ts'
import {moveView} from '../../views/move.ts'

export default class IpQuarantine extends BulkCommand {
  static override permission = 'ip.write' as const
  static override output = {outcome: moveView, job: jobViews.job}
  static override summary = 'Take IPs out of sending and move their domains to healthy ones.'
  static override description =
    'Each domain goes to a warmed IP before a warming one, a good one before a fair one, in the same region and to the least loaded first. Those named here go in one change, all or none; those of a list as a job, each with all of its domains or not at all, the first of it first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 203.0.113.24 --reason "listed on Spamhaus SBL"',
    '<%= config.bin %> <%= command.id %> 203.0.113.24 --dry-run',
    '<%= config.bin %> <%= command.id %> --from-file burning.txt --to 192.0.2.10 --yes',
  ]
  static override usage = '<%= command.id %> IP... [FLAGS]'
  static override strict = false
  static override flags = {
    to: Flags.string({helpValue: 'IP', description: 'The IP that takes all domains over.'}),
    'max-per-ip': Flags.integer({
      min: 1,
      default: 25,
      helpValue: 'N',
      description: 'No IP takes over more domains than make this many on it.',
    }),
    'no-reassign': Flags.boolean({
      description: 'Leave the domains without an IP: they stop sending.',
      exclusive: ['to'],
    }),
    ...bulkFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(IpQuarantine)
    if (flags.apply !== undefined) return this.carryOutSaved(flags, jobViews, IpQuarantine.permission)
    const to = flags.to === undefined ? undefined : parseIpAddress(flags.to)
    const choice = {to, maxPerIp: flags['max-per-ip'], reassign: !flags['no-reassign']}
    const given = () => this.givenMany(argv, flags, {noun: 'IP' as const, parse: parseIpAddress, find: searchIps})
    if (!isJob(argv, flags)) return this.carryOut(quarantineIps, {ips: await given(), ...choice}, flags, moveView)
    const prepare = async (): Promise<Planner> => {
      const input = {ips: await given(), lineOf: this.lineInList, ...choice}
      return (db) => planQuarantines(db, input)
    }
    const {permission, grade} = quarantineIps
    await this.carryOutEach({permission, grade, prepare}, flags, jobViews)
  }
}
