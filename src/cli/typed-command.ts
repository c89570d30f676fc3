import {Command} from '@oclif/core/command'
import type {Config} from '@oclif/core/config'
import type * as Interfaces from '@oclif/core/interfaces'
import {sanitizeText} from '../output/sanitize.ts'
import {UsageError} from '../rules/errors.ts'
import {quoted} from '../rules/shell-word.ts'
import {shieldDescending} from './descending.ts'
import {withEnvironment} from './environment-flags.ts'
import {inPlace} from './in-place.ts'
import type {globalFlags, listFlags} from './options.ts'
import {LeanConfig} from './project.ts'
import {processSurroundings, type Surroundings} from './surroundings.ts'
import type {Typed} from './typed-again.ts'

type Values = Record<string, unknown>
// Of some these two make writes, or writes of a kind, of what only looks without them.
type OwnFlags = Interfaces.InferredFlags<typeof globalFlags & typeof listFlags> & {write: boolean; reveal: boolean}
type AnyFlags = {[Name in keyof OwnFlags]?: OwnFlags[Name] | undefined}

/** A command as it was typed, and what surrounds it: its flags, and the line that runs it again. */
export abstract class TypedCommand extends Command {
  static surroundings: Surroundings = processSurroundings()

  /** Runs the command. oclif's own `run` would load its Config a second time. */
  static async start(
    this: new (
      argv: string[],
      config: Config,
    ) => TypedCommand,
    argv: string[],
    config: Config,
  ): Promise<void> {
    await new this(argv, config)._run()
  }

  protected readonly around = (this.constructor as typeof TypedCommand).surroundings
  protected readonly terminal = this.around.terminal
  #flags: AnyFlags = {}
  #typed: Typed = []

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

  /** Says where the command is and how it goes. */
  protected say(line: string): void {
    this.terminal.say(sanitizeText(line))
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

  /** What tells of commands to run next, in the same place: where --context chose it, they say so too. */
  protected readonly here = (text: string): string => {
    const {context} = this.flags
    return context === undefined ? text : inPlace(text, context, LeanConfig.of(this.config).project)
  }

  protected get commandName(): string {
    return `pm ${this.id?.replaceAll(':', ' ')}`
  }

  // oclif would read the command line a second time, to look for deprecated aliases, which pm does not have.
  protected override async init(): Promise<void> {}
}

// Typed both, they contradict each other; PM_OUTPUT in the environment only says what is usual here.
function assertOneFormat({json, output}: AnyFlags, typed: readonly {type: string; flag?: string}[]): void {
  if (!json || output === 'json' || !typed.some(({flag}) => flag === 'output')) return
  throw new UsageError(`--json and -o ${output} are two formats.`, {hint: 'Give one of them.'})
}
