import type {Listing} from '../db/listing.ts'
import {recordRefusal} from '../db/refusal.ts'
import {type Reader, read, readUnidentified, type Session, stream} from '../db/transaction.ts'
import {PmError} from '../rules/errors.ts'
import type {Permission} from '../rules/permissions.ts'
import type {Context} from './contexts/context.ts'
import {resolveContext, type Sources} from './contexts/resolve.ts'
import {Interruption} from './interruption.ts'
import type {OpenedSession} from './open-session.ts'
import {keepYoungSmall} from './small-heap.ts'
import {TypedCommand} from './typed-command.ts'

// More at a time take no less time, and their text is so long that V8 keeps it until it has a lot of it.
const batchRows = 200
const lockMs = 5_000

/** A command at its place: which database, as whom, with which permission, until when. What it shows is PmCommand's. */
export abstract class ConnectedCommand extends TypedCommand {
  /** The permission without which the command does nothing; `none` where any operator, or nobody yet, may. */
  static readonly permission: Permission | 'none'

  readonly #interruption = new Interruption(this.around.insist)
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

  protected get interruption(): Interruption {
    return this.#interruption
  }

  /** How long others may take; the database for each statement. */
  protected get timeoutMs(): number {
    return (this.flags.timeout ?? 30) * 1_000
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
    return {flag: this.flags.context, env, workingFolder, configFolder, dataFolder}
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

  /** Whether what it reads may be a little old, as a replica has it: no where a write decides on it. */
  protected get onlyLooks(): boolean {
    return true
  }

  /** Reads in one transaction, as an operator with the command's permission. */
  protected async read<T>(work: Parameters<typeof read<T>>[2]): Promise<T> {
    const session = await this.session()
    return read(session, this.permission, work, this.onlyLooks ? undefined : session.primary)
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

  protected override async catch(error: Error): Promise<never> {
    const isDenied = error instanceof PmError && error.reason === 'permissionDenied'
    if (isDenied && this.#session && this.needed !== 'none') {
      await recordRefusal(this.#session, {command: this.recordedLine, permission: this.needed, targets: this.targets})
    }
    throw this.tellingHere(this.#interruption.explain(error))
  }

  /** The error, telling of commands in the same place. */
  private tellingHere(error: Error): Error {
    if (!(error instanceof PmError)) return error
    error.message = this.here(error.message)
    error.hint = error.hint && this.here(error.hint)
    return error
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
