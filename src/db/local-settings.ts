import {type QueryExecutorProvider, sql} from 'kysely'

/** How long the server may take for a statement, and wait for a lock; 0 is for ever. */
export interface Limits {
  statementMs: number
  lockMs: number
  /**
   * How long a transaction may keep its locks while nothing is asked of it; left out, twice as long as a statement, and for
   * a list that is streamed, which has no locks, much longer.
   */
  idleMs?: number
}

const nilUuid = '00000000-0000-0000-0000-000000000000'

/**
 * Everything a transaction of pm depends on, in one round trip and local to it. The nil tenant and user keep a
 * platform's own policies from raising where they read a setting without a default (data-safety §2.1).
 */
export async function setLocally(
  trx: QueryExecutorProvider,
  {statementMs, lockMs, idleMs = statementMs * 2}: Limits,
  access: 'read only' | 'read write',
): Promise<void> {
  const local = {
    transaction_read_only: access === 'read only' ? 'on' : 'off',
    statement_timeout: `${statementMs}`,
    lock_timeout: `${lockMs}`,
    idle_in_transaction_session_timeout: `${idleMs}`,
    // Its table is made for as many keys as all rows have, however few are shown: milliseconds for each page of a list.
    enable_memoize: 'off',
    search_path: 'public, pg_temp',
    TimeZone: 'UTC',
    DateStyle: 'ISO, MDY',
    'app.current_tenant_id': nilUuid,
    'app.current_user_id': nilUuid,
  }
  const calls = Object.entries(local).map(([name, value]) => sql`set_config(${sql.lit(name)}, ${sql.lit(value)}, true)`)
  await sql`select ${sql.join(calls)}`.execute(trx)
}
