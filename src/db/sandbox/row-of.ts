import type {Selectable} from 'kysely'
import type {Database} from '../schema.ts'

/** A whole row of a table: no column is left to a default, so the sandbox is the same wherever it is loaded. */
export type RowOf<T extends keyof Database> = Selectable<Database[T]>
