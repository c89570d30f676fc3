import type {Compilable} from 'kysely'
import type {Reader} from './transaction.ts'

/** Which part of a list: `sort` is a field, `-field` for descending; `after` is the cursor of the last row seen. */
export interface Page {
  sort?: string | undefined
  after?: string | undefined
  limit?: number | undefined
}

/** One page of a list, or all of it: to be streamed, or to be read at once where it is short. */
interface ListQuery<Row> extends Compilable<Row> {
  execute(): Promise<Row[]>
}

/** A list that can be read in pages or streamed whole. */
export interface Listing<Row> {
  query(db: Reader, page: Page): ListQuery<Row>
  /** The cursor that continues behind this row. */
  cursor(row: Row, page: Page): string
}
