/** Things that are worked on many at once, with how far all of them are worked off in their order. */
export class InOrder<Thing> {
  readonly #open = new Set<Thing>()
  #doneBehind = 0
  #last: Thing | undefined
  readonly #done = new Set<Thing>()

  begin(thing: Thing): void {
    this.#open.add(thing)
  }

  end(thing: Thing): void {
    this.#done.add(thing)
    for (const first of this.#open) {
      if (!this.#done.delete(first)) break
      this.#open.delete(first)
      this.#last = first
    }
    this.#doneBehind = this.#done.size
  }

  /** The last one of which all before it are done, and it too; undefined where the first is not done. */
  get last(): Thing | undefined {
    return this.#last
  }

  /** Those behind the last one that are done already. */
  get done(): ReadonlySet<Thing> {
    return this.#done
  }

  /** How many behind the last one are done already. */
  get doneBehind(): number {
    return this.#doneBehind
  }
}
