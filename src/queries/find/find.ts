import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {exactSources} from './exact-sources.ts'
import {type Source, sources} from './sources.ts'

/** A thing found, best first: exact names before those that only begin so. */
export interface Hit {
  noun: string
  name: string
  what: string | null
  /** The command that shows it. */
  show: string
  exact: boolean
  id: string
}

/**
 * Everything the operator may see whose name, address, key or Stripe id is or begins with the text: what is exactly so
 * first, then the names of which most was typed.
 * @param signal raised where nobody waits for it any more; then it throws the signal's reason
 */
export async function findEverywhere(
  db: Reader,
  operator: Operator,
  text: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Hit[]> {
  const typed = text.trim()
  if (typed === '') return []
  const hits: Hit[] = []
  for (const source of mayRead(operator)) {
    signal?.throwIfAborted()
    for (const found of await source.find(db, typed, limit)) {
      const exact = found.name.toLowerCase() === typed.toLowerCase()
      if (!hits.some(({noun, id}) => noun === source.noun && id === found.id))
        hits.push({noun: source.noun, ...found, show: source.show(found), exact})
    }
  }
  return hits.sort(byRank).slice(0, limit)
}

function byRank(one: Hit, other: Hit): number {
  return Number(other.exact) - Number(one.exact) || one.name.length - other.name.length
}

function mayRead({permissions}: Operator): Source[] {
  return [...sources, ...exactSources].filter(({permission}) => permissions.includes(permission))
}
