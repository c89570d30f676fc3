import type {Chooser, ContextKind} from '../../rules/context.ts'
import {type Context, describeEndpoint, describePlace, describeServer, type Place} from './context.ts'
import type {Here} from './here.ts'
import {contextNamed, type Sources, storeOf} from './resolve.ts'
import {stripeAccess} from './stripe-access.ts'

/** Every context there is, the sandbox first, and which of them is in force. */
export function contextRows(sources: Sources, here: Here) {
  return ['sandbox', ...storeOf(sources).names()].map((name) => contextRow(name, sources, here))
}

/** A saved context, or the sandbox, as `contextRows` has it. @throws NotFound */
export function contextRow(name: string, sources: Sources, {choice}: Here) {
  const chosen = choice && 'name' in choice && choice.name === name ? choice.by : null
  return {name, ...whatIs(name, sources), current: chosen !== null, chosen_by: chosen}
}

/** Everything about a context but its secrets; `chosenBy` is null for one that is not in force. */
export function contextDetail(context: Omit<Context, 'chosenBy'>, chosenBy: Chooser | null, sources: Sources) {
  const {name, kind, place, identity, secretCommand = null} = context
  const {mode, keyFrom} = stripeAccess(context, sources)
  return {
    name,
    kind,
    where: describePlace(place),
    current: chosenBy !== null,
    chosen_by: chosenBy,
    declared_email: identity.kind === 'declared' ? identity.email : null,
    secret_command: secretCommand,
    ...factsOf(place),
    stripe_mode: mode,
    stripe_key: keyFrom,
  }
}

/** The contexts whose name has what was typed so far, to choose from. */
export function searchContexts(typed: string, sources: Sources): {value: string; description: string}[] {
  return contextRows(sources, {})
    .filter(({name}) => name.includes(typed))
    .map(({name, kind, where}) => ({value: name, description: `${kind}, ${where}`}))
}

// Neither certificates nor ~/.pgpass are read for it: what is broken there must not hide the other contexts.
function whatIs(name: string, sources: Sources): {kind: ContextKind; where: string; user: string} {
  if (name === 'sandbox') {
    const {kind, place} = contextNamed(name, sources)
    return {kind, where: describePlace(place), user: factsOf(place).user}
  }
  const {kind, server} = storeOf(sources).get(name)
  return {kind, where: describeServer(server), user: server.user}
}

function factsOf(place: Place) {
  if (place.type === 'sandbox') return {...noServer, user: place.login, folder: place.folder}
  const {server, replica, passwordFrom, caFile = null} = place
  const {host, port, database, user} = server
  return {
    user,
    host,
    port,
    database,
    replica: replica ? describeEndpoint(replica) : null,
    tls: server.tls ? ('verify-full' as const) : ('off' as const),
    ca_file: caFile,
    password: passwordFrom,
    folder: null,
  }
}

const noServer = {host: null, port: null, database: null, replica: null, tls: null, ca_file: null, password: null}
