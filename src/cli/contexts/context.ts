import type {Server} from '../../db/connection.ts'
import type {Identity} from '../../db/identity.ts'
import type {Chooser, ContextKind, PasswordSource} from '../../rules/context.ts'

export type Place =
  | {type: 'sandbox'; folder: string; login: string}
  | {type: 'server'; server: Server; replica?: Server; passwordFrom: PasswordSource; caFile?: string}

/** Where a command works: which database, how careful to be there, and who said so. */
export interface Context {
  name: string
  kind: ContextKind
  place: Place
  identity: Identity
  /** The shell command that stores a secret, where the context has one. */
  secretCommand?: string
  chosenBy: Chooser
}

/** `db-1.example:5432/penguinmails`, or what stands for the sandbox. */
export function describePlace(place: Place): string {
  return place.type === 'sandbox' ? 'embedded database' : describeServer(place.server)
}

/** `db-1.example:5432/penguinmails`. */
export function describeServer({host, port, database}: Pick<Server, 'host' | 'port' | 'database'>): string {
  return `${describeEndpoint({host, port})}/${database}`
}

/** `db-1.example:5432`, `[::1]:5432`, or the folder of a Unix socket. */
export function describeEndpoint({host, port}: Pick<Server, 'host' | 'port'>): string {
  if (host.startsWith('/')) return host
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
