import {type Act, acts} from './acts.ts'
import type {Things} from './things.ts'

/** Something that the operator may do with a thing. */
export interface Offer extends Act {
  /** What it does, in a sentence. */
  summary: string
  /** The command line. */
  line: readonly string[]
}

/**
 * What the operator may do with the thing that a command shows, and what can be done with it in the state it is in;
 * nothing with lists.
 */
export async function offersFor(
  words: readonly string[],
  {offer, record, may}: Pick<Things, 'offer' | 'record' | 'may'>,
): Promise<Offer[]> {
  const [topic = '', verb, ...named] = words
  const known = verb === 'show' || verb === 'get' ? (acts[topic] ?? []) : []
  if (known.length === 0) return []
  const thing = await record(words)
  const possible = known.filter(({fits, needs}) => fits(thing) && (needs === undefined || may(String(thing[needs]))))
  const offers = await Promise.all(
    possible.map(async (act) => {
      const summary = await offer(act.command)
      return summary === undefined ? [] : [{...act, summary, line: [...act.command.split(' '), ...named]}]
    }),
  )
  return offers.flat()
}
