import {type SamePair, sameTwice} from '../rules/about-names.ts'

/**
 * What names mean, in their order.
 * @param kind what they name, in one word
 * @throws UsageError naming those that mean the same
 */
export function eachOnce<Row>(names: readonly string[], meaning: (name: string) => Iterable<Row>, kind: string): Row[] {
  const meant = new Map<Row, string>()
  const pairs: SamePair[] = []
  for (const name of names) {
    for (const row of meaning(name)) {
      const earlier = meant.get(row)
      if (earlier === undefined) meant.set(row, name)
      else pairs.push([earlier, name])
    }
  }
  if (pairs.length > 0) throw sameTwice(pairs, kind)
  return [...meant.keys()]
}
