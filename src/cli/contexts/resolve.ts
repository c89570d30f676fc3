import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {UsageError} from '../../rules/errors.ts'
import {type Context, type ContextKind, contextKinds} from './context.ts'
import {type Environment, isLoopback, parseServerUrl, serverAt, serverFromPgVariables} from './server-address.ts'
import {ContextStore} from './store.ts'

/** Everything that can say where to connect. */
export interface Sources {
  flag: string | undefined
  env: Environment
  workingFolder: string
  configFolder: string
  dataFolder: string
}

const folderFile = '.pm-context'

/**
 * Flag, then environment (`PM_CONTEXT`, `DATABASE_URL`, `PG*`), then `.pm-context` in the folder, then the saved
 * choice, then the sandbox (DESIGN §6).
 * @throws UsageError, NotFound, Conflict
 */
export function resolveContext(sources: Sources): Context {
  const {env} = sources
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    throw new UsageError(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 would switch off the check of every server. pm does not run with it.',
    )
  }
  if (sources.flag) return named(sources.flag, '--context', sources)
  if (env.PM_CONTEXT) return named(env.PM_CONTEXT, 'PM_CONTEXT', sources)
  if (env.DATABASE_URL) return unnamed(parseServerUrl(env.DATABASE_URL, 'DATABASE_URL'), 'DATABASE_URL', env)
  if (env.PGHOST || env.PGDATABASE || env.PGSERVICE) return unnamed(serverFromPgVariables(env), 'PG*', env)
  const inFolder = nameInFolder(sources.workingFolder)
  if (inFolder) return named(inFolder, folderFile, sources)
  const saved = storeOf(sources).read().current
  return saved ? named(saved, 'pm context use', sources) : sandbox('default', sources)
}

export function storeOf({configFolder}: Pick<Sources, 'configFolder'>): ContextStore {
  return new ContextStore(join(configFolder, 'contexts.json'))
}

function named(name: string, chosenBy: string, sources: Sources): Context {
  if (name === 'sandbox') return sandbox(chosenBy, sources)
  const {kind, server, replica, declared_email: email} = storeOf(sources).get(name)
  const place = {type: 'server', server: serverAt(server), ...(replica ? {replica: serverAt(replica)} : {})} as const
  return {name, kind, place, identity: email ? {kind: 'declared', email} : {kind: 'session'}, chosenBy}
}

/** A server that the environment names. Nobody said what it is: off this machine it is treated as production. */
function unnamed(server: ReturnType<typeof serverAt>, chosenBy: string, env: Environment): Context {
  const kind = kindOf(env.PM_KIND) ?? (isLoopback(server.host) ? 'development' : 'production')
  return {name: server.database, kind, place: {type: 'server', server}, identity: {kind: 'session'}, chosenBy}
}

function kindOf(text: string | undefined): ContextKind | undefined {
  if (!text) return undefined
  const kind = contextKinds.find((known) => known === text)
  if (kind) return kind
  throw new UsageError(`PM_KIND is “${text}”.`, {hint: `It is one of ${contextKinds.join(', ')}.`})
}

function sandbox(chosenBy: string, {env, dataFolder}: Sources): Context {
  const login = env.PM_SANDBOX_LOGIN || 'op_admin'
  const place = {type: 'sandbox', folder: join(dataFolder, 'sandbox'), login} as const
  return {name: 'sandbox', kind: 'sandbox', place, identity: {kind: 'session'}, chosenBy}
}

function nameInFolder(folder: string): string | undefined {
  const file = join(folder, folderFile)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() || undefined : undefined
}
