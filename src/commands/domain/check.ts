import * as Flags from '@oclif/core/flags'
import type * as Interfaces from '@oclif/core/interfaces'
import {storeCheck} from '../../changes/domain/store-check.ts'
import {isJob} from '../../cli/bulk-command.ts'
import {CheckingCommand} from '../../cli/checking-command.ts'
import {askingTheSame, dnsFlags, dqsKeyOf, fullFlags} from '../../cli/dns-flags.ts'
import {requireFiles} from '../../cli/job-files.ts'
import {storingFlags} from '../../cli/job-flags.ts'
import type {Nameable} from '../../cli/naming-command.ts'
import {manyFlags, recordFlags, selectFlags} from '../../cli/options.ts'
import type {Stored} from '../../cli/storing-job.ts'
import type {DomainCheck as FoundOut} from '../../dns/check/domain-check.ts'
import {fullCheck} from '../../dns/check/full.ts'
import {checkDomain} from '../../dns/check-domain.ts'
import {withDns} from '../../dns/chosen.ts'
import type {Dns} from '../../dns/dns.ts'
import {inFlight} from '../../dns/in-flight.ts'
import {eachChosen, eachWithId} from '../../queries/domain/each-to-check.ts'
import {searchDomains} from '../../queries/domain/search.ts'
import {countToCheck, type DomainToCheck, getIdsToCheck} from '../../queries/domain/to-check.ts'
import {findTenantId} from '../../queries/tenant/find.ts'
import {outcomeOf} from '../../rules/check-outcome.ts'
import {dnsStatuses} from '../../rules/dns-record.ts'
import {UsageError} from '../../rules/errors.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {type CheckedDomain, checkedDomain, checkedDomainView} from '../../views/domain-check.ts'
import {jobViews} from '../../views/job.ts'

const atOnce = 256
const named: Nameable = {noun: 'domain', parse: parseGivenName, find: searchDomains}

type CheckFlags = Interfaces.InferredFlags<typeof DomainCheck.flags>

/** Which domains to check, and how many. */
interface Chosen {
  /** Those behind the one with an id, or all. */
  from(id?: string): AsyncIterable<DomainToCheck>
  count(): Promise<number>
}

/** A domain, and what its check came to. */
interface Found {
  domain: DomainToCheck
  check: FoundOut
}

export default class DomainCheck extends CheckingCommand {
  static override permission = 'domain.read' as const
  static override output = {list: checkedDomainView}
  static override summary = 'Check what domains have in DNS against what is stored.'
  static override description =
    'Each record is asked for at the domain’s own name servers first, then at the resolvers; a silent one is given up after 4.5 s. --write stores the outcome, of a list or a selection as a job; a time-out is never stored as a failure. Exits 9 where something is wrong, 10 where something could not be asked.'
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
    ...storingFlags,
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(DomainCheck)
    const given = argv.map(String)
    if (flags.write) this.requireReason(flags)
    requireFiles(flags)
    const {from, count} = await this.chosen(given, flags)
    const all = await count()
    this.expects(all)
    await withDns(flags, this.interruption.forced, (dns) => this.checkAll(dns, {from, all}, flags, isJob(given, flags)))
  }

  private async checkAll(
    dns: Dns,
    {from, all}: {from: Chosen['from']; all: number},
    flags: CheckFlags,
    isList: boolean,
  ): Promise<void> {
    const more = flags.full ? fullCheck(dns, dqsKeyOf(this.around.env)) : {}
    const check = async (domain: DomainToCheck) => [{domain, check: await checkDomain(dns, domain, more)}]
    const store = await this.storing(
      {
        change: storeCheck,
        noun: 'domain',
        verb: 'Store what was found of',
        nameOf,
        inputOf: ({domain, check: {verdicts}}: Found) => ({...domain, verdicts}),
        all: isFilter(flags) || isList ? all : undefined,
        headline: 'Store domain checks.',
        onWait: this.onWait,
      },
      flags,
    )
    const toCheck = this.untilInterruption(from())
    const rows = this.rows(store(inFlight(toCheck, Math.min(atOnce, flags.rate ?? atOnce), check)), flags)
    await this.showChecked(checkedDomainView, rows, flags, jobViews, from)
  }

  private async *rows(
    stored: AsyncIterable<readonly Stored<Found>[]>,
    flags: CheckFlags,
  ): AsyncGenerator<CheckedDomain[]> {
    const next = (command: string) => this.here(askingTheSame(command, flags, this.around.env))
    for await (const some of stored) {
      yield some.map(({found, ...fate}) => {
        const {domain, check} = found
        this.note(domain, outcomeOf(check.findings), fate)
        return checkedDomain(domain.tenant, check, fate.change, next)
      })
    }
  }

  private async chosen(given: readonly string[], flags: CheckFlags): Promise<Chosen> {
    const isNamed = given.length > 0 || flags['from-file'] !== undefined || flags.where !== undefined
    if (!isFilter(flags)) return this.chosenByName(given, flags)
    if (isNamed) throw new UsageError('Name domains, or choose them with --tenant, --status or --all: not both.')
    const {tenant, status} = flags
    const tenantId = await this.read((db) => findTenantId(db, tenant))
    const filter = {tenantId, status, after: await this.idOf(flags.after)}
    return {
      from: (after = filter.after) => eachChosen((work) => this.read(work), {...filter, after}),
      count: () => this.read((db) => countToCheck(db, filter)),
    }
  }

  private async chosenByName(given: readonly string[], flags: CheckFlags): Promise<Chosen> {
    const names = await this.givenMany(given, flags, named)
    const found = await this.findKnown(names, (known) => this.read((db) => getIdsToCheck(db, known)))
    const ids = behind(found, await this.idOf(flags.after))
    const from = (after?: string) => eachWithId((work) => this.read(work), ids.slice(ids.indexOf(after ?? '') + 1))
    return {from, count: async () => ids.length}
  }

  private async idOf(domain: string | undefined): Promise<string | undefined> {
    if (domain === undefined) return undefined
    const [id] = await this.read((db) => getIdsToCheck(db, [parseGivenName(domain)]))
    return id
  }
}

function isFilter({tenant, status, all}: CheckFlags): boolean {
  return tenant !== undefined || status !== undefined || all
}

function nameOf({domain}: Found): string {
  return domain.domain
}

/** @throws UsageError where none of them is this one */
function behind(ids: readonly string[], after: string | undefined): readonly string[] {
  if (after === undefined) return ids
  const at = ids.indexOf(after)
  if (at < 0)
    throw new UsageError('What --after names is not in the list.', {hint: 'Name one that is, or leave it out.'})
  return ids.slice(at + 1)
}
