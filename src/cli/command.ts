import {Command} from '@oclif/core/command'
import type {Config} from '@oclif/core/config'
import type * as Interfaces from '@oclif/core/interfaces'
import type {Listing} from '../db/listing.ts'
import {recordRefusal} from '../db/refusal.ts'
import {type Reader, read, readUnidentified, type Session, stream} from '../db/transaction.ts'
import {renderSections, type Section} from '../output/detail.ts'
import {type Format, renderList, type Style} from '../output/format.ts'
import type {View} from '../output/view.ts'
import {PermissionDenied, UsageError} from '../rules/errors.ts'
import type {Permission} from '../rules/permissions.ts'
import {askFor, type Choice, canAsk} from './ask.ts'
import {chosenFields} from './chosen-fields.ts'
import {quoted} from './consent.ts'
import type {Context} from './contexts/context.ts'
import {resolveContext, type Sources} from './contexts/resolve.ts'
import {Cut} from './cut.ts'
import {shieldDescending} from './descending.ts'
import {explainCursor} from './foreign-cursor.ts'
import {Interruption} from './interruption.ts'
import {readMany} from './many.ts'
import type {OpenedSession} from './open-session.ts'
import {globalFlags, type listFlags} from './options.ts'
import type {Output} from './output-shape.ts'
import {renderShown} from './shown.ts'
import {styleFor} from './style.ts'
import {processSurroundings, type Surroundings} from './surroundings.ts'

type Values = Record<string, unknown>
type OwnFlags = Interfaces.InferredFlags<typeof globalFlags & typeof listFlags>
type AnyFlags = {[Name in keyof OwnFlags]?: OwnFlags[Name] | undefined}

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
const batchRows = 1_000
const lockMs = 5_000
// What pm's own lists call the column that names their things.
const nameHeaders = ['id', 'email', 'domain', 'slug', 'key', 'name']

/** A command that can be run. */
export type CommandClass = typeof PmCommand & (new (argv: string[], config: Config) => PmCommand)

/** What all commands share: where to work, as whom, and how to say it. A command declares the permission it needs. */
export abstract class PmCommand extends Command {
  /** The permission without which the command does nothing; `none` where any operator, or nobody yet, may. */
  static readonly permission: Permission | 'none'
  /** What it writes to stdout; left out where that is no data. */
  static readonly output?: Output
  static override baseFlags = globalFlags
  static surroundings: Surroundings = processSurroundings()

  /** Runs the command. oclif's own `run` would load its Config a second time. */
  static async start(
    this: new (
      argv: string[],
      config: Config,
    ) => PmCommand,
    argv: string[],
    config: Config,
  ): Promise<void> {
    await new this(argv, config)._run()
  }

  protected readonly around = PmCommand.surroundings
  protected readonly terminal = this.around.terminal
  readonly #interruption = new Interruption()
  #flags: AnyFlags = {}
  #context: Context | undefined
  #session: OpenedSession | undefined

  protected get permission(): Permission | 'none' {
    const {permission} = this.constructor as typeof PmCommand
    return permission
  }

  /** The permission that the command is asking for now; a refusal is recorded with it. */
  protected needed = this.permission

  protected get flags(): AnyFlags {
    return this.#flags
  }

