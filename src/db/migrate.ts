import {sql, type Transaction} from 'kysely'
import {Conflict} from '../rules/errors.ts'
import type {Identity} from './identity.ts'
import {up as platform} from './migrations/0001-platform.ts'
import {up as pmTables} from './migrations/0002-pm-tables.ts'
import {up as pmGuard} from './migrations/0003-pm-guard.ts'
import {readRaw} from './read-raw.ts'
import type {Database} from './schema.ts'
import {type Reader, readerOf} from './transaction.ts'

type Migration = (trx: Transaction<Database>) => Promise<void>

const migrations: Readonly<Record<string, Migration>> = {
  '0001-platform': platform,
  '0002-pm-tables': pmTables,
  '0003-pm-guard': pmGuard,
}
const guards: ReadonlySet<string> = new Set(['0003-pm-guard'])

/** The migrations a database needs; one that declares its identities gets no roles, functions or triggers. */
export function migrationNames({kind}: Identity): string[] {
  return Object.keys(migrations).filter((name) => kind === 'session' || !guards.has(name))
}

/** The migrations that ran in this database, in order; none where pm is not set up. */
export async function appliedMigrations(db: Reader): Promise<string[]> {
  if (!(await hasRecord(db))) return []
  const rows = await readRaw(db, sql<{name: string}>`select name from pm.migrations order by name`)
  return rows.map(({name}) => name)
}

/**
 * The migrations a database still needs.
 * @throws Conflict when a newer pm has set it up.
 */
export async function pendingMigrations(db: Reader, identity: Identity): Promise<string[]> {
  const applied = new Set(await appliedMigrations(db))
  const unknown = [...applied].filter((name) => !Object.hasOwn(migrations, name))
  if (unknown.length > 0) {
    throw new Conflict(`This database was set up by a newer pm; this one does not know ${unknown.join(', ')}.`, {
      hint: 'Update pm.',
      details: {unknown},
    })
  }
  return migrationNames(identity).filter((name) => !applied.has(name))
}

/**
 * Runs the migrations that a database still needs, and returns their names. Needs an owner's login, and a transaction:
 * all of it happens or nothing. Who comes second waits, and finds nothing left to do.
 * @throws Conflict when only some of the platform's tables are there, or a newer pm has set it up.
 */
export async function migrate(trx: Transaction<Database>, identity: Identity): Promise<string[]> {
  // Held to the end of the transaction, not of the session, which PgBouncer would give to somebody else.
  await sql`select pg_advisory_xact_lock(hashtext('pm.migrations'))`.execute(trx)
  if (!(await hasRecord(readerOf(trx)))) await createRecord(trx)
  const pending = await pendingMigrations(readerOf(trx), identity)
  for (const name of pending) {
    await migrations[name]?.(trx)
    await sql`insert into pm.migrations (name) values (${name})`.execute(trx)
  }
  return pending
}

async function hasRecord(db: Reader): Promise<boolean> {
  const rows = await readRaw(
    db,
    sql`select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'pm' and c.relname = 'migrations'`,
  )
  return rows.length > 0
}

async function createRecord(trx: Transaction<Database>): Promise<void> {
  // IF NOT EXISTS asks for the right to create schemas even where there is one.
  await sql`do $$ begin
    if not exists (select from pg_namespace where nspname = 'pm') then create schema pm; end if;
  end $$`.execute(trx)
  await sql`create table pm.migrations (name text primary key, made timestamptz not null default now())`.execute(trx)
}
