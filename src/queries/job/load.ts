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
