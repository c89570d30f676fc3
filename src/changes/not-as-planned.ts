import {type RawBuilder, sql} from 'kysely'
import type {GuardedTableName} from '../db/guarded-tables.ts'
import type {Reader} from '../db/transaction.ts'
import {opOf, type RowChange} from './plan.ts'
import {plannedRows} from './planned-rows.ts'
import {asPlanned, inSets, keyOrder, type RowSet, sameKey} from './row-sets.ts'

/**
 * The rows to update or delete that are not, or no longer, what the plan says of them before. `for update` locks the
 * others, table by table and key by key, for whoever may write.
 */
export async function notAsPlanned(
  db: Reader,
  rows: readonly RowChange[],
  locking?: 'for update',
): Promise<RowChange[]> {
  const sets = inSets(rows.filter((row) => opOf(row) !== 'insert'))
  const tables = [...new Set(sets.map(({table}) => table))].sort()
  const changed: RowChange[] = []
  for (const table of tables) {
    const own = sets.filter((set) => set.table === table)
    changed.push(...(await compare(db, table, own, locking ? sql`for update of t` : sql``)))
  }
  return changed
}

// One statement for all of a table's rows, whatever is planned with each: a second one would begin the order anew.
async function compare(
  db: Reader,
  table: GuardedTableName,
  sets: readonly RowSet[],
  locking: RawBuilder<unknown>,
): Promise<RowChange[]> {
  const planned = sets.flatMap((set, s) => set.rows.map((row) => ({row, s})))
  const stillSo = sets.map((set, s) => sql`when ${sql.lit(s)} then ${asPlanned(set)}`)
  const rows = await db
    .selectFrom(
      sql<{n: number}>`(
        with planned as (${plannedRows(table, planned)}),
        same as (
          select planned.n from planned join ${sql.table(table)} t
            on ${sameKey(table)} and case planned.s ${sql.join(stillSo, sql` `)} end
          order by ${keyOrder(table)} ${locking}
        )
        select n from planned where n not in (select n from same)
      )`.as('changed'),
    )
    .select('n')
    .orderBy('n')
    .execute()
  return rows.flatMap(({n}) => planned[n]?.row ?? [])
}
