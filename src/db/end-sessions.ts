import {setTimeout as wait} from 'node:timers/promises'
import {sql} from 'kysely'
import {quotedName} from '../rules/login-name.ts'
import {explainFailure} from './failure.ts'
import {setLocally} from './local-settings.ts'
import type {Session} from './transaction.ts'

const patienceMs = 5_000
const pollMs = 50

/**
 * By what right somebody ends a login's sessions: by one they have; by the login's own, which whoever administers it
 * may lend themselves; or by that of whoever set pm up (db/migrations/pm/shut-out.ts).
 */
export type Right = 'own' | 'borrowed' | 'lent'

/** How many sessions of a login were ended, and how many are open all the same. */
export interface SessionsEnded {
  ended: number
  left: number
}

/**
 * Ends a login's sessions in all databases of the server, also those that a pool holds open for it, and looks again until
 * none is left. Without a right it only looks.
 */
export async function endSessions(session: Session, login: string, right: Right | null): Promise<SessionsEnded> {
  const deadline = Date.now() + patienceMs
  const ended = new Set<number>()
  while (true) {
    const open = await endOpen(session, login, right)
    if (open.length === 0 || right === null || Date.now() > deadline) return {ended: ended.size, left: open.length}
    for (const pid of open) ended.add(pid)
    await wait(pollMs)
  }
}

/**
 * The sessions that were open; told to end, if there is a right to. A transaction of its own, since within one the
 * server's list of sessions does not change; rolled back, since a signal stays sent and a loan must not stay.
 */
async function endOpen({primary, limits}: Session, login: string, right: Right | null): Promise<number[]> {
  const told = right === null ? sql`false` : sql`pg_terminate_backend(pid)`
  const open = sql<{pid: number}>`select pid, ${told} as told from pg_stat_activity where usename = ${login}`
  const lent = sql<{pid: number}>`select pid from pm.shut_out(${login}, 'end sessions') as pid`
  const trx = await primary.db.startTransaction().execute()
  try {
    await setLocally(trx, limits, 'read write')
    if (right === 'borrowed') await sql.raw(`grant ${quotedName(login)} to current_user`).execute(trx)
    return (await (right === 'lent' ? lent : open).execute(trx)).rows.map(({pid}) => pid)
  } catch (error) {
    throw explainFailure(error)
  } finally {
    await trx
      .rollback()
      .execute()
      .catch(() => {})
  }
}
