import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'

/** How many locks are waited for, by all sessions of this database. */
export async function countWaiting(db: Reader): Promise<number> {
  const {waiting} = await db
    .selectNoFrom(
      sql<number>`(select count(*) from pg_locks where not granted and (database is null or database =
        (select oid from pg_database where datname = current_database())))`.as('waiting'),
    )
    .executeTakeFirstOrThrow()
  return waiting
}

/** How far this replica is behind; 0 where it has replayed all it received, and on a primary. */
export async function lagSeconds(db: Reader): Promise<number> {
  const {lag} = await db
    .selectNoFrom(
      sql<
        number | null
      >`case when pg_is_in_recovery() and pg_last_wal_receive_lsn() is distinct from pg_last_wal_replay_lsn()
        then extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::float8 end`.as('lag'),
    )
    .executeTakeFirstOrThrow()
  return lag ?? 0
}

/** A session that keeps others waiting. What operators may read of it, whoever they are. */
export interface Holder {
  pid: number
  /** Null where the lock is a prepared transaction's, or its session has just ended. */
  login: string | null
  application: string | null
}

/** Who holds a lock that one of these server processes waits for; undefined where none does. */
export async function findHolder(db: Reader, pids: readonly number[]): Promise<Holder | undefined> {
  const waiting = sql<{pid: number}>`(select h.pid from unnest(${pids}::int[]) w (pid)
    cross join lateral unnest(pg_blocking_pids(w.pid)) h (pid) where h.pid <> all (${pids}::int[]))`
  return db
    .selectFrom(waiting.as<'h'>(sql.ref('h')))
    .leftJoin(sql<Activity>`pg_stat_activity`.as<'a'>(sql.ref('a')), 'a.pid', 'h.pid')
    .select(['h.pid', 'a.usename as login', sql<string | null>`nullif(a.application_name, '')`.as('application')])
    .orderBy('h.pid')
    .limit(1)
    .executeTakeFirst()
}

interface Activity {
  pid: number
  usename: string | null
  application_name: string
}
