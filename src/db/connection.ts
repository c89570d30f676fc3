import type {Kysely} from 'kysely'
import type {Database} from './schema.ts'

/** An open database. Only the transaction helper and migrations use `db` itself; everything else gets a Reader. */
export interface Connection {
  readonly db: Kysely<Database>
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
