import * as Flags from '@oclif/core/flags'
import type * as Interfaces from '@oclif/core/interfaces'
import {storeCheck} from '../../changes/domain/store-check.ts'
import {BrokenOff, happened} from '../../cli/broken-off.ts'
import {CheckTally} from '../../cli/check-tally.ts'
import {askingTheSame, dnsFlags, fullFlags} from '../../cli/dns-flags.ts'
import {InOrder} from '../../cli/in-order.ts'
import {manyFlags, recordFlags, selectFlags, storeFlags} from '../../cli/options.ts'
import {ProgressBar} from '../../cli/progress-bar.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {fullCheck} from '../../dns/check/full.ts'
import type {More} from '../../dns/check/subject.ts'
import {checkDomain} from '../../dns/check-domain.ts'
import {openChosen} from '../../dns/chosen.ts'
import type {Dns} from '../../dns/dns.ts'
import {inFlight} from '../../dns/in-flight.ts'
import {searchDomains} from '../../queries/domain/search.ts'
import {
  countToCheck,
  type DomainToCheck,
  getDomainsToCheck,
  pageToCheck,
  type ToCheckFilter,
} from '../../queries/domain/to-check.ts'
import {findTenantId} from '../../queries/tenant/find.ts'
import {outcomeOf} from '../../rules/check-outcome.ts'
import {dnsStatuses} from '../../rules/dns-record.ts'
import {Conflict, Interrupted, PmError, UsageError} from '../../rules/errors.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {type CheckedDomain, checkedDomain, checkedDomainView} from '../../views/domain-check.ts'

const atOnce = 256
const domains = {noun: 'domain', parse: parseGivenName, find: searchDomains, columns: ['domain', 'name']}

type CheckFlags = Interfaces.InferredFlags<typeof DomainCheck.flags>

