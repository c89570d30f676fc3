import {setTimeout as wait} from 'node:timers/promises'
import {type Kysely, sql} from 'kysely'
import type {Database} from '../../src/db/schema.ts'

const patienceMs = 120_000
const pollMs = 10

/** What the server's process list shows of pm in this database. */
export interface ServerSession {
  pid: number
  state: string
  wait: string | null
  query: string
}

export async function pmSessions(db: Kysely<Database>): Promise<ServerSession[]> {
  const {rows} = await sql<ServerSession>`
    select pid, state, wait_event_type as wait, query from pg_stat_activity
    where datname = current_database() and application_name like 'pm ip %'`.execute(db)
  return rows
}

/** Waits until pm's sessions are as told, such as all gone or one waiting for a lock. */
export async function sessionsUntil(
  db: Kysely<Database>,
  holds: (sessions: ServerSession[]) => boolean,
): Promise<ServerSession[]> {
  const deadline = Date.now() + patienceMs
  while (true) {
    const sessions = await pmSessions(db)
    if (holds(sessions)) return sessions
    if (Date.now() > deadline) throw new Error(`The server's sessions stay ${JSON.stringify(sessions)}`)
    await wait(pollMs)
  }
}

export const allGone = (sessions: ServerSession[]) => sessions.length === 0
export const waitingForLock = (sessions: ServerSession[]) => sessions.some((session) => session.wait === 'Lock')
