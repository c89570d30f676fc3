import {read, type Session} from '../../db/transaction.ts'
import {countWaiting, findHolder, type Holder, lagSeconds} from '../../queries/job/load.ts'
import type {Permission} from '../../rules/permissions.ts'

const mostWaiting = 20

/** Why a job should wait a moment, in words: a replica is behind, or many sessions wait for locks. Null: it need not. */
export async function heldUpBy(
  session: Session,
  permission: Permission,
  maxLagSeconds: number,
): Promise<string | null> {
  const {primary, replica} = session
  const waiting = await read(session, permission, countWaiting, primary)
  if (waiting > mostWaiting) return `waiting: ${waiting} sessions wait for locks`
  if (!replica) return null
  const lag = await read(session, permission, lagSeconds, replica)
  return lag > maxLagSeconds ? `waiting: the replica is ${Math.round(lag)} s behind` : null
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
