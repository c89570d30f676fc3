import {readFileSync} from 'node:fs'
import {userInfo} from 'node:os'
import type {Server} from '../../db/connection.ts'
import {UsageError} from '../../rules/errors.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What is known of a server's address before defaults and the TLS rule. */
export interface Address {
  host?: string | undefined
  port?: number | undefined
  database?: string | undefined
  user?: string | undefined
  password?: string | undefined
  ca_file?: string | undefined
}

/**
 * A server from a `postgres://` URL. Its `sslmode` can ask for less than pm gives, and is then refused.
 * @throws UsageError; never repeats the URL, which may hold a password.
 */
export function parseServerUrl(url: string, source: string): Server {
  const parsed = URL.parse(url)
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new UsageError(`${source} is not a PostgreSQL URL.`, {hint: 'It reads postgres://USER@HOST:PORT/DATABASE'})
  }
  const option = (name: string) => parsed.searchParams.get(name) ?? undefined
  const host = option('host') ?? decodeURIComponent(parsed.hostname.replace(/^\[|\]$/g, ''))
  const server = serverAt({
    host: host || undefined,
    port: parsed.port ? Number(parsed.port) : undefined,
    database: decodeURIComponent(parsed.pathname.slice(1)) || undefined,
    user: decodeURIComponent(parsed.username) || undefined,
    password: decodeURIComponent(parsed.password) || undefined,
    ca_file: option('sslrootcert'),
  })
  refuseWeakTls(server, option('sslmode'), source)
  return server
}

/** A server from the `PG*` variables that libpq documents. @throws UsageError for those that pm does not follow. */
export function serverFromPgVariables(env: Environment): Server {
  for (const name of ['PGSERVICE', 'PGSERVICEFILE', 'PGTARGETSESSIONATTRS']) {
    if (env[name])
      throw new UsageError(`pm does not follow ${name}.`, {
        hint: 'Save a context instead: pm context add NAME --host …',
      })
  }
  const server = serverAt({
    host: env.PGHOST,
    port: env.PGPORT ? Number(env.PGPORT) : undefined,
    database: env.PGDATABASE,
    user: env.PGUSER,
    password: env.PGPASSWORD,
    ca_file: env.PGSSLROOTCERT,
  })
  refuseWeakTls(server, env.PGSSLMODE, 'PGSSLMODE')
  return server
}

/** A whole server: libpq's defaults, and TLS with full verification to every host that is not this machine. */
export function serverAt({
  host = 'localhost',
  port = 5432,
  user = userInfo().username,
  database = user,
  password,
  ca_file,
}: Address): Server {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new UsageError(`${port} is not a port.`)
  const tls = isLoopback(host) ? false : certificateAuthority(ca_file)
  return {host, port, database, user, tls, ...(password === undefined ? {} : {password})}
}

/** Whether a host is this machine: nobody can listen in between. */
export function isLoopback(host: string): boolean {
  return host.startsWith('/') || host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

function certificateAuthority(file: string | undefined): {ca?: string} {
  if (file === undefined) return {}
  try {
    return {ca: readFileSync(file, 'utf8')}
  } catch (cause) {
    throw new UsageError(`The certificate file ${file} cannot be read.`, {cause})
  }
}

function refuseWeakTls({tls, host}: Server, sslmode: string | undefined, source: string): void {
  if (tls === false || sslmode === undefined || sslmode === 'verify-full') return
  if (sslmode === 'require' || sslmode === 'verify-ca') return
  throw new UsageError(`${source} asks for sslmode=${sslmode}, but pm verifies every server off this machine.`, {
    hint: `Leave sslmode out; give the certificate authority of ${host} with sslrootcert if it has its own.`,
  })
}
