import pg from 'pg'
import type {Server} from '../../src/db/connection.ts'

/** A session of its own, as an operator has it in psql: nothing of pm stands between it and the database. */
export interface Psql {
  /** Runs one statement. @throws what the server says */
  run<Row extends object = Record<string, unknown>>(statement: string, values?: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

export async function openPsql(server: Server): Promise<Psql> {
  const {host, port, database, user} = server
  const client = new pg.Client({host, port, database, user, application_name: 'psql'})
  // A test that drops its database ends its sessions.
  client.on('error', () => {})
  await client.connect()
  return {
    run: async (statement, values = []) => (await client.query(statement, [...values])).rows,
    close: () => client.end(),
  }
}
