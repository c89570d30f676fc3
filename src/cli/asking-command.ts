import type {Reader} from '../db/transaction.ts'
import {Interrupted, PmError, UsageError} from '../rules/errors.ts'
import type {Noun} from '../rules/nouns.ts'
import {quoted} from '../rules/shell-word.ts'
import {canAsk} from './ask.ts'
import type {Choice} from './choice.ts'
import type {Described} from './command-line/described.ts'
import {describedClass} from './command-line/described-class.ts'
import {ConnectedCommand} from './connected-command.ts'
import {searchContexts} from './contexts/overview.ts'
import {globalFlags} from './options.ts'

/** Finds what an operator may mean while they type. */
export type Finder = (db: Reader, typed: string) => Promise<readonly Choice[]>

/** A command that asks for what was left out, where somebody is there to answer. */
export abstract class AskingCommand extends ConnectedCommand {
  #wasAsked = false

  /**
   * The argument, or on a terminal the operator's choice of what `find` finds; with `flag`, the value of that flag.
   * @throws UsageError off a terminal.
   */
  protected async given(value: string | undefined, noun: string, find: Finder, flag?: string): Promise<string> {
    if (value !== undefined) return value
    if (!canAsk(this.terminal, this.flags['no-input'])) {
      throw new UsageError(`Which ${noun}?`, {
        hint: `Give it ${flag === undefined ? 'as an argument' : `with --${flag} ${noun.toUpperCase()}`}: see ${this.commandName} --help.`,
      })
    }
    // Opened first, so that nothing is said in the middle of the prompt.
    await this.session()
    const chosen = await this.around.asker.search(`Which ${noun}?`, (typed) => this.read((db) => find(db, typed)))
    await this.takeAnswer(chosen, noun, flag)
    return chosen
  }

  /** The context that is named, or on a terminal the one chosen. @throws UsageError off a terminal. */
  protected async givenContext(value: string | undefined): Promise<string> {
    if (value !== undefined) return value
    if (!canAsk(this.terminal, this.flags['no-input'])) {
      throw new UsageError('Which context?', {
        hint: 'Give its name as an argument. See which there are: pm context list',
      })
    }
    const find = async (typed: string) => searchContexts(typed, this.sources)
    const chosen = await this.around.asker.search('Which context?', find)
    await this.takeAnswer(chosen, 'context', undefined)
    return chosen
  }

  // From here on the command line has the answer, as the record of a change and every hint show it.
  private async takeAnswer(value: string, noun: string, flag: string | undefined): Promise<void> {
    const {placeOf, withArgument} = await import('./ask-missing.ts')
    const place = placeOf(this.described, this.argv, noun)
    this.argv = flag ? [...this.argv, `--${flag}`, value] : withArgument(this.described, this.argv, value, place)
    this.#wasAsked = true
  }

  /** Asks for what is required and was left out; with --prompt for everything. @throws UsageError */
  protected override async completed(words: string[]): Promise<string[]> {
    const {isTTY} = this.terminal
    const all = words.includes('--prompt')
    if (!all && !canAsk(this.terminal, false)) return words
    const {readPlace} = await import('./command-line/read-place.ts')
    const {noInput, ...place} = readPlace(words, this.described, this.around.env)
    if (!canAsk({isTTY}, noInput)) {
      if (all) throw new UsageError('--prompt asks, and there is nobody to ask.', {hint: 'Run it on a terminal.'})
      return words
    }
    this.takePlace(place)
    const {askMissing} = await import('./ask-missing.ts')
    const find = (noun: Noun, typed: string) => this.offered(noun, typed)
    const given = words.filter((word) => word !== '--prompt')
    this.argv = await askMissing(await this.whatIsAsked(given), given, {asker: this.around.asker, find}, all)
    this.#wasAsked = this.argv.length > given.length
    return this.argv
  }

  /** The command, in production with the reason that is required of what may be done there. */
  private async whatIsAsked(words: readonly string[]): Promise<Described> {
    const {described} = this
    const {reason} = described.flags
    if (!reason || this.context.kind !== 'production') return described
    const {wantsReason} = await import('./command-line/wants-reason.ts')
    if (!wantsReason(words, described, this.around.env)) return described
    return {...described, flags: {...described.flags, reason: {...reason, required: true}}}
  }

  private async offered(noun: Noun, typed: string): Promise<readonly Choice[]> {
    if (noun === 'context') return searchContexts(typed, this.sources)
    const {finders} = await import('../queries/finders.ts')
    return this.read((db) => finders[noun].find(db, typed))
  }

  protected override async catch(error: Error): Promise<never> {
    if (error instanceof PmError && error.sought) {
      const {soughtAmongNames} = await import('./meant.ts')
      error.sought = await soughtAmongNames(error.sought, () => this.session())
    }
    return super.catch(error)
  }

  /** Of what a list was chosen by, and found nothing: says what was probably meant. */
  protected async sayWhatWasMeant(): Promise<void> {
    const {meantFlags} = await import('./meant.ts')
    const flags = await meantFlags(this.argv, this.described, () => this.session())
    for (const {flag, meant} of flags) this.say(`Did you mean --${flag} ${quoted(meant)}?`)
  }

  private get described(): Described {
    const {usage, args, flags} = this.ctor
    return describedClass(this.id ?? '', {usage, args, flags: {...globalFlags, ...flags}})
  }

  // So that people learn what to type, and what to put into a script.
  protected override async finally(error?: Error): Promise<void> {
    await super.finally()
    if (this.#wasAsked && !(error instanceof Interrupted))
      this.say(`▸ The same, without being asked: ${this.commandLine}`)
  }
}
