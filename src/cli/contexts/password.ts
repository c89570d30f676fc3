import type {Server} from '../../db/connection.ts'
import type {PasswordSource} from '../../rules/context.ts'
import {nameServer} from './pg-variables.ts'
import {findInPgpass} from './pgpass.ts'
import type {Environment} from './server-address.ts'

/**
 * A server with its password: its own, which is from `from`, else PGPASSWORD, else the one in `~/.pgpass`; and where it is from.
 *
 * libpq and pg give PGPASSWORD to whatever server they connect to. An operator has several, so here it goes only to the
 * server that the environment means: with a DATABASE_URL or PG* variables beside it, to the server those name; with
 * none, to whichever asks.
 */
export function withPassword(
  server: Server,
  from: 'saved' | 'DATABASE_URL' | 'PGPASSWORD',
  env: Environment,
): {server: Server; passwordFrom: PasswordSource} {
  if (server.password !== undefined) return {server, passwordFrom: from}
  if (env.PGPASSWORD && (from !== 'saved' || !env.DATABASE_URL) && isMeant(server, env)) {
    return {server: {...server, password: env.PGPASSWORD}, passwordFrom: 'PGPASSWORD'}
  }
  const password = findInPgpass(server, env)
  return password === undefined
    ? {server, passwordFrom: 'none'}
    : {server: {...server, password}, passwordFrom: 'pgpass'}
}

// DATABASE_URL and a saved context may stand beside PG* variables, which then mean a server of their own.
function isMeant({host, port, user}: Server, env: Environment): boolean {
  if (env.PGUSER && env.PGUSER !== user) return false
  if (!nameServer(env)) return true
  return (env.PGHOST || 'localhost') === host && Number(env.PGPORT || 5432) === port
}
