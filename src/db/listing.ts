import type {Compilable} from 'kysely'
import type {Reader} from './transaction.ts'

/** Which part of a list: `sort` is a field, `-field` for descending; `after` is the cursor of the last row seen. */
export interface Page {
  sort?: string | undefined
  after?: string | undefined
  limit?: number | undefined
}

/** A list that can be read in pages or streamed whole. */
export interface Listing<Row> {
  query(db: Reader, page: Page): Compilable<Row>
  /** The cursor that continues behind this row. */
  cursor(row: Row, page: Page): string
}
