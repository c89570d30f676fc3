import {setTimeout as wait} from 'node:timers/promises'
import {type Kysely, sql, type Transaction} from 'kysely'
import {type Limits, setLocally} from './local-settings.ts'
import type {Database} from './schema.ts'

const askAgainMs = 250

/**
 * Marks this transaction as the one that decides about a change, until it has ended and however it ends. To be the
 * last statement before COMMIT: a connection can break while the COMMIT still waits for a lock.
 */
export async function holdDecision(trx: Transaction<Database>, requestKey: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${requestKey}, 0))`.execute(trx)
}

/**
 * Whether a change whose COMMIT got lost was committed. Waits for a transaction that is still deciding, and for a server
 * that is coming back; undefined where it does not tell in time.
 */
export async function wasCommitted(
  db: Kysely<Database>,
  limits: Limits,
  requestKey: string,
): Promise<boolean | undefined> {
  const deadline = Date.now() + limits.lockMs
  while (true) {
    const answer = await ask(db, limits, requestKey).catch(() => undefined)
    if (answer !== undefined || Date.now() > deadline) return answer
    await wait(askAgainMs)
  }
}

function ask(db: Kysely<Database>, limits: Limits, requestKey: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await setLocally(trx, limits, 'read only')
    await holdDecision(trx, requestKey)
    const change = trx.selectFrom('pm.changes').where('request_key', '=', requestKey)
    return (await change.select('id').executeTakeFirst()) !== undefined
  })
}
