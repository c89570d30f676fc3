import {sql} from 'kysely'
import type {Permission} from '../rules/permissions.ts'
import {identify} from './identity.ts'
import type {Session} from './transaction.ts'

/** What an operator tried without the permission. */
export interface Refusal {
  command: string
  permission: Permission
}

/**
 * Leaves a trace of a refusal, in a transaction of its own: that of the refused change is rolled back with it. Says
 * nothing when it cannot; the refusal itself is what the operator must hear.
 */
export async function recordRefusal({primary, identity}: Session, {command, permission}: Refusal): Promise<void> {
  const record = primary.db.transaction().execute(async (trx) => {
    if (identity.kind === 'session') {
      await sql`select pm.record_refusal(${command}, ${permission}, '{}')`.execute(trx)
      return
    }
    const {login, user_id} = await identify(trx, identity)
    await trx.insertInto('pm.refusals').values({command, permission, targets: [], login, user_id}).execute()
  })
  await record.catch(() => {})
}
