import {sanitize} from '../../output/sanitize.ts'
import type {Described, DescribedFlag, DescribedFlags} from '../command-line/described.ts'
import {argumentsOf, type Slot, slotOf, slotsAt} from '../command-line/slots.ts'
import {readWords} from '../command-line/typed-words.ts'
import {guides} from '../guides/guides.ts'
import type {Candidate, CommandTable, LiveNames} from './known.ts'

/** What fits at the end of a command line: words, or the names of files, which the shell knows better. */
export type Completion = readonly Candidate[] | 'files'

const longestId = 3

/** What the last of these words, which may be empty, can become. */
export async function complete(words: readonly string[], table: CommandTable, live: LiveNames): Promise<Completion> {
  const current = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const found = await fitting(before, current, table, live)
  return found === 'files' ? found : found.filter(isHarmless).filter(({value}) => begins(value, current))
}

async function fitting(
  before: readonly string[],
  current: string,
  table: CommandTable,
  live: LiveNames,
): Promise<Completion> {
  const leading = readWords(before, table.globalFlags)
  const start = leading.positionals[0]?.index ?? before.length
  const path = before.slice(start)
  if (path[0] === 'help') return subjects(path.slice(1), table)
  const typed = {path, current, context: leading.flags.get('context')?.at(-1)}
  const command = commandAt(path, table)
  if (command) return behind(command, typed, live)
  if (leading.positionals.length > 0 || leading.awaiting === undefined)
    return current.startsWith('-') ? flagNames(table.globalFlags, new Map()) : nextWords(path, table)
  return ofFlag(whole(table.globalFlags), leading.awaiting, typed, live)
}

// The flags in front of a command are no command's.
function whole(flags: DescribedFlags): Described {
  return {id: '', args: {}, flags}
}

interface Typed {
  path: readonly string[]
  current: string
  context: string | undefined
}

/** The command that the first words name, the longest first. */
export function commandAt(words: readonly string[], {commands}: CommandTable): Described | undefined {
  const lengths = Array.from({length: Math.min(longestId, words.length)}, (_, index) => index + 1).toReversed()
  return lengths.map((length) => commands.get(words.slice(0, length).join(':'))).find((found) => found !== undefined)
}

/** The words that may follow: commands and topics. */
function nextWords(path: readonly string[], {commands, topics}: CommandTable): Candidate[] {
  const prefix = path.map((word) => `${word}:`).join('')
  const next = new Map<string, string>()
  const all = [...topics, ...[...commands].map(([id, {summary = ''}]) => [id, summary] as const)]
  for (const [id, about] of all) {
    const [word] = id.slice(prefix.length).split(':')
    if (id.startsWith(prefix) && word) next.set(word, id === prefix + word ? about : (next.get(word) ?? ''))
  }
  if (path.length === 0) next.set('help', 'Explains a command or a topic.')
  return sorted([...next].map(([value, about]) => ({value, about})))
}

/** What help is about. */
function subjects(path: readonly string[], table: CommandTable): Candidate[] {
  const named = nextWords(path, table).filter(({value}) => value !== 'help')
  if (path.length > 0) return named
  return sorted([...named, ...[...guides].map(([value, {about}]) => ({value, about}))])
}

function sorted(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted((one, other) => (one.value < other.value ? -1 : 1))
}

