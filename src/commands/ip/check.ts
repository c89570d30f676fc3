import * as Flags from '@oclif/core/flags'
import type * as Interfaces from '@oclif/core/interfaces'
import {storeIpCheck} from '../../changes/ip/store-check.ts'
import {dnsFlags} from '../../cli/dns-flags.ts'
import {manyFlags, recordFlags, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import type {Lookup} from '../../dns/answer.ts'
import {blocklistCheck} from '../../dns/blocklist/check.ts'
import {blocklistStatus} from '../../dns/blocklist/status.ts'
import {openChosen} from '../../dns/chosen.ts'
import {inFlight} from '../../dns/in-flight.ts'
import {checkReverse} from '../../dns/reverse/check.ts'
import {listHelos} from '../../queries/ip/helo.ts'
import {searchIps} from '../../queries/ip/search.ts'
import {type CheckOutcome, outcomeOf} from '../../rules/check-outcome.ts'
import {exitCodes} from '../../rules/exit-codes.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'
import {type CheckedIp, checkedIpView} from '../../views/ip-check.ts'

const atOnce = 16
const ips = {noun: 'IP', parse: parseIpAddress, find: searchIps}

type CheckFlags = Interfaces.InferredFlags<typeof IpCheck.flags>
type Asking = {lookup: Lookup; askLists: ReturnType<typeof blocklistCheck>}

export default class IpCheck extends WriteCommand {
  static override permission = 'ip.read' as const
  static override output = {list: checkedIpView}
  static override summary = 'Ask blocklists about IPs, and look whether their names lead back to them.'
  static override description =
    'A list that refuses, fails its test or keeps silent could not say: that is neither listed nor clean. Spamhaus refuses most public resolvers; with a key of its Data Query Service in PM_DQS_KEY it answers. With --write the outcome is stored. Exits 9 where something is wrong, 10 where it could not be found out.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 203.0.113.24',
    '<%= config.bin %> <%= command.id %> --all --write --reason "daily look"',
    '<%= config.bin %> <%= command.id %> --from-file ips.txt -o ndjson --fields ip,listed',
  ]
  static override usage = '<%= command.id %> IP... [FLAGS]'
  static override strict = false
  static override flags = {
    all: Flags.boolean({description: 'All IPs of the pool but those that are burned.'}),
    ...dnsFlags,
    ...manyFlags,
    ...recordFlags,
    ...writeFlags,
  }

  readonly #outcomes = new Set<CheckOutcome>()
  readonly #listed: string[] = []

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(IpCheck)
    const named = flags.all ? undefined : await this.givenMany(argv, flags, ips)
    const toCheck = await this.read((db) => listHelos(db, named))
    const dns = openChosen(flags, this.interruption.signal)
    const asking = {
      lookup: dns.lookup,
      askLists: blocklistCheck(dns.lookup, {dqsKey: this.around.env.PM_DQS_KEY || null}),
    }
    try {
      await this.showBatches(
        checkedIpView,
        inFlight(toCheck, atOnce, (ip) => this.check(asking, ip, flags)),
      )
    } finally {
      dns.client.close()
    }
    this.end()
  }

  private async check(
    {lookup, askLists}: Asking,
    {ip, helo}: {ip: string; helo: string | null},
    flags: CheckFlags,
  ): Promise<CheckedIp[]> {
    const [lists, reverse] = await Promise.all([askLists(ip), checkReverse(lookup, {ip, helo})])
    const findings = [...lists.findings, ...reverse.findings]
    const status = blocklistStatus(lists.facts.results, this.around.now().toISOString())
    const change = flags.write ? await this.makeQuietly(storeIpCheck, {ip, status}, flags) : null
    const outcome = outcomeOf(findings)
    this.#outcomes.add(outcome)
    if (status.listed.length > 0) this.#listed.push(ip)
    const unknown = Object.entries(status.lists).flatMap(([zone, list]) => (list.status === 'unknown' ? zone : []))
    const {names, confirmed} = reverse.facts
    const ptr = names?.map(({name}) => name) ?? null
    const first = findings.find(({level}) => level === 'error')?.message ?? null
    return [{ip, outcome, listed: status.listed, unknown, ptr, confirmed, first, findings, change}]
  }

  private end(): void {
    if (this.#listed.length > 0)
      this.say(
        `\nListed: ${this.#listed.length}. To take them out of sending: pm ip quarantine ${this.#listed.join(' ')}`,
      )
    if (this.#outcomes.has('failing')) process.exitCode = exitCodes.checkFailed.code
    else if (this.#outcomes.has('unknown')) process.exitCode = exitCodes.upstreamFailed.code
  }
}
