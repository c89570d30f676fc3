import * as Flags from '@oclif/core/flags'
import type * as Interfaces from '@oclif/core/interfaces'
import {quarantineIps} from '../../changes/ip/quarantine.ts'
import {storeIpCheck} from '../../changes/ip/store-check.ts'
import {CheckTally} from '../../cli/check-tally.ts'
import {dnsFlags, dqsKeyOf} from '../../cli/dns-flags.ts'
import {manyFlags, recordFlags, selectFlags, storeFlags} from '../../cli/options.ts'
import {ProgressBar} from '../../cli/progress-bar.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {writeToTheEnd} from '../../cli/write-to-the-end.ts'
import type {Lookup} from '../../dns/answer.ts'
import {blocklistCheck} from '../../dns/blocklist/check.ts'
import {type BlocklistStatus, blocklistStatus} from '../../dns/blocklist/status.ts'
import {withDns} from '../../dns/chosen.ts'
import {provenLookup} from '../../dns/delegation/proven-lookup.ts'
import type {Dns} from '../../dns/dns.ts'
import {inFlight} from '../../dns/in-flight.ts'
import {checkReverse} from '../../dns/reverse/check.ts'
import {type KnownIp, listHelos} from '../../queries/ip/helo.ts'
import {searchIps} from '../../queries/ip/search.ts'
import {Conflict, Interrupted, RuleBroken, UsageError} from '../../rules/errors.ts'
import {firstFew} from '../../rules/first-few.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'
import {mayBeQuarantined} from '../../rules/ip-lifecycle.ts'
import {type CheckedIp, checkedIp, checkedIpView} from '../../views/ip-check.ts'
import {moveView} from '../../views/move.ts'

const atOnce = 16
// As pm ip quarantine does it where nothing else is said.
const usualPlacement = {to: undefined, maxPerIp: 25, reassign: true}
const ips = {noun: 'IP' as const, parse: parseIpAddress, find: searchIps}

type CheckFlags = Interfaces.InferredFlags<typeof IpCheck.flags>
type Asking = {lookup: Lookup; askLists: ReturnType<typeof blocklistCheck>}

export default class IpCheck extends WriteCommand {
  static override permission = 'ip.read' as const
  static override output = {list: checkedIpView}
  static override summary = 'Ask blocklists about IPs, and look whether their names lead back to them.'
  static override description =
    'A list that refuses, fails its test or keeps silent could not say: that is neither listed nor clean. Spamhaus refuses most public resolvers; with a key of its Data Query Service in PM_DQS_KEY it answers. Any address can be asked about; with --write the outcome is stored of those in the pool, and on a terminal those that are listed can be quarantined at once. Exits 9 where something is wrong, 10 where it could not be found out.'
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
    ...selectFlags,
    ...recordFlags,
    ...storeFlags,
  }

  readonly #tally = new CheckTally()
  readonly #listed: KnownIp[] = []
  #progress: ProgressBar | undefined
  #isStoring = false

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(IpCheck)
    const isNamed = argv.length > 0 || flags['from-file'] !== undefined || flags.where !== undefined
    if (flags.all && isNamed) throw new UsageError('Name IPs, or choose them all with --all: not both.')
    const toCheck = flags.all
      ? await this.read((db) => listHelos(db, undefined))
      : await this.findKnown(await this.givenMany(argv, flags, ips), (known) => this.read((db) => listHelos(db, known)))
    if (flags.write) await this.announceWrite(storeIpCheck)
    if (toCheck.length === 0) this.say('No IPs found.')
    this.sayNotPooled(toCheck, flags)
    this.#isStoring = flags.write && !flags['dry-run']
    if (this.hasRoomForProgress) this.#progress = new ProgressBar(this.terminal, toCheck.length)
    await withDns(flags, this.interruption.signal, (dns) => this.checkAll(dns, toCheck, flags)).finally(() =>
      this.#progress?.end(),
    )
    process.exitCode = this.#tally.exitCode
    await this.offerQuarantine(flags)
  }

  protected override get onlyLooks(): boolean {
    return !this.flags.write
  }

  // Each is stored before it is shown, and nothing could go on with the others later.
  protected override async writeAll(texts: AsyncIterable<string>): Promise<void> {
    return this.#isStoring ? writeToTheEnd(this.terminal, texts) : super.writeAll(texts)
  }

  private async checkAll(dns: Dns, toCheck: readonly KnownIp[], flags: CheckFlags): Promise<void> {
    const asking = {
      lookup: provenLookup(dns),
      askLists: blocklistCheck(dns.lookup, {dqsKey: dqsKeyOf(this.around.env)}),
    }
    const checked = inFlight(toCheck, atOnce, (ip) => this.check(asking, ip, flags))
    await this.showAsTheyCome(checkedIpView, checked)
  }

  private async check({lookup, askLists}: Asking, toCheck: KnownIp, flags: CheckFlags): Promise<CheckedIp[]> {
    const {ip, helo, isPooled} = toCheck
    const [lists, reverse] = await Promise.all([askLists(ip), checkReverse(lookup, {ip, helo})])
    const findings = [...lists.findings, ...reverse.findings]
    const status = blocklistStatus(lists.facts.results, this.around.now().toISOString())
    const change = flags.write && isPooled ? await this.store({ip, status}, flags) : null
    const checked = checkedIp(toCheck, status, reverse.facts, findings, change)
    this.#tally.add(checked.outcome, change)
    this.#progress?.advance({failed: checked.outcome === 'failing'})
    if (status.listed.length > 0) this.#listed.push(toCheck)
    return [checked]
  }

  // One that changed meanwhile, or breaks a rule of the platform, is no reason to stop.
  private async store(check: {ip: string; status: BlocklistStatus}, flags: CheckFlags): Promise<number | null> {
    try {
      return await this.makeQuietly(storeIpCheck, check, flags)
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      this.#tally.miss()
      this.say(`! ${check.ip}: ${error instanceof RuleBroken ? error.said : error.message}`)
      return null
    }
  }

  private sayNotPooled(toCheck: readonly KnownIp[], {write}: CheckFlags): void {
    const others = toCheck.filter(({isPooled}) => !isPooled).map(({ip}) => ip)
    if (others.length === 0) return
    const kept = write ? ` What is found of ${others.length === 1 ? 'it' : 'them'} is not stored.` : ''
    this.say(`! Not in the pool: ${firstFew(others)}.${kept}`)
  }

  // The ordinary way, with its plan and its consent; where nobody is there to ask, the command for it.
  private async offerQuarantine(flags: CheckFlags): Promise<void> {
    const sending = this.#listed.filter(({status, isPooled}) => isPooled && mayBeQuarantined(status)).map(({ip}) => ip)
    if (sending.length === 0) return
    const which = sending.length === 1 ? `${sending[0]}, which is listed` : `the ${sending.length} IPs that are listed`
    const isAsked = flags.write && this.isForPeople && (await this.wants(`Quarantine ${which}?`, flags))
    if (isAsked) return this.quarantine(sending, flags)
    this.say(`\nTo quarantine what is listed: ${this.here(`pm ip quarantine ${sending.join(' ')}`)}`)
  }

  // The check stands, and is stored, whatever becomes of its offer.
  private async quarantine(listed: readonly string[], flags: CheckFlags): Promise<void> {
    try {
      await this.carryOut(quarantineIps, {...usualPlacement, ips: listed}, flags, moveView)
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error
      this.say('Nothing was quarantined.')
    }
  }
}
