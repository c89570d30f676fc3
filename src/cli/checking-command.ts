import type {View} from '../output/view.ts'
import type {CheckOutcome} from '../rules/check-outcome.ts'
import {Interrupted, PartlyDone, PmError} from '../rules/errors.ts'
import {BrokenOff, happened} from './broken-off.ts'
import {CheckTally} from './check-tally.ts'
import {EndingRows} from './ending-rows.ts'
import {InOrder} from './in-order.ts'
import type {JobViews} from './job-command.ts'
import {ProgressBar} from './progress-bar.ts'
import type {MissedResult} from './rejected.ts'
import {StoringCommand} from './storing-command.ts'
import type {Stored} from './storing-job.ts'
import {PipeClosed} from './terminal.ts'
import {withoutFlags} from './without-flags.ts'

interface CheckFlags {
  write: boolean
  'dry-run': boolean
  rejects: string | undefined
}

/** What is checked: it may be called otherwise meanwhile. */
interface Checked {
  id: string
  domain: string
}

/** What is to be checked behind the one with an id, or all of it. */
type Behind = (id: string | undefined) => AsyncIterable<Checked>

/** A command that checks many things, shows what it finds as it comes, and says how to go on where it is cut short. */
export abstract class CheckingCommand extends StoringCommand {
  readonly #order = new InOrder<Checked>()
  readonly #tally = new CheckTally()
  #progress: ProgressBar | undefined
  #all = 0
  #isCutShort = false
  #isUnread = false

  protected override get onlyLooks(): boolean {
    return !this.flags.write
  }

  /** So many are to be checked at most. */
  protected expects(all: number): void {
    this.#all = all
    if (this.hasRoomForProgress || !this.terminal.isTTY.stderr) this.#progress = new ProgressBar(this.terminal, all)
  }

  /** What it waits for now, in words; null where it does not. */
  protected readonly onWait = (waitsFor: string | null): void => this.#progress?.waits(waitsFor)

  /** The things to check, until Ctrl-C. */
  protected async *untilInterruption<Thing extends Checked>(things: AsyncIterable<Thing>): AsyncGenerator<Thing> {
    for await (const thing of things) {
      this.#isCutShort = this.interruption.signal.aborted
      if (this.#isCutShort) return
      this.#order.begin(thing)
      yield thing
    }
  }

  /** Notes that one is checked, and what became of it. */
  protected note(checked: Checked, outcome: CheckOutcome, {change, missed}: Omit<Stored<unknown>, 'found'>): void {
    this.#tally.add(outcome, change)
    if (missed) {
      this.#tally.miss()
      this.say(`! ${missed.outcome === 'failed' ? `${missed.target}: ` : ''}${missed.reason}`)
    }
    this.#order.end(checked)
    this.#progress?.advance({failed: outcome === 'failing'})
  }

  /**
   * Shows what was checked as it comes, and sets the exit code.
   * @throws what broke it off, with what is stored and how to go on
   */
  protected async showChecked<Row extends object>(
    view: View<Row>,
    rows: AsyncIterable<readonly Row[]>,
    flags: CheckFlags,
    views: JobViews,
    behind: Behind,
  ): Promise<void> {
    if (flags.write) this.finishesOnInterrupt()
    const ending = new EndingRows()
    try {
      await this.showAsTheyCome(view, ending.of(rows))
      ending.check()
    } catch (error) {
      if (!(error instanceof PipeClosed && flags.write)) throw await this.brokenOff(error, flags, views)
      this.#isUnread = this.#tally.checked < this.#all
    } finally {
      this.#progress?.end()
    }
    await this.writeRejects(flags, views, () => this.notTried(behind))
    this.sayNothing(flags)
    if (this.#isCutShort) throw await this.interrupted(flags)
    if (this.#isUnread) throw await this.unread()
    await this.tellStored(this.goOn)
    if (this.#tally.checked === 0) this.say(`No ${view.plural} found.`)
    // Names that were left out have set a code already, which counts where nothing else does.
    process.exitCode = this.#tally.exitCode || process.exitCode
  }

  private async *notTried(behind: Behind): AsyncGenerator<MissedResult> {
    const done = new Set([...this.#order.done].map(({id}) => id))
    for await (const {id, domain} of behind(this.#order.last?.id)) {
      const line = this.lineInList(domain)
      if (!done.has(id)) yield {target: domain, outcome: 'waiting', reason: 'It was not tried.', line}
    }
  }

  private sayNothing({write, 'dry-run': isDryRun}: CheckFlags): void {
    const {nothingText} = this.#tally
    if (write && isDryRun) this.say('This was a dry run: nothing is stored.')
    else if (write && nothingText !== undefined) this.say(nothingText)
  }

  // What is stored is stored of all that were begun, so that what is left can be said.
  private finishesOnInterrupt(): void {
    this.interruption.letsFinish({
      once: () => this.say('Finishing what is under way. Ctrl-C again cancels it.'),
      atOnce: () => this.say(`Go on: ${this.goOn}`),
    })
  }

  private async brokenOff(error: unknown, flags: CheckFlags, views: JobViews): Promise<unknown> {
    if (!(error instanceof PmError)) {
      if (this.#tally.hasStored) this.say(`${this.#tally.storedText()} Go on: ${this.goOn}`)
      return error
    }
    if (error instanceof Interrupted || this.interruption.signal.aborted) return this.interrupted(flags, error)
    const explained = await this.jobBrokenOff(error, flags, views, this.goOn)
    if (explained || !this.#tally.hasStored) return explained ?? error
    // Each is stored by itself: what broke off leaves those before it.
    const hint = [error.hint, `Go on: ${this.goOn}`].filter((part) => part).join(' ')
    return new BrokenOff(error, `${happened(error)} ${this.#tally.storedText()}`, {hint})
  }

  private async interrupted({write}: CheckFlags, cause?: unknown): Promise<Interrupted> {
    const checked = `Interrupted: ${this.#tally.checkedText}`
    if (!write) return new Interrupted(checked, {cause})
    return new Interrupted(`${checked} ${await this.storedText()}`, {hint: `Go on: ${this.goOn}`, cause})
  }

  /** What is stored is less than was to be, though it is all that anybody wanted to read. */
  private async unread(): Promise<PartlyDone> {
    const message = `Stopped, since nobody reads on: ${this.#tally.checkedText} ${await this.storedText()}`
    return new PartlyDone(message, {hint: `Go on: ${this.goOn}`})
  }

  private async storedText(): Promise<string> {
    const {job, isJob} = await this.reportStored()
    if (isJob && !job) return 'How much of it is stored could not be read; what is, stays so.'
    return this.#tally.storedText(job?.changed)
  }

  /** How to check what is left. Where what was under way could not finish, some of it was stored, and is not told apart. */
  private get goOn(): string {
    const {last, doneBehind} = this.#order
    // What is rejected next goes to another file.
    const words = withoutFlags(this.argv, ['--after', '--rejects'])
    const command = this.lineOf(last === undefined ? words : ['--after', last.domain, ...words])
    const again = doneBehind === 0 ? '' : ` (${doneBehind.toLocaleString('en')} behind it are checked again)`
    return `${command}${again}${this.withListAgain}`
  }
}
