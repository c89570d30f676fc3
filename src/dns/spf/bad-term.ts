/** Thrown inside the parser only: a term that breaks the grammar. */
export class BadTerm extends Error {
  /** Where in the term, from 0. */
  readonly offset: number
  /** The term that was probably meant. */
  readonly instead: string | null

  constructor(offset: number, reason: string, instead: string | null = null) {
    super(reason)
    this.offset = offset
    this.instead = instead
  }
}
