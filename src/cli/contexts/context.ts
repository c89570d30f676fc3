import type {Server} from '../../db/connection.ts'
import type {Identity} from '../../db/identity.ts'

export const contextKinds = ['sandbox', 'development', 'staging', 'production'] as const
export type ContextKind = (typeof contextKinds)[number]

export type Place =
  | {type: 'sandbox'; folder: string; login: string}
  | {type: 'server'; server: Server; replica?: Server}

/** Where a command works: which database, how careful to be there, and who said so. */
export interface Context {
  name: string
  kind: ContextKind
  place: Place
  identity: Identity
  /** What chose it, for `pm context show`: `--context`, `DATABASE_URL`, … */
  chosenBy: string
}

/** A context as `pm context add` saves it. The password, if any, came from stdin; the file is 0600. */
export interface SavedContext {
  kind: Exclude<ContextKind, 'sandbox'>
  server: Omit<Server, 'tls'> & {ca_file?: string}
  replica?: Omit<Server, 'tls'> & {ca_file?: string}
  /** The e-mail to be taken for, where the database cannot know its logins (`identity: declared`). */
  declared_email?: string
}

/** `db-1.example:5432/penguinmails`, or what stands for the sandbox. */
export function describePlace(place: Place): string {
  if (place.type === 'sandbox') return 'embedded database'
  const {host, port, database} = place.server
  return host.startsWith('/') ? `${host}/${database}` : `${host}:${port}/${database}`
}
