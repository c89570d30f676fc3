import {Command} from '@oclif/core/command'
import type {Config} from '@oclif/core/config'
import type * as Interfaces from '@oclif/core/interfaces'
import type {Listing} from '../db/listing.ts'
import {recordRefusal} from '../db/refusal.ts'
import {type Reader, read, readUnidentified, type Session, stream} from '../db/transaction.ts'
import {sanitizeText} from '../output/sanitize.ts'
import {PmError, UsageError} from '../rules/errors.ts'
import type {Permission} from '../rules/permissions.ts'
import {quoted} from '../rules/shell-word.ts'
import type {Context} from './contexts/context.ts'
import {resolveContext, type Sources} from './contexts/resolve.ts'
import {shieldDescending} from './descending.ts'
import {withEnvironment} from './environment-flags.ts'
import {Interruption} from './interruption.ts'
import type {OpenedSession} from './open-session.ts'
import type {globalFlags, listFlags} from './options.ts'
import {keepYoungSmall} from './small-heap.ts'
import {processSurroundings, type Surroundings} from './surroundings.ts'
import type {Typed} from './typed-again.ts'

type Values = Record<string, unknown>
type OwnFlags = Interfaces.InferredFlags<typeof globalFlags & typeof listFlags>
type AnyFlags = {[Name in keyof OwnFlags]?: OwnFlags[Name] | undefined}

// More at a time take no less time, and their text is so long that V8 keeps it until it has a lot of it.
const batchRows = 200
const lockMs = 5_000

/** A command at its place: which database, as whom, with which permission, until when. What it shows is PmCommand's. */
export abstract class ConnectedCommand extends Command {
  /** The permission without which the command does nothing; `none` where any operator, or nobody yet, may. */
  static readonly permission: Permission | 'none'
  static surroundings: Surroundings = processSurroundings()

  /** Runs the command. oclif's own `run` would load its Config a second time. */
  static async start(
    this: new (
      argv: string[],
      config: Config,
    ) => ConnectedCommand,
    argv: string[],
    config: Config,
  ): Promise<void> {
    await new this(argv, config)._run()
  }

  protected readonly around = (this.constructor as typeof ConnectedCommand).surroundings
  protected readonly terminal = this.around.terminal
  readonly #interruption = new Interruption(this.around.insist)
  #flags: AnyFlags = {}
  #typed: Typed = []
  #context: Context | undefined
  #session: OpenedSession | undefined

  protected get permission(): Permission | 'none' {
    const {permission} = this.constructor as typeof ConnectedCommand
    return permission
  }

  /** The permission that the command is asking for now; a refusal is recorded with it. */
  protected needed = this.permission

  /** What the command is about to touch, once that is known; a refusal is recorded with it. */
  protected targets: readonly string[] = []

  protected get flags(): AnyFlags {
    return this.#flags
  }

  /** The command line as it was parsed, word by word, without what the environment says. */
  protected get typed(): Typed {
    return this.#typed
  }

  protected override async parse<F extends Values, B extends Values, A extends Values>(
    options?: Interfaces.Input<F, B, A>,
    argv?: string[],
  ): Promise<Interfaces.ParserOutput<F, B, A>> {
    const {env} = this.around
    const input = options && {
      ...options,
      ...(options.flags && {flags: withEnvironment(options.flags, env, this)}),
      ...(options.baseFlags && {baseFlags: withEnvironment(options.baseFlags, env, this)}),
    }
    const words = argv ?? (await this.completed(this.argv))
    const parsed = await super.parse<F, B, A>(input, shieldDescending(words))
    this.#flags = parsed.flags
    this.#typed = parsed.raw
    assertOneFormat(this.#flags, parsed.raw)
    return parsed
  }

  /** The words of the command line, with what the operator was asked for; what is known of its flags is set before. */
  protected async completed(words: string[]): Promise<string[]> {
    return words
  }

  /** Takes what decides where to work from a command line that is not parsed yet. */
  protected takePlace(flags: Pick<AnyFlags, 'context' | 'timeout'>): void {
    this.#flags = flags
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
  protected async session(): Promise<OpenedSession> {
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
    if (this.context.kind === 'sandbox' && !this.around.isPlaceShown)
      this.say('▸ sandbox: an embedded database with example data')
  }

  /** Says where the command is and how it goes. */
  protected say(line: string): void {
    this.terminal.say(sanitizeText(line))
  }

  /** Reads in one transaction, as an operator with the command's permission. */
  protected async read<T>(work: Parameters<typeof read<T>>[2]): Promise<T> {
    return read(await this.session(), this.permission, work)
  }

  /** Reads in one transaction without asking who is there: for what must work before anybody is enrolled. */
  protected async look<T>(work: (db: Reader) => Promise<T>, on?: Session['replica']): Promise<T> {
    return readUnidentified(await this.session(), work, on)
  }

  /** Reads rows as they come, some at a time, in one transaction, as an operator with the command's permission. */
  protected async *stream<Row>(
    query: (db: Reader) => ReturnType<Listing<Row>['query']>,
    {isWhole = false}: {isWhole?: boolean} = {},
  ): AsyncGenerator<Row[]> {
    const batches = stream(await this.session(), this.readPermission, query, {batchSize: batchRows, isWhole})
    for await (const batch of batches) {
      keepYoungSmall()
      yield batch
    }
  }

  /** The command line as typed, ready to be run again. */
  protected get commandLine(): string {
    return this.lineOf(this.argv)
  }

  /** The command line as it is kept with what the command changed, or was refused. */
  protected get recordedLine(): string {
    return this.commandLine
  }

  protected lineOf(argv: readonly string[]): string {
    return [this.commandName, ...argv.map(quoted)].join(' ')
  }

  /** A command to run next, in the same place: where --context chose it, the command says so too. */
  protected here(command: string): string {
    const {context} = this.flags
    return context === undefined ? command : `${command} --context ${quoted(context)}`
  }

  protected get commandName(): string {
    return `pm ${this.id?.replaceAll(':', ' ')}`
  }

  // oclif would read the command line a second time, to look for deprecated aliases, which pm does not have.
  protected override async init(): Promise<void> {}

  protected override async catch(error: Error): Promise<never> {
    const isDenied = error instanceof PmError && error.reason === 'permissionDenied'
    if (isDenied && this.#session && this.needed !== 'none') {
      await recordRefusal(this.#session, {command: this.recordedLine, permission: this.needed, targets: this.targets})
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
