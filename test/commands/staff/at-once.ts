import type {TestDatabase} from '../../support/database.ts'
import {untilSomebodyWaits} from '../../support/engine.ts'
import {ask} from '../../support/records.ts'
import type {Ran} from '../../support/run.ts'

/** Lets commands plan, and holds them back until all are about to write; `meanwhile` happens before that. */
export async function atOnce(
  database: TestDatabase,
  commands: (() => Promise<Ran>)[],
  meanwhile = 'select 1',
): Promise<Ran[]> {
  let ran: Promise<Ran>[] = []
  await database.owner.db.transaction().execute(async (trx) => {
    const owner = {owner: {...database.owner, db: trx}}
    await ask(owner, `select pg_advisory_xact_lock(hashtext('pm.staff'))`)
    ran = commands.map((command) => command())
    await untilSomebodyWaits(database, commands.length)
    await ask(owner, meanwhile)
  })
  return Promise.all(ran)
}
