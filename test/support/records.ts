import {sql} from 'kysely'
import type {Connection} from '../../src/db/connection.ts'
import type {TestDatabase} from './database.ts'

type Owner = Pick<TestDatabase, 'owner'>

/** What SQL says, asked as the superuser. */
export async function ask<Row extends object>({owner}: Owner, statement: string): Promise<Row[]> {
  return (await sql.raw<Row>(statement).execute((owner satisfies Connection).db)).rows
}

/** Every IP and every assignment, whole, but for when they were last touched: to see what a command changed, and what not. */
export async function poolOf(database: Owner): Promise<Record<string, unknown>> {
  const rows = await ask<{key: string; row: unknown}>(
    database,
    `select 'ip ' || ip_address || ' ' || id as key, to_jsonb(t) - 'updated' as row from smtp_ip_addresses t
     union all select 'assignment ' || id, to_jsonb(t) - 'updated' from domain_ip_assignments t order by 1`,
  )
  return Object.fromEntries(rows.map(({key, row}) => [key, row]))
}

/** The IPs whose count is not how many live assignments they have. */
export async function wrongCounts(database: Owner): Promise<object[]> {
  return ask(
    database,
    `select ip_address, assigned_count, live from smtp_ip_addresses i
     cross join lateral (select count(*)::int as live from domain_ip_assignments a
       where a.smtp_ip_address_id = i.id and a.status in ('active', 'warming', 'scheduled')) l
     where assigned_count is distinct from live order by 1`,
  )
}

/** The domains that send by more than one IP. */
export async function torn(database: Owner): Promise<object[]> {
  return ask(
    database,
    `select d.domain from domain_ip_assignments a join domains d on d.id = a.domain_id
     where a.status in ('active', 'warming', 'scheduled') group by d.id having count(*) > 1 order by 1`,
  )
}

/** The IP that each of these domains sends by, and how; a domain without one is left out. */
export async function homesOf(database: Owner, domains: readonly string[]): Promise<string[]> {
  const rows = await ask<{home: string}>(
    database,
    `select concat_ws(' ', d.domain, i.ip_address, a.status, a.warmup_state) as home from domain_ip_assignments a
     join domains d on d.id = a.domain_id join smtp_ip_addresses i on i.id = a.smtp_ip_address_id
     where a.status in ('active', 'warming', 'scheduled') and d.domain in (${domains.map((name) => `'${name}'`).join(', ')})
     order by d.domain, i.ip_address`,
  )
  return rows.map(({home}) => home)
}

/** The record of a change, without its id and moments. */
export interface RecordedChange {
  command: string
  permission: string
  reason: string | null
  targets: string[]
  login: string
  role: string
  undo_of: number | null
  enforced_by: string
  /** How many rows of which table it wrote, and how: `update smtp_ip_addresses 6`. */
  images: string[]
}

/** All changes, in the order they were made. */
export async function changesOf(database: Owner): Promise<RecordedChange[]> {
  return ask(
    database,
    `select command, permission, reason, targets, login, role, undo_of, enforced_by,
       array(select concat_ws(' ', op, replace(table_name, 'public.', ''), count(*)) from pm.row_images i
             where i.change_id = c.id group by op, table_name order by op, table_name) as images
     from pm.changes c order by id`,
  )
}

/** All refusals. */
export async function refusalsOf(database: Owner): Promise<object[]> {
  return ask(database, 'select command, permission, login from pm.refusals order by id')
}

/**
 * What the images of a change say against the rows themselves: each image's `after` is the row as it stands, and its
 * `before` is what the row was in `pool`, taken before the change. Empty when all are right.
 */
export async function wrongImages(database: Owner, change: number, pool: Record<string, unknown>): Promise<object[]> {
  const images = await ask<{key: string; op: string; before: unknown; after: unknown}>(
    database,
    `select op, before - 'updated' as before, after - 'updated' as after,
       case table_name when 'public.smtp_ip_addresses'
         then 'ip ' || (coalesce(after, before) ->> 'ip_address') || ' ' || (coalesce(after, before) ->> 'id')
         else 'assignment ' || (coalesce(after, before) ->> 'id') end as key
     from pm.row_images where change_id = ${change} order by id`,
  )
  const now = await poolOf(database)
  return images.filter(({key, before, after}) => !same(before, pool[key]) || !same(after, now[key]))
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}

/** The moment for which the sandbox's data was made: with it as now, how long ago things were is always the same. */
export async function sandboxMoment(database: Owner): Promise<Date> {
  const [row] = await ask<{at: string}>(
    database,
    `select last_reputation_check + interval '66 minutes' as at from smtp_ip_addresses where ip_address = '203.0.113.24'`,
  )
  return new Date(row?.at ?? Number.NaN)
}
