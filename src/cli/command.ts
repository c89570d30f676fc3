import type {Config} from '@oclif/core/config'
import type {Listing} from '../db/listing.ts'
import type {Reader} from '../db/transaction.ts'
import {renderSections, type Section} from '../output/detail.ts'
import {type Format, renderList, type Style} from '../output/format.ts'
import type {Cell, View} from '../output/view.ts'
import {Interrupted, UsageError} from '../rules/errors.ts'
import type {Noun} from '../rules/nouns.ts'
import {canAsk} from './ask.ts'
import type {Choice} from './choice.ts'
import {chosenFields} from './chosen-fields.ts'
import type {Described} from './command-line/described.ts'
import {describedClass} from './command-line/described-class.ts'
import {ConnectedCommand} from './connected-command.ts'
import {searchContexts} from './contexts/overview.ts'
import {Cut} from './cut.ts'
import {explainCursor} from './foreign-cursor.ts'
import {readMany} from './many.ts'
import {globalFlags} from './options.ts'
import type {Output} from './output-shape.ts'
import {LeanConfig} from './project.ts'
import type {Host} from './screen/run-line.ts'
import {renderShown} from './shown.ts'
import {screenStyle, styleFor} from './style.ts'

/** Finds what an operator may mean while they type. */
export type Finder = (db: Reader, typed: string) => Promise<readonly Choice[]>

/** A kind of things that are named, many at once. */
export interface Nameable {
  noun: string
  parse: (text: string) => string
  find: Finder
  /** What the column of names may be called in a file of several columns, the best first. */
  headers?: readonly string[]
  /** Whether what is named twice is an error. */
  once?: boolean
}

const tableRows = 50
// What pm's own lists call the column that names their things.
// What the results of a job call what was named, so that what it rejected can be given again.
const resultHeader = 'target'
const nameHeaders = ['id', 'email', 'domain', 'slug', 'key', 'name']

/** A command that can be run. */
export type CommandClass = typeof PmCommand & (new (argv: string[], config: Config) => PmCommand)

/** What all commands share: asking for what is missing, and showing what was found. A command declares its permission. */
export abstract class PmCommand extends ConnectedCommand {
  /** What it writes to stdout; left out where that is no data. */
  static readonly output?: Output
  /** How its list can be ordered, for what completes command lines. */
  static readonly ordering?: {readonly by: object}

  #wasAsked = false