export default class DomainCheck extends WriteCommand {
  static override permission = 'domain.read' as const
  static override output = {list: checkedDomainView}
  static override summary = 'Check what domains have in DNS against what is stored.'
  static override description =
    'Each record is asked for at the domain’s own name servers first, then at the resolvers; one that stays silent is given up after 4.5 s. With --write the outcome is stored; a time-out is never stored as a failure. Exits 9 where something is wrong, 10 where something could not be asked.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example',
    '<%= config.bin %> <%= command.id %> --tenant acme --write --reason "asked why it won’t verify"',
    '<%= config.bin %> <%= command.id %> --status failed -o ndjson --fields domain,outcome,first',
  ]
  static override usage = '<%= command.id %> DOMAIN... [FLAGS]'
  static override strict = false
  static override flags = {
    tenant: Flags.string({
      helpValue: 'TENANT',
      description: 'All domains of this tenant: name, id, domain or Stripe id.',
    }),
    status: Flags.option({
      options: dnsStatuses,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'STATUS',
    })({description: `All domains in this state: ${dnsStatuses.join(', ')}.`}),
    all: Flags.boolean({description: 'All domains there are.'}),
    after: Flags.string({
      helpValue: 'DOMAIN',
      description: 'Only those behind this one, in their order.',
    }),
    ...dnsFlags,
    ...fullFlags,
    ...manyFlags,
    ...selectFlags,
    ...recordFlags,
    ...storeFlags,
  }

  readonly #order = new InOrder<string>()
  readonly #tally = new CheckTally()
  #progress: ProgressBar | undefined
  #isCutShort = false

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(DomainCheck)
    const toCheck = await this.toCheck(argv.map(String), flags)
    const dns = openChosen(flags, this.interruption.forced)
    if (flags.write) this.finishesOnInterrupt()
    const more = flags.full ? fullCheck(dns, this.around.env.PM_DQS_KEY || null) : {}
    try {
      await this.showAsTheyCome(
        checkedDomainView,
        inFlight(this.untilInterruption(toCheck), atOnce, (domain) => this.check({dns, more}, domain, flags)),
      )
    } catch (error) {
      if (error instanceof Interrupted) throw this.interrupted(flags)
      throw error instanceof PmError && this.#tally.hasStored ? this.brokenOff(error) : error
    } finally {
      this.#progress?.end()
      dns.client.close()
    }
    if (this.#isCutShort) throw this.interrupted(flags)
    this.end()
  }

  // What is stored is stored of all that were begun, so that what is left can be said.
  private finishesOnInterrupt(): void {
    this.interruption.letsFinish({
      once: () => this.say('Finishing what is under way. Ctrl-C again cancels it.'),
      atOnce: () => this.say(this.goOn),
    })
  }

  private async *untilInterruption(
    domains: AsyncIterable<DomainToCheck> | Iterable<DomainToCheck>,
  ): AsyncGenerator<DomainToCheck> {
    for await (const domain of domains) {
      this.#isCutShort = this.interruption.signal.aborted
      if (this.#isCutShort) return
      this.#order.begin(domain.domain)
      yield domain
    }
  }

  private async toCheck(given: readonly string[], flags: CheckFlags) {
    const {tenant, status, all} = flags
    const isFilter = tenant !== undefined || status !== undefined || all
    const isNamed = given.length > 0 || flags['from-file'] !== undefined || flags.where !== undefined
    if (isFilter && isNamed)
      throw new UsageError('Name domains, or choose them with --tenant, --status or --all: not both.')
    if (isFilter) {
      const tenantId = await this.read((db) => findTenantId(db, tenant))
      const filter = {tenantId, status, after: await this.idOf(flags.after)}
      await this.expect(() => this.read((db) => countToCheck(db, filter)))
      return this.pages(filter)
    }
    const names = await this.givenMany(given, flags, domains)
    const named = await this.findKnown(names, (known) => this.read((db) => getDomainsToCheck(db, known)))
    const found = behind(named, await this.idOf(flags.after))
    await this.expect(async () => found.length)
    return found
  }

  private async expect(count: () => Promise<number>): Promise<void> {
    if (this.hasRoomForProgress) this.#progress = new ProgressBar(this.terminal, await count())
  }

  // In pages of their own, so that no transaction is open while DNS is slow.
  private async *pages(filter: ToCheckFilter): AsyncGenerator<DomainToCheck> {
    let {after} = filter
    while (true) {
      const page = await this.read((db) => pageToCheck(db, {...filter, after}))
      yield* page
      if (page.length === 0) return
      after = page.at(-1)?.id
    }
  }

  private async idOf(domain: string | undefined): Promise<string | undefined> {
    if (domain === undefined) return undefined
    const [found] = await this.read((db) => getDomainsToCheck(db, [parseGivenName(domain)]))
    return found?.id
  }

  private async check(
    {dns, more}: {dns: Dns; more: More},
    {id, tenant, ...domain}: DomainToCheck,
    flags: CheckFlags,
  ): Promise<CheckedDomain[]> {
    const check = await checkDomain(dns, domain, more)
    const input = {id, ...domain, verdicts: check.verdicts}
    const change = flags.write ? await this.store(input, flags) : null
    const outcome = outcomeOf(check.findings)
    this.#tally.add(outcome, change)
    this.#order.end(domain.domain)
    this.#progress?.advance({failed: outcome === 'failing'})
    return [
      checkedDomain(tenant, check, change, (command) => this.here(askingTheSame(command, flags, this.around.env))),
    ]
  }

  // Another operator who changed the records meanwhile is no reason to stop.
  private async store(input: Parameters<typeof storeCheck.plan>[1], flags: CheckFlags): Promise<number | null> {
    try {
      return await this.makeQuietly(storeCheck, input, flags)
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      this.#tally.miss()
      this.say(`! ${error.message}`)
      return null
    }
  }

  private interrupted({write}: CheckFlags): Interrupted {
    const checked = `Interrupted: ${this.#tally.checkedText}`
    if (!write) return new Interrupted(checked)
    return new Interrupted(`${checked} ${this.#tally.storedText}`, {hint: this.goOn})
  }

  // Each is stored by itself: what broke off leaves those before it.
  private brokenOff(cause: PmError): PmError {
    const hint = [cause.hint, this.goOn].filter((part) => part).join(' ')
    return new BrokenOff(cause, `${happened(cause)} ${this.#tally.storedText}`, {hint})
  }

  /** How to check what is left. Where what was under way could not finish, some of it was stored, and is not told apart. */
  private get goOn(): string {
    const {last, doneBehind} = this.#order
    const words = this.argv.filter((word, at) => !/^--after(=|$)/.test(word) && this.argv[at - 1] !== '--after')
    const command = this.lineOf(last === undefined ? words : ['--after', last, ...words])
    const again = doneBehind === 0 ? '' : ` (${doneBehind.toLocaleString('en')} behind it are checked again)`
    return `Go on${this.withListAgain}: ${command}${again}`
  }

  // Names that were left out have set a code already, which counts where nothing else does.
  private end(): void {
    if (this.#tally.isEmpty) this.say('No domains found.')
    process.exitCode = this.#tally.exitCode || process.exitCode
  }
}

/** @throws UsageError where none of them has this id */
function behind(domains: readonly DomainToCheck[], after: string | undefined): readonly DomainToCheck[] {
  if (after === undefined) return domains
  const at = domains.findIndex(({id}) => id === after)
  if (at < 0)
    throw new UsageError('What --after names is not in the list.', {hint: 'Name one that is, or leave it out.'})
  return domains.slice(at + 1)
}
