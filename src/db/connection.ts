import type {CompiledQuery, Kysely, QueryExecutorProvider} from 'kysely'
import type {Database} from './schema.ts'

/** An open database. Only the transaction helper and migrations use `db` itself; everything else gets a Reader. */
export interface Connection {
  readonly db: Kysely<Database>
  /** The rows of a statement without parameters in a transaction, in the way that suits very many of them. */
  rowsOf<Row>(trx: QueryExecutorProvider, statement: CompiledQuery<Row>): Promise<Row[]>
  /** Asks the server to stop what it is doing for us; what was not committed is rolled back. */
  cancel(): Promise<void>
  close(): Promise<void>
}

/** A PostgreSQL server. `tls` false is for loopback and Unix sockets only. */
export interface Server {
  host: string
  port: number
  database: string
  user: string
  password?: string
  tls: false | {ca?: string}
}
