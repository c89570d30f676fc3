import type {Answer, Failed, Lookup, RecordType} from '../answer.ts'

/**
 * Asks the first, and where it cannot say, the next. What any of them proves counts; a failure of one is never taken for
 * an absence.
 */
export function firstToSay(first: Lookup, ...others: readonly Lookup[]): Lookup {
  if (others.length === 0) return first
  return (name, type) =>
    first(name, type).then((answer) => (answer.outcome === 'failed' ? sayElse(answer, others, name, type) : answer))
}

async function sayElse<Type extends RecordType>(
  failed: Failed,
  others: readonly Lookup[],
  name: string,
  type: Type,
): Promise<Answer<Type>> {
  for (const lookup of others) {
    const answer = await lookup(name, type)
    if (answer.outcome !== 'failed') return answer
  }
  return failed
}
