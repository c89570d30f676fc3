const rounds = 5

// `5m ago` becomes `6m ago` without anything having happened.
const relativeTimes = /\b(just now|in \d+[a-z]+|\d+[a-z]+ ago)\b */g

/** Which lines of what is shown again and again have come or changed in the last rounds; in the first none has. */
export class Fresh {
  #round = 0
  #since = new Map<string, number>()

  /** Tells of a new round, and which of its lines are fresh. */
  mark(lines: readonly string[]): boolean[] {
    this.#round += 1
    const texts = lines.map((line) => line.replaceAll(relativeTimes, ''))
    const first = this.#round === 1 ? Number.NEGATIVE_INFINITY : this.#round
    this.#since = new Map(texts.map((text) => [text, this.#since.get(text) ?? first]))
    return texts.map((text) => this.#round - (this.#since.get(text) ?? first) < rounds)
  }
}
