import * as Flags from '@oclif/core/flags'
import type * as Interfaces from '@oclif/core/interfaces'
import {PmCommand} from '../../cli/command.ts'
import {countDown} from '../../cli/countdown.ts'
import {Deadline} from '../../cli/deadline.ts'
import {askingTheSame, dnsFlags} from '../../cli/dns-flags.ts'
import {parseDuration} from '../../cli/duration.ts'
import {EndingRows} from '../../cli/ending-rows.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {checkDomain} from '../../dns/check-domain.ts'
import {withDns} from '../../dns/chosen.ts'
import type {RecordVerdict} from '../../dns/records/verdict.ts'
import {secondsUntilRight, type WatchedState, watchedState} from '../../dns/records/watched.ts'
import {searchDomains} from '../../queries/domain/search.ts'
import {getDomainsToCheck} from '../../queries/domain/to-check.ts'
import {Conflict, TimedOut} from '../../rules/errors.ts'
import {firstFew} from '../../rules/first-few.ts'
import {arrivalLine, type StateChange, stateChangeLine, stateChangeView, waitingLine} from '../../views/state-change.ts'

const [shortestS, longestS] = [30, 300]

type WatchFlags = Interfaces.InferredFlags<typeof DomainWatch.flags>

export default class DomainWatch extends PmCommand {
  static override permission = 'domain.read' as const
  static override output = {list: stateChangeView}
  static override summary = 'Watch the records of a domain until all of them are right everywhere.'
  static override description =
    'Says a line for each record whose state changes, and by when caches have forgotten what was before. Asks again when the last old answer in a cache runs out, but not before 30 s and not after 5 min. Exits 12 where --timeout is over first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example',
    '<%= config.bin %> <%= command.id %> acme.example --timeout 2h',
    '<%= config.bin %> <%= command.id %> acme.example --every 60 -o ndjson',
  ]
  static override args = {domain: argument({description: 'The domain.'})}
  static override flags = {
    every: Flags.integer({min: 1, max: 3_600, helpValue: 'SECONDS', description: 'Ask again so often.'}),
    timeout: Flags.custom<number>({parse: async (text) => parseDuration(text)})({
      helpValue: 'DURATION',
      description: 'Give up after so long: 90s, 45m, 2h. Default: never.',
    }),
    ...dnsFlags,
    ...recordFlags,
  }

  #verdicts: readonly RecordVerdict[] = []

  async run(): Promise<void> {
    const {args, flags} = await this.parse(DomainWatch)
    const name = await this.given(args.domain, 'domain', searchDomains)
    const deadline = new Deadline(flags.timeout, () => this.late(name, flags))
    const signal = AbortSignal.any([this.interruption.signal, deadline.signal])
    try {
      await this.showChanges(this.changes(name, flags, signal))
    } finally {
      deadline.end()
    }
    const count = this.#verdicts.length
    this.say(
      count === 1
        ? `The record of ${name} is right everywhere.`
        : `All ${count} records of ${name} are right everywhere.`,
    )
  }

  // What --timeout says here is not how long the database may take.
  protected override get timeoutMs(): number {
    return 30_000
  }

  private async showChanges(changes: AsyncIterable<readonly StateChange[]>): Promise<void> {
    if (this.isForPeople) {
      for await (const batch of changes) await this.showLines(batch.map(stateChangeLine))
      return
    }
    const ending = new EndingRows()
    await this.showBatches(stateChangeView, ending.of(changes))
    ending.check()
  }

  private async *changes(name: string, flags: WatchFlags, signal: AbortSignal): AsyncGenerator<StateChange[]> {
    const states = new Map<number, WatchedState>()
    while (true) {
      this.#verdicts = await this.verdictsOf(name, flags, signal)
      if (this.#verdicts.length === 0) throw nothingToWatch(name)
      const changed = changesOf(states, this.#verdicts, this.around.now())
      if (changed.length > 0) yield changed
      if (this.notRight.length === 0) return
      await this.pause(flags, signal, changed.length > 0)
    }
  }

  // A client of its own each time: what it remembers would be what was true before.
  private async verdictsOf(name: string, flags: WatchFlags, signal: AbortSignal): Promise<readonly RecordVerdict[]> {
    const domains = await this.read((db) => getDomainsToCheck(db, [name]))
    return withDns(flags, signal, async (dns) => {
      const checks = await Promise.all(domains.map((domain) => checkDomain(dns, domain)))
      return checks.flatMap(({verdicts}) => verdicts)
    })
  }

  private async pause({every}: WatchFlags, signal: AbortSignal, hasChanged: boolean): Promise<void> {
    const seconds = every ?? pauseOf(this.#verdicts)
    const untilRight = secondsUntilRight(this.#verdicts)
    if (hasChanged && untilRight !== null) this.say(arrivalLine(this.around.now(), untilRight))
    const left = this.notRight.length
    const line = (passed: number) => waitingLine({left, untilRight, again: seconds, passed})
    await countDown(seconds, line, {terminal: this.terminal, signal})
  }

  private get notRight(): readonly RecordVerdict[] {
    return this.#verdicts.filter((verdict) => watchedState(verdict) !== 'ok')
  }

  private late(name: string, flags: WatchFlags): TimedOut {
    const subjects = this.notRight.map(({subject}) => subject)
    const what = subjects.length > 0 ? `not right everywhere: ${firstFew(subjects)}` : 'not known yet'
    return new TimedOut(`The time is over, and the records of ${name} are ${what}.`, {
      hint: `See what is wrong: ${this.here(askingTheSame(`pm domain doctor ${name}`, flags, this.around.env))}`,
    })
  }
}

function nothingToWatch(name: string): Conflict {
  return new Conflict(`Nothing is expected of ${name}, so there is nothing to watch.`, {
    hint: `Say what it shall have: pm domain records set ${name} --help`,
  })
}

function changesOf(states: Map<number, WatchedState>, verdicts: readonly RecordVerdict[], now: Date): StateChange[] {
  return verdicts.flatMap((verdict) => {
    const {position, subject, name, retry_after_s: wait} = verdict
    const [from, to] = [states.get(position) ?? null, watchedState(verdict)]
    states.set(position, to)
    // What does not work will not by waiting.
    const retry_after_s = to === 'broken' ? null : wait
    return from === to ? [] : [{at: now.toISOString(), record: subject, name, from, to, retry_after_s}]
  })
}

function pauseOf(verdicts: readonly RecordVerdict[]): number {
  const waits = verdicts.flatMap(({retry_after_s: seconds}) => seconds ?? [])
  return Math.min(longestS, Math.max(shortestS, ...waits))
}
