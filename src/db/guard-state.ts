import {sql} from 'kysely'
import {guardedTables} from './guarded-tables.ts'
import {readRaw} from './read-raw.ts'
import type {Reader} from './transaction.ts'

const names = ['a_pm_guard', 'z_pm_images_insert', 'z_pm_images_update', 'z_pm_images_delete']

/** The triggers without which the guard has a gap: they ask for the permission, and keep the rows' images. */
const needed = [
  ...Object.keys(guardedTables).flatMap((table) => names.map((trigger) => `${trigger} on ${table}`)),
  'recheck on pm.change_permissions',
]

/** Whether the database's guard stands, and which of its triggers are missing or do not always fire. */
export interface GuardState {
  guard: 'complete' | 'incomplete' | 'none'
  gaps: string[]
}

export async function guardState(db: Reader): Promise<GuardState> {
  const rows = await readRaw(
    db,
    sql<{trigger: string; always: boolean}>`
      select t.tgname || ' on ' || n.nspname || '.' || c.relname as trigger, t.tgenabled = 'A' as always
      from pg_catalog.pg_trigger t
      join pg_catalog.pg_class c on c.oid = t.tgrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where t.tgname in (${sql.join([...names, 'recheck'])})`,
  )
  const standing = new Set(rows.filter(({always}) => always).map(({trigger}) => trigger))
  const gaps = needed.filter((trigger) => !standing.has(trigger))
  if (gaps.length === 0) return {guard: 'complete', gaps}
  return rows.length === 0 ? {guard: 'none', gaps: []} : {guard: 'incomplete', gaps}
}
