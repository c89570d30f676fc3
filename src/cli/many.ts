import {readFileSync} from 'node:fs'
import {UsageError} from '../rules/errors.ts'
import {firstFew} from '../rules/first-few.ts'
import {type Entry, targetLines, whereOf} from './target-lines.ts'
import type {Terminal} from './terminal.ts'

/** Where several things of a noun were named. */
export interface Named {
  /** The arguments; `-` stands for stdin. */
  given: readonly string[]
  fromFile?: string | undefined
  /** What the column of names may be called in a file of several columns, the best first. */
  headers: readonly string[]
  /** What is named twice is an error, for changes that should not be in doubt about how often it is meant. */
  once?: boolean
}

const maxNames = 1_000_000
const argument = 'argument'

/**
 * All names given as arguments, in a file or on stdin, parsed, each once. Empty when nothing was given at all.
 * @throws UsageError listing every malformed name with where it stands, before anything is touched.
 */
export async function readMany(named: Named, parse: (text: string) => string, terminal: Terminal): Promise<string[]> {
  const places = new Map<string, Entry>()
  const wrong: Wrong[] = []
  const twice: Twice[] = []
  let count = 0
  for await (const entry of entriesOf(named, terminal)) {
    count += 1
    if (count > maxNames) throw new UsageError(`There are more than ${maxNames.toLocaleString('en')} names.`)
    const name = attempt(parse, entry.text)
    if (name instanceof UsageError) wrong.push({...entry, problem: name})
    else if (places.has(name)) twice.push({name, entry, earlier: places.get(name) ?? entry})
    else places.set(name, entry)
  }
  if (wrong.length > 0) throw malformed(wrong)
  if (twice.length > 0) tellOfTwice(twice, named, terminal)
  return [...places.keys()]
}

interface Wrong extends Entry {
  problem: UsageError
}

interface Twice {
  name: string
  entry: Entry
  earlier: Entry
}

async function* entriesOf({given, fromFile, headers}: Named, terminal: Terminal): AsyncGenerator<Entry> {
  const stdin = async () => targetLines(await terminal.readInput(), 'stdin', headers)
  for (const text of given) {
    if (text === '-') yield* await stdin()
    else yield {text, source: argument}
  }
  if (fromFile === '-') yield* await stdin()
  else if (fromFile !== undefined) yield* targetLines(readTextFile(fromFile), fromFile, headers)
}

/** The text of a file. @throws UsageError that says why it cannot be read */
export function readTextFile(file: string): string {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(readFileSync(file))
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${whyUnreadable(cause)}.`, {cause})
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not',
  EISDIR: 'it is a folder',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is no text in UTF-8',
}

function whyUnreadable(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  return reasons[code] ?? code
}

function attempt(parse: (text: string) => string, text: string): string | UsageError {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
}

function malformed(wrong: readonly Wrong[]): UsageError {
  const [first] = wrong
  if (wrong.length === 1 && first?.source === argument) return first.problem
  const shown = wrong.slice(0, 5).map((entry) => `${whereOf(entry)}: ${entry.problem.message}`)
  const more = wrong.length > shown.length ? ` … and ${wrong.length - shown.length} more.` : ''
  return new UsageError(`${shown.join(' ')}${more}`, {
    hint: first?.problem.hint ?? 'Nothing was changed.',
    details: wrong.map((entry) => ({where: whereOf(entry), value: entry.text})),
  })
}

/** @throws UsageError where that must not be */
function tellOfTwice(twice: readonly Twice[], {once}: Named, terminal: Terminal): void {
  if (once) throw standsTwice(twice)
  const names = new Set(twice.map(({name}) => name))
  terminal.say(`Named more than once, taken once: ${firstFew([...names])}.`)
}

function standsTwice(twice: readonly Twice[]): UsageError {
  const shown = twice.slice(0, 5).map(({entry, earlier}) => {
    return `“${entry.text}” stands twice: ${whereOf(earlier)} and ${whereOf(entry)}.`
  })
  const more = twice.length > shown.length ? ` … and ${twice.length - shown.length} more.` : ''
  return new UsageError(`${shown.join(' ')}${more}`, {
    hint: 'Take one of them out. Nothing was changed.',
    details: twice.map(({entry, earlier}) => ({value: entry.text, where: [whereOf(earlier), whereOf(entry)]})),
  })
}
