import {type RawBuilder, sql} from 'kysely'
import type {GuardedTableName} from '../db/guarded-tables.ts'
import type {RowChange} from './plan.ts'

/** A planned row, and the number of the set that it is of. */
export interface OfSet {
  row: RowChange
  s: number
}

/**
 * Planned rows of one table as a query of `n` (their number), `s`, `key`, `before` and `after`. These three are composite
 * values of the table's own row type, which turns JSON into every column's type. What is the same of many rows is sent
 * once and read once.
 */
export function plannedRows(table: GuardedTableName, rows: readonly OfSet[]): RawBuilder<unknown> {
  const {alike, members} = byLikeness(rows)
  const typed = (column: string) => sql`jsonb_populate_record(null::${sql.table(table)}, ${sql.ref(column)})`
  return sql`select member.n, alike.s, ${typed('member.key')} as key, alike.before, alike.after
    from jsonb_to_recordset(${JSON.stringify(members)}::jsonb) as member (n integer, of integer, key jsonb)
    join (
      select alike, s, ${typed('before')} as before, ${typed('after')} as after
      from jsonb_to_recordset(${JSON.stringify(alike)}::jsonb) as rows (alike integer, s integer, before jsonb, after jsonb)
      offset 0
    ) alike on alike.alike = member.of
    order by member.n`
}

/** Rows to which the same happens, told by a number: they differ in their keys alone. */
function byLikeness(rows: readonly OfSet[]) {
  const alike = new Map<string, {alike: number; s: number} & Pick<RowChange, 'before' | 'after'>>()
  const members = rows.map(({row: {key, before, after}, s}, n) => {
    const likeness = JSON.stringify([s, before, after])
    const known = alike.get(likeness) ?? {alike: alike.size, s, before, after}
    alike.set(likeness, known)
    return {n, of: known.alike, key}
  })
  return {alike: [...alike.values()], members}
}
