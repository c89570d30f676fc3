import {type SamePair, sameTwice} from '../../rules/about-names.ts'
import type {JobItem} from './item.ts'

/** Finds names that mean the same thing: somebody is mistaken about one of them then. */
export class Distinct {
  readonly #named = new Map<string, string>()
  readonly #pairs: SamePair[] = []

  add({target, rows}: Pick<JobItem, 'target' | 'rows'>): void {
    const key = rows.map((row) => `${row.table} ${Object.values(row.key).join(' ')}`).join('\n')
    const earlier = this.#named.get(key)
    if (earlier === undefined) this.#named.set(key, target)
    else this.#pairs.push([earlier, target])
  }

  /** @param kind what the names should mean: `subscription` @throws UsageError */
  check(kind: string): void {
    if (this.#pairs.length > 0) throw sameTwice(this.#pairs, kind)
  }
}
