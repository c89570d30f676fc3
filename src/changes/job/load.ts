import {read, type Session} from '../../db/transaction.ts'
import {countWaiting, lagSeconds} from '../../queries/job/load.ts'
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
  if (waiting > mostWaiting) return `${waiting} sessions wait for locks`
  if (!replica) return null
  const lag = await read(session, permission, lagSeconds, replica)
  return lag > maxLagSeconds ? `the replica is ${Math.round(lag)} s behind` : null
}
