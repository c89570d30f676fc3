import {UsageError} from '../../rules/errors.ts'
import type {Noun} from '../../rules/nouns.ts'
import {quoted} from '../../rules/shell-word.ts'
import {withArgument} from '../ask-missing.ts'
import type {Described} from '../command-line/described.ts'
import {argumentsOf, slotOf} from '../command-line/slots.ts'
import {readWords} from '../command-line/typed-words.ts'
import {commandAt} from '../completion/candidates.ts'
import type {CommandTable} from '../completion/known.ts'

interface Used {
  topic: string
  name: string
}

// With these, things are chosen in other ways than by naming them.
const selecting = ['from-file', 'where', 'apply', 'from-plan', 'status', 'all', 'tenant']

/** What `use` chose: where a command takes such a thing and none is given, it takes this one. */
export class UsedThings {
  readonly #table: CommandTable
  readonly #used = new Map<Noun, Used>()
  #last: Used | undefined

  constructor(table: CommandTable) {
    this.#table = table
  }

  /** The names in use, as the prompt shows them. */
  get names(): string[] {
    return [...this.#used.values()].map(({name}) => name)
  }

  /** @throws UsageError for what cannot be used */
  assertUsable(topic: string): void {
    this.#nounOf(topic)
  }

  /** @throws UsageError for what cannot be used */
  use(topic: string, name: string): void {
    this.#last = {topic, name}
    this.#used.set(this.#nounOf(topic), this.#last)
  }

  #nounOf(topic: string): Noun {
    const show = this.#table.commands.get(`${topic}:show`)
    const noun = show && argumentsOf(show)[0]?.noun
    if (!noun) throw new UsageError(`“${topic}” is nothing to use.`, {hint: 'Such as: use tenant acme'})
    return noun
  }

  forget(): void {
    this.#used.clear()
    this.#last = undefined
  }

  /** The line with what is in use, where it names none: `show` becomes `tenant show acme`. @throws UsageError */
  complete(line: readonly string[]): readonly string[] {
    const words = line[0] === 'show' && this.#last ? [this.#last.topic, ...line] : line
    const command = commandAt(words, this.#table)
    if (!command || this.#used.size === 0) return words
    const path = command.id.split(':')
    const typed = words.slice(path.length)
    const whole = [...path, ...this.#withFlags(command, this.#withArguments(command, typed))]
    if (whole.length > words.length) assertNamed(command, typed, whole)
    return whole
  }

  #withArguments(command: Described, typed: readonly string[]): readonly string[] {
    let line = typed
    for (const [index, {noun, isRepeated}] of argumentsOf(command).entries()) {
      const {positionals, flags} = readWords(line, command.flags)
      const used = noun && this.#used.get(noun)
      const isList = isRepeated && selecting.some((name) => flags.has(name))
      if (used && index >= positionals.length && !isList) line = withArgument(command, line, used.name, index)
    }
    return line
  }

  #withFlags(command: Described, typed: readonly string[]): readonly string[] {
    const {positionals, flags} = readWords(typed, command.flags)
    const added = Object.entries(command.flags).flatMap(([name, flag]) => {
      const noun = flag.type === 'option' ? slotOf(command, flag).noun : undefined
      const used = noun && this.#used.get(noun)
      const fits = used?.topic === name && (flag.required || positionals.length === 0)
      return used && fits && !flags.has(name) ? [`--${name}`, used.name] : []
    })
    return [...typed, ...added]
  }
}

// What nobody looks at before it is done must be named where it is done.
function assertNamed({flags}: Described, typed: readonly string[], whole: readonly string[]): void {
  const given = readWords(typed, flags).flags
  if (!('yes' in flags) || !(given.has('yes') || given.has('confirm'))) return
  throw new UsageError('With consent on the line, the line must name what it is about.', {
    hint: `In full: pm ${whole.map(quoted).join(' ')}`,
  })
}
