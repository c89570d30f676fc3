import {setTimeout as wait} from 'node:timers/promises'
import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {dnsFlags} from '../../cli/dns-flags.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {checkDomain} from '../../dns/check-domain.ts'
import {openChosen} from '../../dns/chosen.ts'
import type {RecordVerdict} from '../../dns/records/verdict.ts'
import {searchDomains} from '../../queries/domain/search.ts'
import {getDomainsToCheck} from '../../queries/domain/to-check.ts'
import {Interrupted} from '../../rules/errors.ts'
import {type StateChange, stateChangeView} from '../../views/state-change.ts'

const [shortestS, longestS] = [30, 300]

export default class DomainWatch extends PmCommand {
  static override permission = 'domain.read' as const
  static override output = {list: stateChangeView}
  static override summary = 'Watch the records of a domain until all of them are right everywhere.'
  static override description =
    'Says a line for each record whose state changes. Asks again when the oldest answer in a cache runs out, but not before 30 s and not after 5 min.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example',
    '<%= config.bin %> <%= command.id %> acme.example --every 60 -o ndjson',
  ]
  static override args = {domain: argument({description: 'The domain.'})}
  static override flags = {
    every: Flags.integer({min: 1, max: 3_600, helpValue: 'SECONDS', description: 'Ask again so often.'}),
    ...dnsFlags,
    ...recordFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(DomainWatch)
    const name = await this.given(args.domain, 'domain', searchDomains)
    const {signal} = this.interruption
    const states = new Map<number, RecordVerdict['state']>()
    while (true) {
      const verdicts = await this.verdictsOf(name, flags)
      const changes = changed(states, verdicts, this.around.now())
      if (changes.length > 0) await this.showRows(stateChangeView, changes)
      if (verdicts.every(({state}) => state === 'ok')) return this.say(`All records of ${name} are as they should be.`)
      const seconds = flags.every ?? pauseOf(verdicts)
      this.terminal.status(`${verdicts.filter(({state}) => state !== 'ok').length} to go; asking again in ${seconds} s`)
      await wait(seconds * 1_000, undefined, {signal}).catch(() => {})
      this.terminal.status(null)
      if (signal.aborted) throw new Interrupted('Stopped watching.')
    }
  }

  // A client of its own each time: what it remembers would be what was true before.
  private async verdictsOf(name: string, flags: Parameters<typeof openChosen>[0]): Promise<readonly RecordVerdict[]> {
    const domains = await this.read((db) => getDomainsToCheck(db, [name]))
    const dns = openChosen(flags, this.interruption.signal)
    try {
      const checks = await Promise.all(domains.map((domain) => checkDomain(dns, domain)))
      return checks.flatMap(({verdicts}) => verdicts)
    } finally {
      dns.client.close()
    }
  }
}

function changed(
  states: Map<number, RecordVerdict['state']>,
  verdicts: readonly RecordVerdict[],
  now: Date,
): StateChange[] {
  return verdicts.flatMap(({position, subject, name, state, retry_after_s}) => {
    const from = states.get(position) ?? null
    states.set(position, state)
    return from === state ? [] : [{at: now.toISOString(), record: subject, name, from, to: state, retry_after_s}]
  })
}

function pauseOf(verdicts: readonly RecordVerdict[]): number {
  const waits = verdicts.flatMap(({retry_after_s: seconds}) => seconds ?? [])
  return Math.min(longestS, Math.max(shortestS, ...waits))
}
