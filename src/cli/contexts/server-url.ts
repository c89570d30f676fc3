import {UsageError} from '../../rules/errors.ts'
import type {Address} from './server-address.ts'
import {refuseUnfollowed} from './unfollowed.ts'

/**
 * What a `postgres://` URL says, in libpq's reading: parameters behind the `?` may say the same things, and win.
 * @param source what it is called in errors, which never repeat the URL: it may hold a password
 * @throws UsageError
 */
export function parseServerUrl(url: string, source: string): Address {
  const parsed = URL.parse(url)
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new UsageError(`${source} is not a PostgreSQL URL.`, {hint: 'It reads postgres://USER@HOST:PORT/DATABASE'})
  }
  const option = (name: string) => parsed.searchParams.get(name) || undefined
  const part = (text: string) => decode(text, source) || undefined
  refuseUnfollowed(option, (parameter) => `${parameter} in ${source}`)
  const port = option('port') ?? parsed.port
  return {
    host: option('host') ?? part(parsed.hostname.replace(/^\[|\]$/g, '')),
    port: port ? Number(port) : undefined,
    database: option('dbname') ?? part(parsed.pathname.slice(1)),
    user: option('user') ?? part(parsed.username),
    password: option('password') ?? part(parsed.password),
    sslmode: option('sslmode'),
    ca_file: option('sslrootcert'),
  }
}

function decode(text: string, source: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw new UsageError(`${source} has a % that begins no escape.`, {hint: 'In a URL, write % as %25.', cause})
  }
}
