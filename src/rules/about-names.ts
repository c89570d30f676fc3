import {type ErrorParts, type ListOfNames, NotFound, UsageError} from './errors.ts'
import {firstFew} from './first-few.ts'

/** Names that mean nothing. */
export class UnknownNames extends NotFound {
  readonly names: readonly string[]

  /** @param kind what they should be, as many as they are: `domain`, `domains` */
  constructor(kind: string, names: readonly string[], parts: Pick<ErrorParts, 'hint' | 'sought'>, list?: ListOfNames) {
    super(`No ${kind} ${firstFew(names.map((name) => withPlace(name, list)))}.`, {
      ...parts,
      details: {missing: names, ...placesOf(names, list)},
      placed: (known) => known.misread(names) ?? new UnknownNames(kind, names, parts, known),
    })
    this.names = names
  }
}

/** Two names that mean the same thing, of a kind: `domain`. */
export type SamePair = readonly [earlier: string, later: string]

export function sameTwice(pairs: readonly SamePair[], kind: string, list?: ListOfNames): UsageError {
  const told = pairs.map(([earlier, later]) => {
    return `${withPlace(`“${earlier}”`, list, earlier)} and ${withPlace(`“${later}”`, list, later)} mean the same ${kind}.`
  })
  return new UsageError(someOf(told), {
    hint: 'Give each once. Nothing was changed.',
    details: pairs.map((names) => ({same: names, ...placesOf(names, list)})),
    placed: (known) => sameTwice(pairs, kind, known),
  })
}

/** The first of many sentences, and how many more there are. */
export function someOf(told: readonly string[]): string {
  const more = told.length > 5 ? ` … and ${(told.length - 5).toLocaleString('en')} more.` : ''
  return `${told.slice(0, 5).join(' ')}${more}`
}

function withPlace(text: string, list: ListOfNames | undefined, name = text): string {
  const where = list?.whereOf(name)
  return where === undefined ? text : `${text} (${where})`
}

function placesOf(names: readonly string[], list: ListOfNames | undefined): {where?: (string | null)[]} {
  const where = names.map((name) => list?.whereOf(name) ?? null)
  return where.some((place) => place !== null) ? {where} : {}
}
