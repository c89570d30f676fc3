import type pg from 'pg'

/** What was taken from tables, as the statements that give it back. */
export type Taken = readonly string[]

const found = `
  with tables as (select unnest($1::text[])::regclass as id)
  select format('drop index %s', i.indexrelid::regclass) as take, pg_get_indexdef(i.indexrelid) as restore
  from pg_index i join tables t on t.id = i.indrelid
  where not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
  union all
  select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname),
    format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
  from pg_constraint c join tables t on t.id = c.conrelid where c.contype = 'f'
  order by take`

/**
 * Takes the indexes and foreign keys from tables, but not what keeps rows unique: made anew when all rows are there, they
 * cost a fraction of what they cost row by row.
 */
export async function strip(client: pg.ClientBase, tables: readonly string[]): Promise<Taken> {
  const {rows} = await client.query<{take: string; restore: string}>(found, [tables])
  for (const {take} of rows) await client.query(take)
  return rows.map(({restore}) => restore)
}