async function behind(command: Described, {path, current, context}: Typed, live: LiveNames): Promise<Completion> {
  const rest = path.slice(command.id.split(':').length)
  const {positionals, flags, awaiting, isLiteral} = readWords(rest, command.flags)
  const typed = {path, current, context: flags.get('context')?.at(-1) ?? context}
  if (awaiting !== undefined) return ofFlag(command, awaiting, typed, live)
  const [, name, value] = current.match(/^--([a-z-]+)=(.*)$/s) ?? []
  if (name !== undefined && !isLiteral) {
    const values = await ofFlag(command, name, {...typed, current: value ?? ''}, live)
    return values === 'files' ? values : values.map((one) => ({...one, value: `--${name}=${one.value}`}))
  }
  if (current.startsWith('-') && !isLiteral) return flagNames(command.flags, flags)
  const given = new Set(positionals.map(({word}) => word))
  const slots = slotsAt(argumentsOf(command), positionals.length)
  const some = await Promise.all(
    slots.map(async (slot) => {
      const values = await ofSlot(slot, command, typed, live)
      if (values === 'files') return []
      return slot.isRepeated ? values.filter(({value}) => !given.has(value)) : values
    }),
  )
  return some.flat()
}

function flagNames(flags: DescribedFlags, given: ReadonlyMap<string, unknown>): Candidate[] {
  return Object.entries(flags)
    .filter(([name, {hidden, multiple}]) => !hidden && (multiple || !given.has(name)))
    .flatMap(([name, {description, allowNo}]) => [
      {value: `--${name}`, about: description},
      ...(allowNo ? [{value: `--no-${name}`, about: description}] : []),
    ])
}

async function ofFlag(command: Described, name: string, typed: Typed, live: LiveNames): Promise<Completion> {
  const flag = command.flags[name]
  if (flag?.type !== 'option') return []
  const separator = flag.delimiter ?? (flag.helpValue === 'A,B' ? ',' : undefined)
  if (separator === undefined) return ofValue(command, flag, typed, live)
  const kept = typed.current.slice(0, typed.current.lastIndexOf(separator) + 1)
  const taken = kept.split(separator)
  const values = await ofValue(command, flag, {...typed, current: typed.current.slice(kept.length)}, live)
  if (values === 'files') return values
  return values.filter(({value}) => !taken.includes(value)).map((one) => ({...one, value: kept + one.value}))
}

function ofValue(
  command: Described,
  flag: DescribedFlag,
  typed: Typed,
  live: LiveNames,
): Completion | Promise<Completion> {
  const {current} = typed
  if (flag.helpValue === 'A,B') return signed(command.fields, current, ['+', '-'])
  if (flag.helpValue === 'FIELD') return signed(command.sortable ?? command.fields, current, ['-'])
  return ofSlot(slotOf(command, flag), command, typed, live)
}

/** Fields, behind the sign that was typed. */
function signed(fields: readonly string[] = [], current: string, signs: readonly string[]): Candidate[] {
  const sign = signs.find((known) => current.startsWith(known)) ?? ''
  return fields.map((field) => ({value: sign + field}))
}

async function ofSlot(
  {noun, options, word}: Slot,
  {id}: Described,
  {current, context}: Typed,
  live: LiveNames,
): Promise<Completion> {
  if (options) return options.map((value) => ({value}))
  if (word === 'FILE') return 'files'
  if (noun === undefined) return []
  const {candidates, isWhole} = await live(noun, current, id.startsWith('context:') ? undefined : context)
  // What pm would take for a flag is not offered: a tenant called --yes must not give consent.
  const begun = candidates.filter(({value}) => begins(value, current) && !value.startsWith('-'))
  // Of names that are not all known, what they have in common may be less than what those known have.
  return isWhole || commonLength(begun) <= current.length ? begun : []
}

/** How many letters all of them begin with. */
export function commonLength(candidates: readonly Candidate[]): number {
  const [first = '', ...others] = candidates.map(({value}) => value.toLowerCase())
  return others.reduce((length, value) => {
    const differs = [...first.slice(0, length)].findIndex((letter, index) => letter !== value[index])
    return differs === -1 ? length : differs
  }, first.length)
}

function begins(value: string, typed: string): boolean {
  return value.toLowerCase().startsWith(typed.toLowerCase())
}

// Names are anybody's words, and some would drive the terminal.
function isHarmless({value}: Candidate): boolean {
  return value !== '' && sanitize(value) === value
}
