import {resolve} from 'node:path'
import type {ServerKind} from '../../rules/context.ts'
import {UsageError} from '../../rules/errors.ts'
import {modeOfKey, type StripeMode} from '../../rules/stripe-mode.ts'
import type {SavedContext} from './saved-context.ts'
import {type Address, serverAt} from './server-address.ts'
import {parseServerUrl} from './server-url.ts'

/** What `pm context add` was told. */
export interface NewContext {
  kind: ServerKind
  url?: string | undefined
  host?: string | undefined
  port?: number | undefined
  database?: string | undefined
  user?: string | undefined
  'ca-file'?: string | undefined
  'replica-host'?: string | undefined
  'replica-port'?: number | undefined
  'declared-email'?: string | undefined
  'stripe-mode'?: StripeMode | undefined
  'password-stdin'?: boolean | undefined
  'stripe-key-stdin'?: boolean | undefined
  'secret-command'?: string | undefined
}

/** What a context keeps secret, by what it is called. */
type Secrets = Partial<Record<'password' | 'Stripe key', string>>

/**
 * A context as it will be saved: whole, so that it leads to the same place whoever runs pm, wherever.
 * @throws UsageError, so that what is saved can be used
 */
export function newContext(told: NewContext, workingFolder: string): SavedContext {
  if (told.url === undefined && told.host === undefined) {
    throw new UsageError('Where is the database?', {
      hint: 'Say it with --host HOST, or --url postgres://USER@HOST/DATABASE',
    })
  }
  const address = withAuthority(told.url === undefined ? addressOf(told) : addressInUrl(told.url), told, workingFolder)
  const source = told.url === undefined ? 'the command line' : '--url'
  const {host, port, database, user} = serverAt(address, source)
  const replica = replicaOf(told, port)
  if (replica) serverAt({...address, ...replica}, '--replica-host')
  const {sslmode, ca_file} = address
  return {
    kind: told.kind,
    server: {host, port, database, user, ...(ca_file ? {ca_file} : {}), ...(sslmode ? {sslmode} : {})},
    ...(replica ? {replica} : {}),
    ...(told['declared-email'] === undefined ? {} : {declared_email: told['declared-email']}),
    ...(told['stripe-mode'] === undefined ? {} : {stripe: {mode: told['stripe-mode']}}),
    ...(told['secret-command'] === undefined ? {} : {secret_command: told['secret-command']}),
  }
}

/** The secrets that were announced, in the order in which they come. */
export function secretsOf(told: NewContext): (keyof Secrets)[] {
  return [
    ...(told['password-stdin'] ? ['password' as const] : []),
    ...(told['stripe-key-stdin'] ? ['Stripe key' as const] : []),
  ]
}

/** The context with its secrets; without a mode of its own it bills in that of the key. @throws UsageError for no key */
export function withSecrets(context: SavedContext, {password, 'Stripe key': key}: Secrets): SavedContext {
  return {
    ...context,
    server: {...context.server, ...(password === undefined ? {} : {password})},
    ...(key === undefined ? {} : {stripe: {mode: modeFor(key, context.stripe?.mode), key}}),
  }
}

function modeFor(key: string, told: StripeMode | undefined): StripeMode {
  const mode = modeOfKey(key)
  if (told === undefined || told === mode) return mode
  throw new UsageError(`The Stripe key is a ${mode} key, and --stripe-mode says ${told}.`)
}

function addressOf({host, port, database, user}: NewContext): Address {
  return {host, port, database, user}
}

function addressInUrl(url: string): Address {
  const {password, ...address} = parseServerUrl(url, '--url')
  if (password === undefined) return address
  throw new UsageError('--url has a password in it, which others can see and the shell keeps.', {
    hint: 'Leave it out, and give it by --password-stdin, PGPASSWORD or ~/.pgpass. This one may be known already.',
  })
}

/** An authority named by itself asks for TLS on this machine, too: there may be a tunnel behind it. */
function withAuthority(address: Address, {'ca-file': caFile}: NewContext, workingFolder: string): Address {
  const file = caFile ?? address.ca_file
  if (file === undefined) return address
  const asked = caFile === undefined ? address.sslmode : 'verify-full'
  return {...address, ca_file: file === 'system' ? file : resolve(workingFolder, file), sslmode: asked}
}

function replicaOf({'replica-host': host, 'replica-port': port}: NewContext, primaryPort: number) {
  return host === undefined ? undefined : {host, port: port ?? primaryPort}
}
