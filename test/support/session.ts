import type {Identity} from '../../src/db/identity.ts'
import {openServer} from '../../src/db/server.ts'
import type {Session} from '../../src/db/transaction.ts'
import type {TestDatabase} from './database.ts'

/** A login's session on a test's database, as a command would open it. */
export interface TestSession extends Session {
  close(): Promise<void>
}

export function openSessionAs(
  database: TestDatabase,
  login: string,
  identity: Identity = {kind: 'session'},
  poolSize = 2,
): TestSession {
  const primary = openServer(database.server(login), 'pm test', poolSize)
  return {primary, identity, limits: {statementMs: 20_000, lockMs: 10_000}, close: () => primary.close()}
}
