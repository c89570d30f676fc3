import {readFileSync} from 'node:fs'
import {UsageError} from '../rules/errors.ts'
import {firstFew} from '../rules/first-few.ts'
import {type Entry, targetLines} from './target-lines.ts'
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

/**
 * All names given as arguments, in a file or on stdin, parsed, each once. Empty when nothing was given at all.
 * @throws UsageError listing every malformed name with where it stands, before anything is touched.
 */
export async function readMany(named: Named, parse: (text: string) => string, terminal: Terminal): Promise<string[]> {
  const entries = await gather(named, terminal)
  if (entries.length > maxNames)
    throw new UsageError(`${entries.length.toLocaleString('en')} names are more than ${maxNames.toLocaleString('en')}.`)
  const parsed = entries.map((entry) => ({...entry, ...attempt(parse, entry.text)}))
  const wrong = parsed.filter(({problem}) => problem !== undefined)
  if (wrong.length > 0) throw malformed(wrong)
  if (named.once) assertOnce(parsed)
  const names = parsed.flatMap(({name}) => name ?? [])
  const distinct = [...new Set(names)]
  if (distinct.length < names.length) terminal.say(`Named more than once, taken once: ${firstFew(repeated(names))}.`)
  return distinct
}

async function gather({given, fromFile, headers}: Named, terminal: Terminal): Promise<Entry[]> {
  const stdin = async () => targetLines(await terminal.readInput(), 'stdin', headers)
  const parts: Entry[][] = []
  for (const text of given) parts.push(text === '-' ? await stdin() : [{text, where: 'argument'}])
  if (fromFile !== undefined) {
    parts.push(fromFile === '-' ? await stdin() : targetLines(readTextFile(fromFile), fromFile, headers))
  }
  return parts.flat()
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

function attempt(parse: (text: string) => string, text: string): {name?: string; problem?: UsageError} {
  try {
    return {name: parse(text)}
  } catch (error) {
    if (error instanceof UsageError) return {problem: error}
    throw error
  }
}

function malformed(wrong: readonly (Entry & {problem?: UsageError})[]): UsageError {
  const [first] = wrong
  if (wrong.length === 1 && first?.problem && first.where === 'argument') return first.problem
  const shown = wrong.slice(0, 5).map(({where, problem}) => `${where}: ${problem?.message}`)
  const more = wrong.length > shown.length ? ` … and ${wrong.length - shown.length} more.` : ''
  return new UsageError(`${shown.join(' ')}${more}`, {
    hint: first?.problem?.hint ?? 'Nothing was changed.',
    details: wrong.map(({where, text}) => ({where, value: text})),
  })
}

/** @throws UsageError with both places of what stands twice */
function assertOnce(entries: readonly (Entry & {name?: string})[]): void {
  const seen = new Map<string | undefined, Entry>()
  for (const entry of entries) {
    const earlier = seen.get(entry.name)
    if (earlier) {
      throw new UsageError(`“${entry.text}” stands twice: ${earlier.where} and ${entry.where}.`, {
        hint: 'Take one of them out. Nothing was changed.',
      })
    }
    seen.set(entry.name, entry)
  }
}

function repeated(names: readonly string[]): string[] {
  return [...Map.groupBy(names, (name) => name)].flatMap(([name, uses]) => (uses.length > 1 ? name : []))
}
