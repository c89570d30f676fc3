import {UsageError} from '../../rules/errors.ts'
import type {Address, Environment} from './server-address.ts'
import {refuseUnfollowed} from './unfollowed.ts'

// PGUSER and PGPASSWORD say as whom, not where.
const placing = ['PGHOST', 'PGHOSTADDR', 'PGPORT', 'PGDATABASE', 'PGSERVICE']

/** Whether `PG*` variables name a server. */
export function nameServer(env: Environment): boolean {
  return placing.some((name) => env[name])
}

/** What the `PG*` variables that libpq documents say. @throws UsageError for those that pm does not follow. */
export function readPgVariables(env: Environment): Address {
  refuseUnfollowed(
    (_, variable) => env[variable],
    (_, variable) => variable,
  )
  return {
    host: env.PGHOST || undefined,
    port: env.PGPORT ? Number(env.PGPORT) : undefined,
    database: env.PGDATABASE || undefined,
    user: env.PGUSER || undefined,
    password: env.PGPASSWORD || undefined,
    sslmode: env.PGSSLMODE || undefined,
    ca_file: env.PGSSLROOTCERT || undefined,
  }
}

/**
 * Refuses what pg takes from the environment of every connection, whatever it is told: it would change what a session
 * does, and PgBouncer refuses it.
 * @throws UsageError
 */
export function refuseSessionVariables(env: Environment): void {
  const found = ['PGOPTIONS', 'PGREPLICATION'].find((name) => env[name])
  if (found) throw new UsageError(`pm does not follow ${found}.`, {hint: `Run it without: env -u ${found} pm …`})
}
