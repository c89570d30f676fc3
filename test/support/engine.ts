import {applyRows} from '../../src/changes/apply.ts'
import type {RowChange} from '../../src/changes/plan.ts'
import type {ChangeHeader} from '../../src/db/change-record.ts'
import {type Session, write} from '../../src/db/transaction.ts'
import type {Permission} from '../../src/rules/permissions.ts'
import type {TestDatabase} from './database.ts'
import {ask} from './records.ts'

export const ipTable = 'public.smtp_ip_addresses'
export const assignmentTable = 'public.domain_ip_assignments'

/** The header of a change that tests make without a command. */
export function header(permission: Permission = 'ip.write'): ChangeHeader {
  return {command: 'pm test', permission, reason: null, targets: [], undoOf: null}
}

/** Applies rows in a transaction of their own and returns the change's id. */
export async function apply(session: Session, rows: readonly RowChange[], permission?: Permission): Promise<number> {
  return (await write(session, header(permission), (trx) => applyRows(trx, rows))).changeId
}

/** The whole row of an IP, all its columns as JSON; {} where there is none. */
export async function ipRow(database: TestDatabase, address: string): Promise<Record<string, unknown>> {
  const [found] = await ask<{row: Record<string, unknown>}>(
    database,
    `select to_jsonb(t) as row from smtp_ip_addresses t where ip_address = '${address}'`,
  )
  return found?.row ?? {}
}

/** A change of an IP's row. */
export async function ipUpdate(
  database: TestDatabase,
  address: string,
  before: RowChange['before'],
  after: RowChange['after'],
): Promise<RowChange> {
  const {id} = await ipRow(database, address)
  return {table: ipTable, label: `ip ${address}`, key: {id: String(id)}, before, after}
}

/** The row images of a change, in the order they were written. */
export async function imagesOf(database: TestDatabase, change: number): Promise<object[]> {
  return ask(
    database,
    `select table_name, op, before, after from pm.row_images where change_id = ${change} order by id`,
  )
}

/** Waits until some session of the database waits for another's lock. */
export async function untilSomebodyWaits(database: TestDatabase, count = 1): Promise<void> {
  const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
  while ((await ask(database, waiting)).length < count) await new Promise((resolve) => setTimeout(resolve, 5))
}
