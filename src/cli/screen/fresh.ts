// `5m ago` becomes `6m ago` without anything having happened.
const relativeTimes = /\b(just now|in \d+[a-z]+|\d+[a-z]+ ago)\b */g

// How long a bar is goes by what stands beside it, and a drawing over time moves with the clock.
const drawings = /[▓░]+/g

const gap = '  '
const gaps = / {2,}/g

/** What is different from what was shown before. */
export interface Marks {
  /** Of each line, whether it has come or changed. */
  fresh: readonly boolean[]
  /** The beginnings of lines that are no longer there: the names of rows. */
  gone: readonly string[]
}

/** Remembers for some rounds what has come, changed or gone of what is shown again and again; in the first nothing has. */
export class Fresh {
  readonly #rounds: number
  #round = 0
  #since = new Map<string, number>()
  #seen = new Map<string, number>()

  constructor(rounds = 5) {
    this.#rounds = rounds
  }

  /** Tells of a new round what is different. */
  mark(lines: readonly string[]): Marks {
    this.#round += 1
    const texts = lines.map(meaning)
    const first = this.#round === 1 ? Number.NEGATIVE_INFINITY : this.#round
    this.#since = new Map(texts.map((text) => [text, this.#since.get(text) ?? first]))
    for (const text of texts) if (text.includes(gap)) this.#seen.set(nameOf(text), this.#round)
    for (const [name, seen] of this.#seen) if (this.#round - seen > this.#rounds) this.#seen.delete(name)
    return {
      fresh: texts.map((text) => this.#round - (this.#since.get(text) ?? first) < this.#rounds),
      gone: [...this.#seen].flatMap(([name, seen]) => (seen < this.#round ? name : [])),
    }
  }
}

/** What a line says, apart from how it is drawn and from time that passes. */
function meaning(line: string): string {
  return line.replaceAll(relativeTimes, '').replaceAll(drawings, '').replaceAll(gaps, gap).trim()
}

function nameOf(text: string): string {
  return text.slice(0, text.indexOf(gap))
}
