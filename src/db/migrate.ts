import type {Kysely} from 'kysely'
import {type Migration, Migrator} from 'kysely/migration'
import {explainFailure} from './failure.ts'
import type {Identity} from './identity.ts'
import {up as platform} from './migrations/0001-platform.ts'
import {up as pmTables} from './migrations/0002-pm-tables.ts'
import {up as pmGuard} from './migrations/0003-pm-guard.ts'
import type {Database} from './schema.ts'

const base: Record<string, Migration> = {
  '0001-platform': {up: platform},
  '0002-pm-tables': {up: pmTables},
}
const guarded: Record<string, Migration> = {'0003-pm-guard': {up: pmGuard}}

/** The migrations a database needs; one that declares its identities gets no roles, functions or triggers. */
export function migrationNames(identity: Identity): readonly string[] {
  return Object.keys(migrationsFor(identity))
}

/**
 * Brings a database up to date, in one transaction, and returns the names of what it ran. Needs an owner's login and a
 * direct connection: the migrator's lock belongs to a session, which PgBouncer would share.
 * @throws Conflict when only some of the platform's tables are there.
 */
export async function migrate(db: Kysely<Database>, identity: Identity): Promise<string[]> {
  const {error, results = []} = await migratorFor(db, identity).migrateToLatest()
  if (error) throw explainFailure(error)
  return results.map(({migrationName}) => migrationName)
}

function migratorFor(db: Kysely<Database>, identity: Identity): Migrator {
  return new Migrator({
    db,
    provider: {getMigrations: async () => migrationsFor(identity)},
    migrationTableSchema: 'pm',
    migrationTableName: 'migrations',
    migrationLockTableName: 'migration_lock',
  })
}

function migrationsFor(identity: Identity): Record<string, Migration> {
  return identity.kind === 'session' ? {...base, ...guarded} : base
}
