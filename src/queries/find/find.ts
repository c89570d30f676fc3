import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {type Source, sources, typedAs} from './sources.ts'
import {stripeSources} from './stripe-sources.ts'

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

/** Everything the operator may see whose name, address, key or Stripe id is or begins with the text. */
export async function findEverywhere(db: Reader, operator: Operator, text: string, limit: number): Promise<Hit[]> {
  const typed = typedAs(text)
  if (typed.lower === '') return []
  const hits: Hit[] = []
  for (const source of mayRead(operator)) {
    const found = await source.find(db, typed, limit)
    hits.push(
      ...found.map((one) => ({
        noun: source.noun,
        ...one,
        show: source.show(one),
        exact: one.name.toLowerCase() === typed.lower,
      })),
    )
  }
  return hits.sort((one, other) => Number(other.exact) - Number(one.exact)).slice(0, limit)
}

function mayRead({permissions}: Operator): Source[] {
  return [...sources, ...stripeSources].filter(({permission}) => permissions.includes(permission))
}
