import type {Lookup} from '../answer.ts'

/**
 * Asks the first, and where it cannot say, the next. What any of them proves counts; a failure of one is never taken for
 * an absence.
 */
export function firstToSay(first: Lookup, ...others: readonly Lookup[]): Lookup {
  if (others.length === 0) return first
  return async (name, type) => {
    const answer = await first(name, type)
    if (answer.outcome !== 'failed') return answer
    for (const lookup of others) {
      const other = await lookup(name, type)
      if (other.outcome !== 'failed') return other
    }
    return answer
  }
}
