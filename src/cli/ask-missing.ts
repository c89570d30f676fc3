import type {Noun} from '../rules/nouns.ts'
import {quoted} from '../rules/shell-word.ts'
import type {Asker} from './asker.ts'
import type {Choice} from './choice.ts'
import type {Described, DescribedFlag} from './command-line/described.ts'
import {argumentsOf, type Slot, slotOf} from './command-line/slots.ts'
import {readWords} from './command-line/typed-words.ts'

/** How to ask, and where the things are found that can be named. */
export interface Asking {
  asker: Asker
  find(noun: Noun, typed: string): Promise<readonly Choice[]>
}

const leaveOut = {value: '', name: '(leave it out)'}
// What is said for one run, and not of what is done: asked for by nobody.
const unasked = new Set(['yes', 'write', 'limit'])

/**
 * The words of a command line with what is required and was left out, as the operator chooses or types it; with `all`,
 * also with what may be left out.
 */
export async function askMissing(
  command: Described,
  words: readonly string[],
  asking: Asking,
  all: boolean,
): Promise<string[]> {
  const withArguments = await askArguments(command, words, asking, all)
  return askFlags(command, withArguments, asking, all)
}

async function askArguments(command: Described, words: readonly string[], asking: Asking, all: boolean) {
  let line = [...words]
  for (const [index, slot] of argumentsOf(command).entries()) {
    const {positionals, flags} = readWords(line, command.flags)
    const isGiven =
      isFilled(slot, index, positionals) || flags.has('from-file') || flags.has('where') || flags.has('apply')
    if (isGiven || !(isAskedFirst(slot) || all)) continue
    const value = await askSlot(questionFor(slot, command, line), slot, asking, !slot.isRequired)
    if (value !== '') line = withArgument(command, line, value, index)
  }
  return line
}

// Where any number of words come first, the last one tells whether what stands behind them was given.
function isFilled({options}: Slot, index: number, positionals: readonly {word: string}[]): boolean {
  return options ? options.includes(positionals.at(-1)?.word ?? '') : index < positionals.length
}

// Where any number of things are named, the command asks itself: it knows what else may stand for them.
function isAskedFirst({isRequired, noun, isRepeated}: Slot): boolean {
  return isRequired && !(noun && isRepeated)
}

async function askFlags(command: Described, words: readonly string[], asking: Asking, all: boolean): Promise<string[]> {
  const line = [...words]
  for (const [name, flag] of Object.entries(command.flags)) {
    const {flags} = readWords(line, command.flags)
    const isAsked = flag.required || (all && isOwn(name, flag) && !excludedBy(flag, flags))
    if (flags.has(name) || !isAsked) continue
    line.push(...(await askFlag(name, flag, command, asking)))
  }
  return line
}

// Of what a command shares with others, only the reason says something of what is done.
function isOwn(name: string, {helpGroup, hidden}: DescribedFlag): boolean {
  return (helpGroup === undefined || name === 'reason') && !hidden && !unasked.has(name)
}

function excludedBy({exclusive = []}: DescribedFlag, given: ReadonlyMap<string, unknown>): boolean {
  return exclusive.some((name) => given.has(name))
}

async function askFlag(name: string, flag: DescribedFlag, command: Described, asking: Asking): Promise<string[]> {
  const about = `${name}: ${flag.description ?? ''}`.trim()
  if (flag.type === 'boolean') {
    const answer = await asking.asker.choose(about, [leaveOut, {value: 'yes'}])
    return answer === '' ? [] : [`--${name}`]
  }
  const value = await askSlot(about, slotOf(command, flag), asking, !flag.required)
  return value === '' ? [] : [`--${name}`, value]
}

async function askSlot(message: string, slot: Slot, {asker, find}: Asking, isOptional: boolean): Promise<string> {
  const {noun, options} = slot
  const before = isOptional ? [leaveOut] : []
  if (options) return asker.choose(message, [...before, ...options.map((value) => ({value}))])
  if (noun) return asker.search(message, async (typed) => [...(typed ? [] : before), ...(await find(noun, typed))])
  if (isOptional) return asker.text(`${message} (Empty: leave it out)`)
  let value = ''
  while (value === '') value = await asker.text(message)
  return value
}

// A place that has values and no name, `good|fair`, is shown where it is: behind what was given.
function questionFor({noun, word}: Slot, {id}: Described, line: readonly string[]): string {
  if (word.includes('|')) return `pm ${[...id.split(':'), ...line.map(quoted)].join(' ')} …`
  return `Which ${noun ?? word.toLowerCase()}?`
}

/** A command line with an argument at its place among the others. */
export function withArgument(command: Described, words: readonly string[], value: string, index: number): string[] {
  const next = readWords(words, command.flags).positionals[index]
  return next ? words.toSpliced(next.index, 0, value) : [...words, value]
}

/** The place of a thing among a command's arguments: the first that is not given, else the first of all. */
export function placeOf(command: Described, words: readonly string[], noun: string): number {
  const {length} = readWords(words, command.flags).positionals
  const places = argumentsOf(command).flatMap((slot, index) => (slot.noun === noun ? index : []))
  return places.find((place) => place >= length) ?? places[0] ?? length
}
