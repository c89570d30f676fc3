import {readFileSync} from 'node:fs'
import {isIPv4} from 'node:net'
import {userInfo} from 'node:os'
import {getCACertificates} from 'node:tls'
import type {Server} from '../../db/connection.ts'
import {UsageError} from '../../rules/errors.ts'
import {whyFailed} from '../../rules/file-failure.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What is known of a server before libpq's defaults and the TLS rule. */
export interface Address {
  host?: string | undefined
  port?: number | undefined
  database?: string | undefined
  user?: string | undefined
  password?: string | undefined
  /** libpq's sslmode and sslrootcert. */
  sslmode?: string | undefined
  ca_file?: string | undefined
}

/**
 * A whole server: libpq's defaults, and TLS with full verification to every host that is not this machine.
 * @param source what said so, for errors: `DATABASE_URL`, `--url`, …
 * @throws UsageError
 */
export function serverAt(address: Address, source: string): Server {
  const {host = 'localhost', port = 5432, user = loginName(), database = user, password} = address
  requireHost(host, source)
  if (/\p{C}/u.test(`${host}${database}${user}`)) {
    throw new UsageError(`${source} has characters that cannot be printed.`, {hint: 'Check host, database and user.'})
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UsageError(`The port in ${source} is not a number from 1 to 65535.`)
  }
  const tls = verifies(host, address.sslmode, source) && certificateAuthority(address.ca_file)
  return {host, port, database, user, tls, ...(password ? {password} : {})}
}

/** Whether a host is this machine: nobody can listen in between. */
export function isLoopback(host: string): boolean {
  return isSocket(host) || host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

function isSocket(host: string): boolean {
  return host.startsWith('/')
}

function requireHost(host: string, source: string): void {
  if (isSocket(host) || /^[\w.:%-]+$/.test(host)) return
  const several = host.includes(',')
  throw new UsageError(`${source} names ${several ? 'several hosts' : 'a host that cannot be one'}.`, {
    hint: several
      ? 'pm takes one: the primary, and a replica with pm context add --replica-host.'
      : 'Check its spelling.',
  })
}

/**
 * Whether TLS, always verify-full, is spoken with a host: to other machines always, to this one where sslmode asks for
 * it. Never on a Unix socket, where PostgreSQL has none. Less than that off this machine is refused, not overruled.
 */
function verifies(host: string, sslmode: string | undefined, source: string): boolean {
  const asked = sslmode !== undefined && /^(require|verify-ca|verify-full)$/.test(sslmode)
  if (isLoopback(host)) return asked && !isSocket(host)
  if (asked || sslmode === undefined) return true
  throw new UsageError(`${source} asks for sslmode=${sslmode}, but pm verifies every server off this machine.`, {
    hint: `Leave sslmode out. If ${host} has a certificate authority of its own, name its file: sslrootcert, or --ca-file.`,
  })
}

function certificateAuthority(file: string | undefined): {ca?: string} {
  if (file === undefined) return {}
  // libpq's word for the authorities that the machine trusts; node brings its own.
  if (file === 'system') return {ca: getCACertificates('system').join('\n')}
  const ca = readCertificates(file)
  // Node would take any text, trust nothing in it, and later say only that the server cannot be verified.
  if (ca.includes('-----BEGIN CERTIFICATE-----')) return {ca}
  throw new UsageError(`There is no certificate in ${file}.`, {
    hint: 'It must be in PEM form: -----BEGIN CERTIFICATE-----',
  })
}

function readCertificates(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UsageError(`The certificate file ${file} cannot be read: ${whyFailed(cause)}.`, {
      hint: 'It is the one of --ca-file, of sslrootcert in an address, or of the context.',
      cause,
    })
  }
}

function loginName(): string {
  try {
    return userInfo().username
  } catch (cause) {
    // A container may run as a user id that has no name.
    throw new UsageError('Nothing says which user to connect as.', {
      hint: 'Give it: PGUSER, --user, or in the URL.',
      cause,
    })
  }
}
