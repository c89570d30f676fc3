import {readFileSync, statSync} from 'node:fs'
import {homedir} from 'node:os'
import {join} from 'node:path'
import type {Server} from '../../db/connection.ts'
import type {Environment} from './server-address.ts'

/**
 * The password that `~/.pgpass`, or the file PGPASSFILE names, has for a server. As in libpq, the first line that
 * matches counts, and a file that others can read does not (PostgreSQL documentation, "The Password File").
 */
export function findInPgpass(server: Server, env: Environment): string | undefined {
  const lines = readPgpass(env.PGPASSFILE || join(env.HOME || homedir(), '.pgpass')).split(/\r?\n/)
  return lines.map(fieldsOf).find((fields) => matches(fields, server))?.[4]
}

function readPgpass(file: string): string {
  try {
    const status = statSync(file)
    return status.isFile() && !(status.mode & 0o077) ? readFileSync(file, 'utf8') : ''
  } catch {
    return '' // as libpq: a file one may not read has no password
  }
}

// host:port:database:user:password; a backslash takes the meaning from a colon or a backslash.
function fieldsOf(line: string): string[] {
  if (line.startsWith('#')) return []
  return (line.match(/(?:\\.|[^:\\])*(?::|$)/g) ?? [])
    .map((field) => field.replace(/:$/, '').replaceAll(/\\(.)/g, '$1'))
    .slice(0, 5)
}

function matches([host, port, database, user, password]: readonly string[], server: Server): boolean {
  if (!password) return false
  // A Unix socket's host is localhost in this file.
  const hosts = server.host.startsWith('/') ? [server.host, 'localhost'] : [server.host]
  return (
    hosts.some((name) => fits(host, name)) &&
    fits(port, String(server.port)) &&
    fits(database, server.database) &&
    fits(user, server.user)
  )
}

function fits(pattern: string | undefined, value: string): boolean {
  return pattern === '*' || pattern === value
}
