import {join} from 'node:path'
import {type Chooser, type ServerKind, serverKinds} from '../../rules/context.ts'
import {NotFound, UsageError} from '../../rules/errors.ts'
import type {Sought} from '../../rules/sought.ts'
import type {Context, Place} from './context.ts'
import {readFolderFile} from './folder-file.ts'
import {withPassword} from './password.ts'
import {nameServer, readPgVariables, refuseSessionVariables} from './pg-variables.ts'
import type {SavedContext} from './saved-context.ts'
import {type Environment, isLoopback, serverAt} from './server-address.ts'
import {parseServerUrl} from './server-url.ts'
import {ContextStore} from './store.ts'

/** Everything that can say where to connect. */
export interface Sources {
  flag: string | undefined
  env: Environment
  workingFolder: string
  configFolder: string
  dataFolder: string
}

/** What decides: a name, and what gave it; or variables that hold the address itself. */
export type Choice = {by: Exclude<Chooser, Variables>; name: string} | {by: Variables}
type Variables = 'DATABASE_URL' | 'PG*'

/**
 * Flag, then environment (`PM_CONTEXT`, `DATABASE_URL`, `PG*`), then `.pm-context` in the folder, then the saved
 * choice, then the sandbox (DESIGN §6).
 * @throws UsageError, Conflict
 */
export function choose(sources: Sources): Choice {
  const {flag, env} = sources
  // An empty flag is a script whose variable is not set; going on would be going somewhere else.
  if (flag === '') throw new UsageError('--context has no name.', {hint: 'Is the variable behind it set?'})
  if (flag !== undefined) return {by: '--context', name: flag}
  if (env.PM_CONTEXT) return {by: 'PM_CONTEXT', name: env.PM_CONTEXT}
  if (env.DATABASE_URL) return {by: 'DATABASE_URL'}
  if (nameServer(env)) return {by: 'PG*'}
  const inFolder = readFolderFile(sources.workingFolder)
  if (inFolder) return {by: '.pm-context', name: inFolder}
  const chosen = storeOf(sources).chosen()
  return chosen ? {by: 'pm context use', name: chosen} : {by: 'default', name: 'sandbox'}
}

/** @throws UsageError, NotFound, Conflict */
export function resolveContext(sources: Sources): Context {
  if (sources.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    throw new UsageError(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the check that a server is the right one. pm does not run with it.',
      {hint: 'Run it without: env -u NODE_TLS_REJECT_UNAUTHORIZED pm …'},
    )
  }
  const choice = choose(sources)
  if (!('name' in choice)) return {...unnamed(choice.by, sources.env), chosenBy: choice.by}
  return {...contextNamed(choice.name, sources, choice.by), chosenBy: choice.by}
}

/** The context of a name, whatever is in force. @throws UsageError, NotFound, Conflict */
export function contextNamed(name: string, sources: Sources, namedBy?: Chooser): Omit<Context, 'chosenBy'> {
  if (name === 'sandbox') return sandbox(sources)
  const saved = getNamed(name, sources, namedBy)
  const {kind, declared_email: email, secret_command: secretCommand} = saved
  const identity = email ? ({kind: 'declared', email} as const) : ({kind: 'session'} as const)
  const place = placeOf(saved, name, sources.env)
  return {name, kind, place, identity, ...(secretCommand === undefined ? {} : {secretCommand})}
}

export function storeOf({configFolder}: Pick<Sources, 'configFolder'>): ContextStore {
  return new ContextStore(join(configFolder, 'contexts'))
}

function getNamed(name: string, sources: Sources, namedBy: Chooser | undefined): SavedContext {
  try {
    return storeOf(sources).get(name)
  } catch (error) {
    if (!(error instanceof NotFound) || namedBy === undefined || namedBy === '--context') throw error
    throw missingContext(name, namedBy, error.sought)
  }
}

/** That what chooses the context names one that is not there. */
export function missingContext(name: string, namedBy: Chooser, sought?: Sought): NotFound {
  return new NotFound(
    `There is no context “${name}”, which ${namedBy} ${namedBy === 'pm context use' ? 'chose' : 'names'}.`,
    {
      hint: 'See which there are: pm context list. Choose one: pm context use NAME, or --context NAME once.',
      ...(sought && {sought}),
    },
  )
}

function placeOf({server: saved, replica}: SavedContext, name: string, env: Environment): Place {
  refuseSessionVariables(env)
  const server = serverAt(saved, name)
  const beside = replica ? {replica: withPassword(serverAt({...saved, ...replica}, name), 'saved', env).server} : {}
  const caFile = saved.ca_file === undefined ? {} : {caFile: saved.ca_file}
  return {type: 'server', ...withPassword(server, 'saved', env), ...beside, ...caFile}
}

/** A server that the environment names. Nobody said what it is: off this machine it is treated as production. */
function unnamed(by: Variables, env: Environment): Omit<Context, 'chosenBy'> {
  refuseSessionVariables(env)
  const address = by === 'PG*' ? readPgVariables(env) : parseServerUrl(env.DATABASE_URL ?? '', by)
  const server = serverAt(address, by)
  const kind = kindOf(env.PM_KIND) ?? (isLoopback(server.host) ? 'development' : 'production')
  const caFile = address.ca_file === undefined ? {} : {caFile: address.ca_file}
  const place = {type: 'server', ...withPassword(server, by === 'PG*' ? 'PGPASSWORD' : by, env), ...caFile} as const
  return {name: server.database, kind, place, identity: {kind: 'session'}}
}

function kindOf(text: string | undefined): ServerKind | undefined {
  if (!text) return undefined
  const kind = serverKinds.find((known) => known === text)
  if (kind) return kind
  throw new UsageError(`PM_KIND is “${text}”.`, {hint: `It is one of ${serverKinds.join(', ')}.`})
}

function sandbox({env, dataFolder}: Sources): Omit<Context, 'chosenBy'> {
  const login = env.PM_SANDBOX_LOGIN || 'op_admin'
  const place = {type: 'sandbox', folder: join(dataFolder, 'sandbox'), login} as const
  return {name: 'sandbox', kind: 'sandbox', place, identity: {kind: 'session'}}
}
