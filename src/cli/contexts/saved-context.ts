import {type ServerKind, serverKinds} from '../../rules/context.ts'
import {Conflict} from '../../rules/errors.ts'
import {type StripeMode, stripeModes} from '../../rules/stripe-mode.ts'

/** A context as `pm context add` saves it, in a file of its own. The password, if any, came from stdin. */
export interface SavedContext {
  kind: ServerKind
  server: SavedServer
  /** Has the database, the user, the password and the certificate authority of the server. */
  replica?: {host: string; port: number}
  /** The e-mail to be taken for, where the database cannot know its logins (`identity: declared`). */
  declared_email?: string
  /** Stores a secret: a shell command that gets it on stdin, and what to keep it under in PM_SECRET_REF. */
  secret_command?: string
  stripe?: SavedStripe
}

/** Which of Stripe's two worlds the platform bills in, and the key to it, if any, from stdin. */
export interface SavedStripe {
  mode: StripeMode
  key?: string
}

interface SavedServer {
  host: string
  port: number
  database: string
  user: string
  password?: string
  ca_file?: string
  /** Only where it asks for more than pm does by itself: TLS on loopback. */
  sslmode?: string
}

/** @throws Conflict when it is not what pm wrote. */
export function parseSavedContext(text: string, file: string): SavedContext {
  const value = parseJson(text)
  if (isSavedContext(value)) return value
  throw new Conflict(`${file} is damaged.`, {hint: 'Move it away, and add the context again: pm context add'})
}

export function savedContextText(context: SavedContext): string {
  return `${JSON.stringify(context, null, 2)}\n`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isSavedContext(value: unknown): value is SavedContext {
  if (!isRecord(value)) return false
  const {kind, server, replica, declared_email, secret_command, stripe} = value
  const known = serverKinds.some((name) => name === kind)
  const rest = (replica === undefined || isEndpoint(replica)) && (stripe === undefined || isStripe(stripe))
  return known && isServer(server) && [declared_email, secret_command].every(isOptionalText) && rest
}

function isStripe(value: unknown): boolean {
  return isRecord(value) && stripeModes.some((mode) => mode === value['mode']) && isOptionalText(value['key'])
}

function isServer(value: unknown): boolean {
  if (!isRecord(value) || !isEndpoint(value)) return false
  const {database, user, password, ca_file, sslmode} = value
  return typeof database === 'string' && typeof user === 'string' && [password, ca_file, sslmode].every(isOptionalText)
}

function isEndpoint(value: unknown): boolean {
  return isRecord(value) && typeof value['host'] === 'string' && typeof value['port'] === 'number'
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
