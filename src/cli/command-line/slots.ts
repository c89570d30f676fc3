import {type Noun, nounOf} from '../../rules/nouns.ts'
import type {Described, DescribedFlag} from './described.ts'

/** A place for a value on a command line: an argument, or the value of a flag. */
export interface Slot {
  /** As help shows it: `TENANT`. */
  word: string
  noun?: Noun | undefined
  options?: readonly string[] | undefined
  description?: string | undefined
  /** Whether it takes any number of words. */
  isRepeated: boolean
  isRequired: boolean
}

/** The arguments of a command, in order. */
export function argumentsOf(command: Described): Slot[] {
  if (command.usage === undefined) return declared(command)
  const [words = ''] = command.usage.replace(/^<%=.*?%>/, '').split('[FLAGS]')
  return words
    .trim()
    .split(/\s+/)
    .filter((word, index, all) => word !== '' && !word.startsWith('--') && !all[index - 1]?.startsWith('--'))
    .map((word) => inUsage(word, command))
}

function declared(command: Described): Slot[] {
  return Object.entries(command.args).map(([name, {options, required = false, description}]) => {
    const word = name.toUpperCase()
    return {word, noun: named(command, word), options, description, isRepeated: false, isRequired: required}
  })
}

function inUsage(text: string, command: Described): Slot {
  const word = text.replaceAll(/[[\]]|\.{3}/g, '')
  const options = word.includes('|') ? word.split('|') : undefined
  const isRepeated = text.includes('...')
  return {word, noun: named(command, word), options, isRepeated, isRequired: !text.startsWith('[')}
}

/** What the value of a flag is. */
export function slotOf(command: Described, flag: DescribedFlag): Slot {
  const {helpValue = '', options, multiple = false, required = false, description} = flag
  const word = String(helpValue)
  const noun = named(command, word)
  return {word, noun, options, description, isRepeated: multiple, isRequired: required}
}

function named({id}: Described, word: string): Noun | undefined {
  return nounOf(id.replaceAll(':', ' '), word)
}

/** The place that comes after so many words: where one of them takes any number, several places may. */
export function slotsAt(slots: readonly Slot[], index: number): Slot[] {
  const repeated = slots.findIndex(({isRepeated}) => isRepeated)
  if (repeated === -1 || index < repeated) return slots.slice(index, index + 1)
  return index === repeated ? slots.slice(repeated, repeated + 1) : slots.slice(repeated)
}
