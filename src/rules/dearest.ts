/** What costs so much; decimal, with at most two decimals. */
interface Priced {
  cost: string
}

/** Adds up what costs something, as it comes, and keeps no more than the dearest. */
export class Dearest<Row extends Priced> {
  /** All that came. */
  count = 0
  /** The dearest of what came, the dearest first. */
  rows: readonly Row[] = []
  #cents = 0
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  add(rows: readonly Row[]): void {
    this.count += rows.length
    for (const {cost} of rows) this.#cents += Math.round(Number(cost) * 100)
    this.rows = [...this.rows, ...rows].sort((one, other) => Number(other.cost) - Number(one.cost)).slice(0, this.#most)
  }

  get total(): number {
    return this.#cents / 100
  }
}