  protected override async parse<F extends Values, B extends Values, A extends Values>(
    options?: Interfaces.Input<F, B, A>,
    argv?: string[],
  ): Promise<Interfaces.ParserOutput<F, B, A>> {
    const parsed = await super.parse<F, B, A>(options, shieldDescending(argv ?? this.argv))
    this.#flags = parsed.flags
    assertOneFormat(this.#flags, parsed.raw)
    return parsed
  }

  protected get interruption(): Interruption {
    return this.#interruption
  }

  /** How long others may take; the database for each statement. */
  protected get timeoutMs(): number {
    return (this.#flags.timeout ?? 30) * 1_000
  }

  /** Gives up what begins now and waits for somebody else than the database: on Ctrl-C, and when it takes too long. */
  protected patience(): AbortSignal {
    return AbortSignal.any([this.#interruption.signal, AbortSignal.timeout(this.timeoutMs)])
  }

  /** Where the command works. */
  protected get context(): Context {
    this.#context ??= resolveContext(this.sources)
    return this.#context
  }

  /** What decides where to work. */
  protected get sources(): Sources {
    const {env, workingFolder} = this.around
    const {configDir: configFolder, dataDir: dataFolder} = this.config
    return {flag: this.#flags.context, env, workingFolder, configFolder, dataFolder}
  }

  /** The open database; closed when the command ends. */
  protected async session(): Promise<Session> {
    if (this.#session) return this.#session
    const statementMs = this.timeoutMs
    this.announce()
    this.#session = await this.around.open(this.context, {
      applicationName: this.commandName,
      limits: {statementMs, lockMs: Math.min(lockMs, statementMs)},
      progress: (line) => this.say(line),
    })
    this.#interruption.cancels(this.#session)
    return this.#session
  }

  /** Says where a read works, where that could be mistaken. Writes say more, when they show their plan. */
  protected announce(): void {
    if (this.context.kind === 'sandbox') this.say('▸ sandbox: an embedded database with example data')
  }

  /** Says where the command is and how it goes. */
  protected say(line: string): void {
    this.terminal.say(line)
  }

  /** Reads in one transaction, as an operator with the command's permission. */
  protected async read<T>(work: Parameters<typeof read<T>>[2]): Promise<T> {
    return read(await this.session(), this.permission, work)
  }

  /** Reads in one transaction without asking who is there: for what must work before anybody is enrolled. */
  protected async look<T>(work: (db: Reader) => Promise<T>, on?: Session['replica']): Promise<T> {
    return readUnidentified(await this.session(), work, on)
  }

  /** The argument, or on a terminal the operator's choice of what `find` finds. @throws UsageError off a terminal. */
  protected async given(value: string | undefined, noun: string, find: Finder): Promise<string> {
    if (value !== undefined) return value
    if (!canAsk(this.terminal, this.#flags['no-input'])) {
      throw new UsageError(`Which ${noun}?`, {
        hint: `Give it as an argument: see ${this.commandName} --help.`,
      })
    }
    // Opened first, so that nothing is said in the middle of the prompt.
    await this.session()
    return askFor(`Which ${noun}?`, (typed) => this.read((db) => find(db, typed)))
  }

  /** All names given as arguments, in a file or on stdin; where there are none, the one chosen on a terminal. */
  protected async givenMany(
    given: readonly unknown[],
    {'from-file': fromFile}: {'from-file'?: string | undefined},
    {noun, parse, find, headers = [noun.toLowerCase(), ...nameHeaders], once = false}: Nameable,
  ): Promise<string[]> {
    if (given.length === 0 && fromFile === undefined) return [parse(await this.given(undefined, noun, find))]
    const named = {given: given.map(String), fromFile, headers, once}
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
    const {sort, after} = this.#flags
    const rows = this.mostRows
    const page = {sort, after, limit: rows === 0 ? undefined : rows + 1}
    const cut = new Cut<Shown>(rows)
    const batches = cut.of(
      completed(
        this.stream((db) => listing.query(db, page)),
        complete,
      ),
    )
    try {
      await this.showBatches(view, batches)
    } catch (error) {
      throw explainCursor(error, after)
    }
    if (cut.count === 0) this.terminal.say(`No ${view.plural} found.`)
    if (cut.last && this.isForPeople)
      this.terminal.say(`There are more. Next: --after ${listing.cursor(cut.last, page)}   All: --limit 0`)
  }

  /** How many rows are shown at most, 0 for all: what was asked for, else a page of a table and all of other formats. */
  protected get mostRows(): number {
    return this.#flags.limit ?? (this.isForPeople ? tableRows : 0)
  }

  private get isForPeople(): boolean {
    return this.format === 'table' || this.format === 'wide'
  }

  /** Reads rows as they come, some at a time, in one transaction, as an operator with the command's permission. */
  protected async *stream<Row>(query: (db: Reader) => ReturnType<Listing<Row>['query']>): AsyncGenerator<Row[]> {
    yield* stream(await this.session(), this.readPermission, query, batchRows)
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

  /** Shows a reckoning: to people in sections, to programs its rows. */
  protected async report<Row extends object>(
    view: View<Row>,
    rows: readonly Row[],
    sections: readonly Section[],
  ): Promise<void> {
    const forPeople = this.format === 'table' && this.#flags.fields === undefined
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
    if (this.#flags.json) return 'json'
    return this.#flags.output ?? (this.terminal.isTTY.stdout ? 'table' : 'tsv')
  }

  protected style<Row extends object>(view: View<Row>): Style {
    const {fields} = this.#flags
    const style = styleFor(this.around, this.#flags, this.format)
    return fields === undefined ? style : {...style, fields: chosenFields(view, fields)}
  }

  /** The command line as typed, ready to be run again. */
  protected get commandLine(): string {
    return [this.commandName, ...this.argv.map(quoted)].join(' ')
  }

  /** A command to run next, in the same place: where --context chose it, the command says so too. */
  protected here(command: string): string {
    const {context} = this.flags
    return context === undefined ? command : `${command} --context ${quoted(context)}`
  }

  private get commandName(): string {
    return `pm ${this.id?.replaceAll(':', ' ')}`
  }

  // oclif would read the command line a second time, to look for deprecated aliases, which pm does not have.
  protected override async init(): Promise<void> {}

  protected override async catch(error: Error): Promise<never> {
    if (error instanceof PermissionDenied && this.#session && this.needed !== 'none') {
      await recordRefusal(this.#session, {command: this.commandLine, permission: this.needed})
    }
    throw this.#interruption.explain(error)
  }

  protected override async finally(): Promise<void> {
    this.#interruption.end()
    await this.#session?.close()
  }

  private get readPermission(): Permission {
    if (this.permission === 'none') throw new Error(`${this.id} lists without a permission.`)
    return this.permission
  }
}

// Typed both, they contradict each other; PM_OUTPUT in the environment only says what is usual here.
function assertOneFormat({json, output}: AnyFlags, typed: readonly {type: string; flag?: string}[]): void {
  if (!json || output === 'json' || !typed.some(({flag}) => flag === 'output')) return
  throw new UsageError(`--json and -o ${output} are two formats.`, {hint: 'Give one of them.'})
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
