import {setTimeout as wait} from 'node:timers/promises'
import {read} from '../../db/transaction.ts'
import type {StoredNoun} from '../../queries/finders.ts'
import {namesOf} from '../../queries/names-of.ts'
import {UsageError} from '../../rules/errors.ts'
import {quoted} from '../../rules/shell-word.ts'
import type {CommandTable, Names} from '../completion/known.ts'
import type {Context} from '../contexts/context.ts'
import {resolveContext, type Sources} from '../contexts/resolve.ts'
import {LeanConfig, type Project} from '../project.ts'
import {reportError} from '../report-error.ts'
import {readLine} from '../screen/run-line.ts'
import {shellWords} from '../shell-words.ts'
import type {Surroundings} from '../surroundings.ts'
import {runWords} from './run-words.ts'
import {UsedThings} from './used.ts'
import {WarmSessions} from './warm-sessions.ts'

const mostNames = 200
const patienceMs = 500
const limits = {statementMs: 1_000, lockMs: 1_000}

/** What a shell works with: where it is, what surrounds it, and which commands there are. */
export interface ShellPlace {
  context: Context
  sources: Sources
  around: Surroundings
  project: Project
  table: CommandTable
}

/** Runs the lines of a shell: commands of pm over connections that stay open, `use`, and `exit`. */
export class LineShell {
  readonly #place: ShellPlace
  readonly #sessions: WarmSessions
  readonly #used: UsedThings
  #context: Context
  #isLeft = false
  #isInsisted = false

  constructor(place: ShellPlace) {
    this.#place = place
    this.#context = place.context
    this.#sessions = new WarmSessions(place.around.open)
    this.#used = new UsedThings(place.table)
  }

  get context(): Context {
    return this.#context
  }

  get isLeft(): boolean {
    return this.#isLeft
  }

  get usedNames(): readonly string[] {
    return this.#used.names
  }

  /** What surrounds the commands: the context stays the one of the shell, whatever another terminal chooses. */
  get around(): Surroundings {
    const {around} = this.#place
    const isNamed = !['DATABASE_URL', 'PG*'].includes(this.#context.chosenBy)
    const env = isNamed ? {...around.env, PM_CONTEXT: this.#context.name} : around.env
    return {...around, env, open: this.#sessions.open, isPlaceShown: true, insist: this.#insist}
  }

  // Only the command ends, not the shell; the third Ctrl-C is for what does not end by itself.
  readonly #insist = () => {
    if (this.#isInsisted) process.exit(130) // reason: nothing uncommitted can be lost
    this.#isInsisted = true
    this.#place.around.terminal.say('It is being stopped. Ctrl-C once more ends the shell.')
  }

  /** Runs one line and returns its exit code; an error is told, and ends nothing. */
  async run(line: string): Promise<number> {
    const {words: typed, isOpen} = shellWords(line)
    const words = typed[0] === 'pm' ? typed.slice(1) : typed
    if (words.length === 0) return 0
    // Without a listener Ctrl-C would end the process, and not only the command.
    const listen = () => {}
    this.#isInsisted = false
    process.on('SIGINT', listen)
    try {
      if (isOpen) throw new UsageError('A quote is not closed.', {hint: 'Every ‘"’ and “\'” needs another.'})
      return (await this.#builtIn(words)) ?? (await this.#command(words))
    } catch (error) {
      if (!(error instanceof Error)) throw error
      const {terminal} = this.#place.around
      const {exitCode, text} = reportError(error, false, terminal)
      terminal.say(text)
      return exitCode
    } finally {
      process.off('SIGINT', listen)
    }
  }

  /** Names that begin as typed, from the open connection; none where they take longer than a person at a key waits. */
  async names(noun: StoredNoun, typed: string): Promise<Names> {
    const none = {candidates: [], isWhole: true}
    const options = {applicationName: 'pm shell', limits, progress: () => {}}
    const found = this.#sessions
      .open(this.#context, options)
      .then((session) => read(session, 'none', (db, operator) => namesOf(db, operator, noun, typed, mostNames)))
      .then((names) => (names ? {candidates: names.names, isWhole: names.isWhole} : none))
      .catch(() => none)
    return Promise.race([found, wait(patienceMs, none, {ref: false})])
  }

  async close(): Promise<void> {
    await this.#sessions.close()
  }

  async #builtIn([name, ...rest]: readonly string[]): Promise<number | undefined> {
    if (name === 'exit' || name === 'quit') this.#isLeft = true
    else if (name === 'use') await this.#use(rest)
    else if (name === 'shell') throw new UsageError('This is the shell already.', {hint: 'Leave it with exit.'})
    else return undefined
    return 0
  }

  async #use([topic, name, ...more]: readonly string[]): Promise<void> {
    if (topic === 'none' && name === undefined) this.#used.forget()
    else if (topic === undefined || name === undefined || more.length > 0) {
      throw new UsageError('Use what?', {hint: 'Such as: use tenant acme, use context staging, or use none.'})
    } else if (topic === 'context') this.#goTo(name)
    else {
      this.#used.assertUsable(topic)
      // That it is there, and may be seen, is found out here and not by a later line.
      const host = {config: new LeanConfig(this.#place.project), around: this.around}
      await readLine([...topic.split(':'), 'show', name, '--output', 'name'], host, () => {})
      this.#used.use(topic, name)
    }
  }

  #goTo(flag: string): void {
    this.#context = resolveContext({...this.#place.sources, flag})
    this.#used.forget()
  }

  async #command(typed: readonly string[]): Promise<number> {
    const words = this.#used.complete(typed)
    if (words !== typed && words.length > typed.length) {
      this.#place.around.terminal.say(`▸ pm ${words.map(quoted).join(' ')}`)
    }
    // What makes the sandbox anew wants it for itself.
    if (words[0] === 'sandbox') await this.#sessions.close()
    return runWords(words, this.around, this.#place.project)
  }
}
