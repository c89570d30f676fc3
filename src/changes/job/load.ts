import {read, type Session} from '../../db/transaction.ts'
import {countWaiting, findHolder, type Holder} from '../../queries/job/load.ts'
import type {Permission} from '../../rules/permissions.ts'

const mostWaiting = 20

/** Why a job should wait a moment, in words: many sessions wait for locks. Null: it need not. */
export async function crowdedBy(session: Session, permission: Permission): Promise<string | null> {
  const waiting = await read(session, permission, countWaiting, session.primary)
  return waiting > mostWaiting ? `waiting: ${waiting} sessions wait for locks` : null
}

/** Whose lock keeps these server processes from going on, in words. Null: nobody's. */
export async function lockedBy(
  session: Session,
  permission: Permission,
  backends: ReadonlySet<number>,
): Promise<string | null> {
  if (backends.size === 0) return null
  const holder = await read(session, permission, (db) => findHolder(db, [...backends]), session.primary)
  return holder ? `waiting for a lock of ${inWords(holder)}` : null
}

function inWords({pid, login, application}: Holder): string {
  if (login === null) return pid === 0 ? 'a prepared transaction' : `process ${pid}`
  return `${login} (${application === null ? '' : `${application}, `}pid ${pid})`
}
