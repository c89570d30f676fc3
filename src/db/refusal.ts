import {sql} from 'kysely'
import type {Permission} from '../rules/permissions.ts'
import {identify} from './identity.ts'
import {setLocally} from './local-settings.ts'
import type {Session} from './transaction.ts'

/** What an operator tried without the permission. */
export interface Refusal {
  command: string
  permission: Permission
  /** What it was about to touch, `noun:name`; empty where that was not looked up yet. */
  targets: readonly string[]
}

/**
 * Leaves a trace of a refusal, in a transaction of its own: that of the refused change is rolled back with it. Says
 * nothing when it cannot; the refusal itself is what the operator must hear.
 */
export async function recordRefusal(
  {primary, identity, limits}: Session,
  {command, permission, targets}: Refusal,
): Promise<void> {
  // Nothing in it catches what fails, so that its commit is one: it needs no last statement that would raise.
  const record = primary.db.transaction().execute(async (trx) => {
    await setLocally(trx, limits, 'read write')
    if (identity.kind === 'session') {
      await sql`select pm.record_refusal(${command}, ${permission}, ${sql.val([...targets])}::text[])`.execute(trx)
      return
    }
    const {login, user_id} = await identify(trx, identity)
    await trx
      .insertInto('pm.refusals')
      .values({command, permission, targets: [...targets], login, user_id})
      .execute()
  })
  await record.catch(() => {})
}
