import {type Act, acts} from './acts.ts'
import type {Things} from './things.ts'

/** Something that the operator may do with a thing. */
export interface Offer extends Act {
  /** What it does, in a sentence. */
  summary: string
  /** The command line, as far as it is known. */
  line: readonly string[]
}

/** What the operator may do with the thing that a command shows; nothing with lists. */
export async function offersFor(words: readonly string[], {offer}: Pick<Things, 'offer'>): Promise<Offer[]> {
  const [topic = '', verb, ...named] = words
  const possible = verb === 'show' || verb === 'get' ? (acts[topic] ?? []) : []
  const offers = await Promise.all(
    possible.map(async (act) => {
      const summary = await offer(act.command)
      return summary === undefined ? [] : [{...act, summary, line: [...act.command.split(' '), ...named]}]
    }),
  )
  return offers.flat()
}
