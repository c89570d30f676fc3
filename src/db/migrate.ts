import {sql, type Transaction} from 'kysely'
import {Conflict, PermissionDenied} from '../rules/errors.ts'
import type {Identity} from './identity.ts'
import {up as platform} from './migrations/0001-platform.ts'
import {up as pmTables} from './migrations/0002-pm-tables.ts'
import {up as pmGuard} from './migrations/0003-pm-guard.ts'
import {up as pmIndexes} from './migrations/0004-pm-indexes.ts'
import {up as pmLookups} from './migrations/0005-pm-lookups.ts'
import {up as pmLookupsGuard} from './migrations/0006-pm-lookups-guard.ts'
import {up as pmShutOut} from './migrations/0007-pm-shut-out.ts'
import {up as pmRefusals} from './migrations/0008-pm-refusals.ts'
import {up as pmTargets} from './migrations/0009-pm-targets.ts'
import {up as pmPageTargets} from './migrations/0010-pm-page-targets.ts'
import {up as pmStopped} from './migrations/0011-pm-stopped.ts'
import {up as pmStoppedGuard} from './migrations/0012-pm-stopped-guard.ts'
import {up as pmOpenJobs} from './migrations/0013-pm-open-jobs.ts'
import {up as pmOpenJobsGuard} from './migrations/0014-pm-open-jobs-guard.ts'
import {up as pmUndoneAgain} from './migrations/0015-pm-undone-again.ts'
import {up as pmTargetsAlone} from './migrations/0016-pm-targets-alone.ts'
import {readRaw} from './read-raw.ts'
import type {Database} from './schema.ts'
import {type Reader, readerOf} from './transaction.ts'

interface Migration {
  summary: string
  up(trx: Transaction<Database>): Promise<void>
  /** Set where it needs roles and triggers, which a database that declares its identities cannot have. */
  guards?: true
}

const migrations: Readonly<Record<string, Migration>> = {
  '0001-platform': {summary: "The platform's tables, where they are not there yet.", up: platform},
  '0002-pm-tables': {summary: "pm's own tables, in the schema pm.", up: pmTables},
  '0003-pm-guard': {summary: 'Permissions and audit, enforced by the database itself.', up: pmGuard, guards: true},
  '0004-pm-indexes': {summary: "pm's own indexes, so that looking things up stays fast at any size.", up: pmIndexes},
  '0005-pm-lookups': {summary: 'Names and targets of changes, to look things up by.', up: pmLookups},
  '0006-pm-lookups-guard': {
    summary: 'The same behind the guard: what one may not see, one does not find.',
    up: pmLookupsGuard,
    guards: true,
  },
  '0007-pm-shut-out': {
    summary: 'Lets who revokes a login shut it out of the server, by the rights of who sets pm up.',
    up: pmShutOut,
    guards: true,
  },
  '0008-pm-refusals': {summary: 'Indexes to look refusals up by.', up: pmRefusals},
  '0009-pm-targets': {summary: 'Keeps what changes touch in less time.', up: pmTargets},
  '0010-pm-page-targets': {
    summary: 'Keeps what a job touches as it is worked off, rather than when it begins.',
    up: pmPageTargets,
    guards: true,
  },
  '0011-pm-stopped': {summary: 'Keeps why nobody works on a job any more.', up: pmStopped},
  '0012-pm-stopped-guard': {
    summary: 'The same behind the guard: whoever works on a job may say it.',
    up: pmStoppedGuard,
    guards: true,
  },
  '0013-pm-open-jobs': {summary: 'Keeps whether a job gets more to do while it is worked on.', up: pmOpenJobs},
  '0014-pm-open-jobs-guard': {
    summary: 'The same behind the guard: whoever works on a job may say that nothing more is to come.',
    up: pmOpenJobsGuard,
    guards: true,
  },
  '0015-pm-undone-again': {summary: 'Lets what one undo left of a change be undone by another.', up: pmUndoneAgain},
  '0016-pm-targets-alone': {
    summary: 'Looks up what changes touched in an index of a third the size.',
    up: pmTargetsAlone,
  },
  '0017-pm-indexes-since': {summary: "Those of pm's own indexes that came later.", up: pmIndexes},
}

/** The migrations a database needs; one that declares its identities gets no roles, functions or triggers. */
export function migrationNames({kind}: Identity): string[] {
  return Object.keys(migrations).filter((name) => kind === 'session' || !migrations[name]?.guards)
}

/** What a migration brings, in a few words. */
export function migrationSummary(name: string): string | null {
  return migrations[name]?.summary ?? null
}

/**
 * The migrations that ran in this database, in order; none where pm is not set up.
 * @throws PermissionDenied when the login may not see them.
 */
export async function appliedMigrations(db: Reader): Promise<string[]> {
  const record = await recordState(db)
  if (record === 'absent') return []
  if (record === 'hidden') {
    throw new PermissionDenied('This login may not see how far this database is set up for pm.', {
      hint: 'Connect as the owner of the schema pm, or as an operator who is enrolled.',
    })
  }
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
  const pending = await pendingMigrations(readerOf(trx), identity)
  await replay(trx, pending)
  return pending
}

/** Runs these migrations, whatever ran before, and records them. */
export async function replay(trx: Transaction<Database>, names: readonly string[]): Promise<void> {
  if ((await recordState(readerOf(trx))) === 'absent') await createRecord(trx)
  for (const name of names) {
    await migrations[name]?.up(trx)
    await sql`insert into pm.migrations (name) values (${name})`.execute(trx)
  }
}

/** Whether the record of migrations is there, and the login may read it. */
export async function recordState(db: Reader): Promise<'absent' | 'hidden' | 'readable'> {
  const [record] = await readRaw(
    db,
    sql<{readable: boolean}>`
      select has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') as readable
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'pm' and c.relname = 'migrations'`,
  )
  if (!record) return 'absent'
  return record.readable ? 'readable' : 'hidden'
}

async function createRecord(trx: Transaction<Database>): Promise<void> {
  // IF NOT EXISTS asks for the right to create schemas even where there is one.
  await sql`do $$ begin
    if not exists (select from pg_namespace where nspname = 'pm') then create schema pm; end if;
  end $$`.execute(trx)
  await sql`create table pm.migrations (name text primary key, made timestamptz not null default now())`.execute(trx)
}
