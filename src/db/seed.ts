import type pg from 'pg'
import {TimedOut} from '../rules/errors.ts'
import type {Server} from './connection.ts'
import {copyInto} from './copy.ts'
import {explainFailure} from './failure.ts'
import {seededPlans} from './seed/plans.ts'
import type {SeededTable} from './seed/seeded-table.ts'
import {strip} from './seed/stripped.ts'
import {type Ground, seededTables} from './seed/tables.ts'
import {openClient} from './server.ts'

/** How far it is. */
export interface SeedProgress {
  what: 'rows' | 'indexes and foreign keys'
  done: number
  of: number
}

/** Who looks on: is told how far it is, and may call it off. */
export interface SeedWatch {
  onProgress?: (progress: SeedProgress) => void
  signal?: AbortSignal
}

// A statement's rows are kept for the triggers of the audit until it ends: not all of them at once.
const rowsAStatement = 100_000
const rowsAText = 500

/**
 * Fills a database with this many more tenants and proportionate rows, all or nothing, outside of the audit, and returns
 * how many rows that were. Needs an owner's login, and keeps everybody else from the tables meanwhile.
 */
export async function seed(
  server: Server,
  tenants: number,
  {onProgress = () => {}, signal}: SeedWatch = {},
): Promise<number> {
  const client = await openClient(server, 'pm db seed', signal)
  try {
    await client.query('begin')
    const tables = seededTables(await groundOf(client, tenants))
    const rows = await fill(client, tables, tenants, (progress) => {
      onProgress(progress)
      // Between two statements there is nothing that the server could stop.
      if (signal?.aborted) throw new TimedOut('Called off. Nothing was changed.')
    })
    await client.query('commit')
    await tellPlanner(client, tables)
    return rows
  } catch (error) {
    throw explainFailure(error)
  } finally {
    // A transaction that is open still is rolled back by that.
    await client.end()
  }
}

// It knows nothing yet of what came in, nor that all of it may be seen. Called off here, autovacuum will tell it.
async function tellPlanner(client: pg.ClientBase, tables: readonly SeededTable[]): Promise<void> {
  for (const {into} of tables) await client.query(`vacuum (analyze) public.${nameOf(into)}`).catch(() => {})
}

async function groundOf(client: pg.ClientBase, tenants: number): Promise<Ground> {
  await client.query(`
    set local search_path to public, pg_temp; set local statement_timeout to 0;
    set local idle_in_transaction_session_timeout to 0; set local lock_timeout to '5s';
    set local maintenance_work_mem to '512MB'; set local work_mem to '256MB'`)
  const planIds = await plansOf(client)
  const {rows} = await client.query<{folders: string; tags: string}>(
    `select setval(pg_get_serial_sequence('folders', 'id'), nextval(pg_get_serial_sequence('folders', 'id')) + $1) - $1 as folders,
      setval(pg_get_serial_sequence('tags', 'id'), nextval(pg_get_serial_sequence('tags', 'id')) + $1) - $1 as tags`,
    [tenants],
  )
  const [{folders = 0, tags = 0} = {}] = rows
  return {tenants, now: Date.now(), planIds, folders: Number(folders), tags: Number(tags)}
}

/** The ids of the plans that tenants are on; those that are there already stay as they are. */
async function plansOf(client: pg.ClientBase): Promise<string[]> {
  for (const {name, slug, users, domains, price} of seededPlans)
    await client.query(
      `insert into plans (name, slug, max_users, max_domains, price_monthly) values ($1, $2, $3, $4, $5)
        on conflict (slug) do nothing`,
      [name, slug, users, domains, price],
    )
  const {rows} = await client.query<{id: string}>(
    'select id from unnest($1::text[]) with ordinality s (slug, at) join plans using (slug) order by at',
    [seededPlans.map(({slug}) => slug)],
  )
  return rows.map(({id}) => id)
}

async function fill(
  client: pg.ClientBase,
  tables: readonly SeededTable[],
  tenants: number,
  onProgress: NonNullable<SeedWatch['onProgress']>,
): Promise<number> {
  const taken = await strip(
    client,
    tables.map(({into}) => nameOf(into)),
  )
  const of = tables.reduce((sum, {count}) => sum + count(tenants), 0)
  let done = 0
  for (const table of tables) {
    const last = table.count(tenants)
    for (let first = 1; first <= last; first += rowsAStatement) {
      done += await copyInto(client, table.into, texts(table, first, Math.min(last, first + rowsAStatement - 1)))
      onProgress({what: 'rows', done, of})
    }
  }
  for (const [at, statement] of taken.entries()) {
    onProgress({what: 'indexes and foreign keys', done: at, of: taken.length})
    await client.query(statement)
  }
  return done
}

function* texts({line}: SeededTable, first: number, last: number): Generator<string> {
  for (let row = first; row <= last; row += rowsAText) {
    let text = ''
    for (let at = row; at < row + rowsAText && at <= last; at += 1) text += line(at)
    yield text
  }
}

function nameOf(into: string): string {
  return into.slice(0, into.indexOf(' '))
}
