import type {Operator} from '../db/identity.ts'
import type {Reader} from '../db/transaction.ts'
import {sources} from './find/sources.ts'
import {finders, type StoredNoun} from './finders.ts'

/** The kinds of things whose names can be completed. */
export const namedNouns = Object.keys(finders) as StoredNoun[]

/** Names that begin so, each with what it is about; not all of them where `isWhole` is false. */
export interface NamesOf {
  names: {value: string; about: string | undefined}[]
  isWhole: boolean
}

/** Names of a kind that begin so, at most so many; undefined where the operator may not see them. */
export async function namesOf(
  db: Reader,
  {permissions}: Operator,
  noun: StoredNoun,
  beginning: string,
  most: number,
): Promise<NamesOf | undefined> {
  if (!permissions.includes(finders[noun].permission)) return undefined
  const source = sources.find((known) => known.noun === (noun === 'key' ? 'config' : noun))
  if (!source) return chosen(noun, db, beginning)
  const found = await source.find(db, beginning, most)
  const names = new Map(found.map(({name, what}) => [name, what ?? undefined]))
  return {names: [...names].map(([value, about]) => ({value, about})), isWhole: found.length < most}
}

// Of what has numbers rather than names, the newest; what a choice shows behind its value says what it is about.
async function chosen(noun: StoredNoun, db: Reader, beginning: string): Promise<NamesOf> {
  const found = await finders[noun].find(db, beginning)
  const names = found.map(({value, name = value}) => ({value, about: name.replace(value, '').trim() || undefined}))
  return {names, isWhole: true}
}
