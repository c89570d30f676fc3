import {sql} from 'kysely'
import {type GuardState, guardState} from '../../db/guard-state.ts'
import type {Identity, Operator} from '../../db/identity.ts'
import {appliedMigrations, migrationNames, recordState} from '../../db/migrate.ts'
import {readRaw} from '../../db/read-raw.ts'
import {type Reader, read, type Session} from '../../db/transaction.ts'

/** What a server says of itself and of whoever asks; any login may. */
interface Here {
  server_version: string
  login: string
  /** Whether it takes writes, or follows another server. */
  server_role: 'primary' | 'replica'
  /** How far its log has come, in bytes. */
  position: number
}

/** What a database is to pm. */
export interface DatabaseState extends Here, GuardState {
  /** Null where pm is set up and the login may not see how. */
  migrations: string[] | null
  pending: string[] | null
}

/** What the database is, however far it is set up. */
export async function readState(db: Reader, identity: Identity): Promise<DatabaseState> {
  const migrations = (await recordState(db)) === 'hidden' ? null : await appliedMigrations(db)
  const pending = migrations && migrationNames(identity).filter((name) => !migrations.includes(name))
  return {...(await readHere(db)), ...(await guardState(db)), migrations, pending}
}

/** Who is there, as the primary knows them. @throws NotIdentified */
export function whoIsThere(session: Session): Promise<Operator> {
  return read(session, 'none', async (_db, operator) => operator, session.primary)
}

/** How far a replica is behind. */
export interface ReplicaState {
  replica_state: 'following' | 'not a replica'
  /** How much of the primary's log it has yet to replay. */
  replica_lag_bytes: number | null
  /** How old the last transaction is that it replayed; 0 where nothing is left to replay. */
  replica_lag_seconds: number | null
}

/** How a replica stands to its primary, whose position was read first. */
export async function readReplica(replica: Reader, primaryPosition: number): Promise<ReplicaState> {
  const {server_role, position} = await readHere(replica)
  if (server_role === 'primary') {
    return {replica_state: 'not a replica', replica_lag_bytes: null, replica_lag_seconds: null}
  }
  const bytes = Math.max(0, primaryPosition - position)
  const seconds = bytes === 0 ? 0 : await secondsBehind(replica)
  return {replica_state: 'following', replica_lag_bytes: bytes, replica_lag_seconds: seconds}
}

async function readHere(db: Reader): Promise<Here> {
  const [here] = await readRaw(
    db,
    sql<Here>`select current_setting('server_version') as server_version, session_user::text as login,
      case when pg_is_in_recovery() then 'replica' else 'primary' end as server_role,
      pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end,
        '0/0')::bigint as position`,
  )
  if (!here) throw new Error('The server said nothing of itself.')
  return here
}

async function secondsBehind(replica: Reader): Promise<number | null> {
  const [row] = await readRaw(
    replica,
    sql<{seconds: number | null}>`
      select round(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()))::integer as seconds`,
  )
  return row?.seconds ?? null
}
