import type {Connection} from '../db/connection.ts'
import type {Session} from '../db/transaction.ts'
import type {Context} from './contexts/context.ts'

// Opened when they are needed: the workers of a job, and one that looks after them.
const mostConnections = 17

export interface OpenedSession extends Session {
  close(): Promise<void>
  cancel(): Promise<void>
}

/** Opens the database a context names. What only one kind of place needs is loaded only there. */
export async function openSession(
  {place, identity}: Context,
  {
    applicationName,
    limits,
    progress,
  }: {applicationName: string; limits: Session['limits']; progress: (message: string) => void},
): Promise<OpenedSession> {
  if (place.type === 'sandbox') {
    const {openSandbox} = await import('../db/sandbox.ts')
    return over([await openSandbox({...place, progress})], {identity, limits})
  }
  const {openServer} = await import('../db/server.ts')
  const servers = [place.server, ...(place.replica ? [place.replica] : [])]
  // The server itself ends what takes longer than a statement may, and a transaction idle for twice as long.
  const silenceMs = limits.statementMs * 2 + 5_000
  return over(
    servers.map((server) => openServer(server, applicationName, mostConnections, silenceMs)),
    {identity, limits},
  )
}

/** A session over connections that are open: the primary, and the replica if there is one. */
export function over(
  connections: readonly Connection[],
  settings: Pick<Session, 'identity' | 'limits'>,
): OpenedSession {
  const [primary, replica] = connections
  if (!primary) throw new Error('A session needs a connection.')
  return {
    ...settings,
    primary,
    ...(replica ? {replica} : {}),
    close: async () => void (await Promise.all(connections.map((connection) => connection.close()))),
    cancel: async () => void (await Promise.all(connections.map((connection) => connection.cancel()))),
  }
}
