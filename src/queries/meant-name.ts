import type {Operator} from '../db/identity.ts'
import type {Reader} from '../db/transaction.ts'
import type {StoredNoun} from './finders.ts'
import {namesOf} from './names-of.ts'

const most = 50
// A kind of which the finders offer fewer has no more.
const few = 20
const longest = 60
const patienceMs = 2_000

/** A name that was typed, of a kind of things. */
interface Mistyped {
  noun: StoredNoun
  name: string
}

/**
 * The name that was probably meant, of a thing that the operator may see; undefined where none is like it, or it is not
 * found soon. It asks for names that begin so and so, as whoever completes a name does: a few index reads each, however
 * many names there are.
 */
export async function meantName(
  db: Reader,
  operator: Operator,
  {noun, name}: Mistyped,
  pick: (names: readonly string[]) => string | undefined,
): Promise<string | undefined> {
  const until = Date.now() + patienceMs
  for (const beginning of beginnings(name.trim().slice(0, longest))) {
    const found = await namesOf(db, operator, noun, beginning, most)
    const names = found?.names.map(({value}) => value) ?? []
    const meant = pick(names)
    if (meant !== undefined || (beginning === '' && names.length < few) || Date.now() > until) return meant
  }
  return undefined
}

/** How what was meant may begin: a letter may be in the other's place, be too much, or be wrong from somewhere on. */
function* beginnings(typed: string): Generator<string> {
  yield ''
  for (let at = typed.length - 1; at >= 0; at -= 1) {
    yield typed.slice(0, at) + typed.slice(at + 1)
    if (at > 0) yield typed.slice(0, at - 1) + typed[at] + typed[at - 1] + typed.slice(at + 1)
  }
  for (let length = typed.length - 1; length > 0; length -= 1) yield typed.slice(0, length)
}
