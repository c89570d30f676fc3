import {setTimeout as wait} from 'node:timers/promises'
import * as Flags from '@oclif/core/flags'
import type * as Interfaces from '@oclif/core/interfaces'
import {setCheckExit} from '../../cli/check-exit.ts'
import {PmCommand} from '../../cli/command.ts'
import {askingTheSame, dnsFlags, dnsWords, dqsKeyOf, fullFlags} from '../../cli/dns-flags.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {hasScreen} from '../../cli/screen/has-screen.ts'
import {fullCheck} from '../../dns/check/full.ts'
import {findingKinds} from '../../dns/check/kinds.ts'
import {checkDomain} from '../../dns/check-domain.ts'
import {withDns} from '../../dns/chosen.ts'
import type {Dns} from '../../dns/dns.ts'
import {searchDomains} from '../../queries/domain/search.ts'
import {type DomainToCheck, getDomainsToCheck} from '../../queries/domain/to-check.ts'
import {doctorSections} from '../../views/doctor-sections.ts'
import {type CheckedDomain, checkedDomain, checkedDomainView} from '../../views/domain-check.ts'

type DoctorFlags = Interfaces.InferredFlags<typeof DomainDoctor.flags>
type Patient = Pick<DomainToCheck, 'domain' | 'tenant' | 'senders'> & {document: unknown; id?: string}

const stranger = {tenant: null, document: undefined, senders: []}

export default class DomainDoctor extends PmCommand {
  static override permission = 'domain.read' as const
  static override output = {record: checkedDomainView}
  static override summary = 'Find out why a domain does not verify: causes first, each with the exact fix.'
  static override description =
    'On a terminal it is a screen to look around in: ask for one record again, watch it, trace the delegation, evaluate an IP, copy the fix, save the outcome; ? tells the keys. Elsewhere, and with PM_ACCESSIBLE=1, it is text, or data with -o. Nothing is stored unless you say so. Exits 9 where something must be mended, 10 where it could not be found out.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example',
    '<%= config.bin %> <%= command.id %> acme.example -o json --fields findings',
    '<%= config.bin %> <%= command.id %> customer.example --unknown --server 192.0.2.53',
  ]
  static override args = {domain: argument({description: 'The domain.'})}
  static override flags = {
    unknown: Flags.boolean({description: 'Look at a domain that pm does not know.'}),
    every: Flags.integer({
      min: 1,
      max: 3_600,
      default: 10,
      helpValue: 'SECONDS',
      description: 'How often the screen asks for what it watches.',
    }),
    ...dnsFlags,
    ...fullFlags,
    ...recordFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(DomainDoctor)
    const name = await this.given(args.domain, 'domain', searchDomains)
    const [known] = flags.unknown ? [] : await this.read((db) => getDomainsToCheck(db, [name]))
    const patient = known ?? {...stranger, domain: name}
    const checked = hasScreen(this.around, flags) ? await this.consult(patient, flags) : await this.tell(patient, flags)
    setCheckExit(checked?.outcome)
  }

  // It goes into a pager or a ticket as it is.
  protected override get isProse(): boolean {
    return true
  }

  private async tell(patient: Patient, flags: DoctorFlags): Promise<CheckedDomain> {
    const checked = await this.check(patient, flags, this.interruption.signal)
    await this.show(checked, checkedDomainView, doctorSections(checked, findingKinds))
    return checked
  }

  private async consult(patient: Patient, flags: DoctorFlags): Promise<CheckedDomain | null> {
    const {openDoctor} = await import('../../screens/doctor.ts')
    const left = new AbortController()
    const signal = AbortSignal.any([this.interruption.signal, left.signal])
    const {checked, copied} = await openDoctor({
      domain: patient,
      check: () => this.check(patient, flags, signal),
      ask: (work) => withDns(flags, signal, work),
      run: patient.id === undefined ? undefined : (words) => this.runLine([...words, ...dnsWords(flags)]),
      style: this.screenStyle,
      here: this.here,
      wait: (seconds) => wait(seconds * 1_000, undefined, {signal}),
      every: flags.every,
    }).finally(() => left.abort())
    // The screen is gone; what was copied stays to be read.
    for (const {zone_line: line} of copied) this.say(line)
    if (checked) this.say(`${checked.domain} is ${checked.outcome}. The same as text: ${this.commandLine} -o table`)
    return checked
  }

  private check({tenant, ...domain}: Patient, flags: DoctorFlags, signal: AbortSignal): Promise<CheckedDomain> {
    const look = async (dns: Dns) => {
      const more = flags.full ? fullCheck(dns, dqsKeyOf(this.around.env)) : {}
      return checkedDomain(tenant, await checkDomain(dns, domain, more), null, (command) =>
        this.here(askingTheSame(command, flags, this.around.env)),
      )
    }
    return withDns(flags, signal, look)
  }
}
