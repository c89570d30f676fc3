import {type SamePair, sameTwice} from '../../rules/about-names.ts'

/** Finds names that mean the same thing: somebody is mistaken about one of them then. */
export class Distinct {
  readonly #named = new Map<string, string>()
  readonly #pairs: SamePair[] = []

  /** @param meant the same for all names of a thing; undefined where nobody knows what the name means */
  add(target: string, meant: string | undefined): void {
    if (meant === undefined) return
    const earlier = this.#named.get(meant)
    if (earlier === undefined) this.#named.set(meant, target)
    else this.#pairs.push([earlier, target])
  }

  /** @param kind what the names should mean: `subscription` @throws UsageError */
  check(kind: string): void {
    if (this.#pairs.length > 0) throw sameTwice(this.#pairs, kind)
  }
}