  /**
   * The argument, or on a terminal the operator's choice of what `find` finds; with `flag`, the value of that flag.
   * @throws UsageError off a terminal.
   */
  protected async given(value: string | undefined, noun: string, find: Finder, flag?: string): Promise<string> {
    if (value !== undefined) return value
    if (!canAsk(this.terminal, this.flags['no-input'])) {
      throw new UsageError(`Which ${noun}?`, {
        hint: `Give it as an argument: see ${this.commandName} --help.`,
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
    this.argv = await askMissing(this.described, given, {asker: this.around.asker, find}, all)
    this.#wasAsked = this.argv.length > given.length
    return this.argv
  }

  private async offered(noun: Noun, typed: string): Promise<readonly Choice[]> {
    if (noun === 'context') return searchContexts(typed, this.sources)
    const {finders} = await import('../queries/finders.ts')
    return this.read((db) => finders[noun].find(db, typed))
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

  /** All names given as arguments, in a file or on stdin; where there are none, the one chosen on a terminal. */
  protected async givenMany(
    given: readonly unknown[],
    {'from-file': fromFile}: {'from-file'?: string | undefined},
    {noun, parse, find, headers = [noun.toLowerCase(), ...nameHeaders], once = false}: Nameable,
  ): Promise<string[]> {
    if (given.length === 0 && fromFile === undefined) return [parse(await this.given(undefined, noun, find))]
    const named = {given: given.map(String), fromFile, headers: [...headers, resultHeader], once}
    const names = await readMany(named, parse, this.terminal)
    if (names.length === 0) throw new UsageError(`There is no ${noun} in the input.`)
    return names
  }

  /** Shows a list: a page of it in a table, all of it, streamed, in every other format. */
  protected async list<Row extends object>(view: View<Row>, listing: Listing<Row>): Promise<void> {
    await this.listCompleted(view, listing, (row) => row)
  }

  /** Shows a list whose rows are completed by what the database does not know, such as a link. */
  protected async listCompleted<Row extends object, Shown extends Row>(
    view: View<Shown>,
    listing: Listing<Row>,
    complete: (row: Row) => Shown,
  ): Promise<void> {
    const {sort, after} = this.flags
    const cut = new Cut<Shown>(this.mostRows)
    const page = {sort, after, limit: cut.enough}
    const batches = cut.of(
      completed(
        this.stream((db) => listing.query(db, page), {isWhole: page.limit === undefined}),
        complete,
      ),
    )
    await this.showPage(view, batches)
    if (cut.count === 0) this.terminal.say(`No ${view.plural} found.`)
    if (cut.last) this.terminal.say(`There are more. Next: --after ${listing.cursor(cut.last, page)}   All: --limit 0`)
  }

  /** Shows what comes behind the cursor, if one was given. @throws UsageError where it is another list's. */
  protected async showPage<Row extends object>(view: View<Row>, batches: AsyncIterable<readonly Row[]>): Promise<void> {
    try {
      await this.showBatches(view, batches)
    } catch (error) {
      throw explainCursor(error, this.flags.after)
    }
  }

  /** How many rows are shown at most, 0 for all: what was asked for, else a page of a table and all of other formats. */
  protected get mostRows(): number {
    return this.flags.limit ?? (this.isForPeople ? tableRows : 0)
  }

  /** Whether what is shown is a drawing for a person. */
  protected get isForPeople(): boolean {
    return this.format === 'table' || this.format === 'wide'
  }

  /** Shows rows as they come. */
  protected async showBatches<Row extends object>(
    view: View<Row>,
    batches: AsyncIterable<readonly Row[]>,
  ): Promise<void> {
    await this.writeAll(renderList(batches, view, this.format, this.style(view)))
  }

  protected async writeAll(texts: AsyncIterable<string>): Promise<void> {
    for await (const text of texts) await this.terminal.write(text)
  }

  /** Shows a list that is in memory already. */
  protected async showRows<Row extends object>(view: View<Row>, rows: readonly Row[]): Promise<void> {
    await this.showBatches(view, oneBatch(rows))
  }

  /** Shows lines to a person. */
  protected async showLines(lines: readonly Cell[]): Promise<void> {
    const style = styleFor(this.around, this.flags, this.format)
    await this.terminal.write(await renderSections([{lines}], style))
  }

  /** Whether a line on stderr gets in nobody's way: rows do not come to the same terminal meanwhile. */
  protected get hasRoomForProgress(): boolean {
    const {isTTY} = this.terminal
    return isTTY.stderr && (this.isForPeople || !isTTY.stdout)
  }

  /** Shows a reckoning: to people in sections, to programs its rows. */
  protected async report<Row extends object>(
    view: View<Row>,
    rows: readonly Row[],
    sections: readonly Section[],
  ): Promise<void> {
    const forPeople = this.format === 'table' && this.flags.fields === undefined
    if (!forPeople) return this.showRows(view, rows)
    await this.terminal.write(await renderSections(sections, this.style(view)))
  }

  /** Shows one thing: to people in sections, to programs as the record. */
  protected async show<Row extends object>(record: Row, view: View<Row>, sections: readonly Section[]): Promise<void> {
    const {format} = this
    const style = this.style(view)
    await this.terminal.write(await renderShown(record, view, sections, format, style))
  }

  /** The format asked for, or the one that suits where stdout goes. */
  protected get format(): Format {
    if (this.flags.json) return 'json'
    return this.flags.output ?? (this.terminal.isTTY.stdout ? 'table' : 'tsv')
  }

  /** How text looks on a screen that is drawn over. */
  protected readonly screenStyle = (): Style => screenStyle(this.around, this.flags)

  /** Runs another command line in the same place, over the session that is open. */
  protected async runLine(words: readonly string[]): Promise<void> {
    const {runLine} = await import('./screen/run-line.ts')
    await runLine(this.inPlace(words), await this.host())
  }

  /** What another command line would show on this terminal. @throws what its command throws */
  protected async captureLine(words: readonly string[]): Promise<string> {
    const {captureLine} = await import('./screen/run-line.ts')
    const {shown, said} = await captureLine(this.inPlace(words), await this.host(), this.terminal.width)
    return [shown, ...said.map((line) => `${line}\n`)].join('')
  }

  private inPlace(words: readonly string[]): readonly string[] {
    const {context} = this.flags
    return context === undefined ? words : [...words, '--context', context]
  }

  private async host(): Promise<Host> {
    const session = await this.session()
    const open = async () => ({...session, close: async () => {}})
    return {config: LeanConfig.of(this.config), around: {...this.around, open}}
  }

  protected style<Row extends object>(view: View<Row>): Style {
    const {fields} = this.flags
    const style = styleFor(this.around, this.flags, this.format)
    return fields === undefined ? style : {...style, fields: chosenFields(view, fields)}
  }
}

async function* completed<Row, Shown>(
  batches: AsyncIterable<readonly Row[]>,
  complete: (row: Row) => Shown,
): AsyncGenerator<readonly Shown[]> {
  for await (const batch of batches) yield batch.map(complete)
}

async function* oneBatch<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows
}
