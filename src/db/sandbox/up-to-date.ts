import {type Kysely, sql} from 'kysely'
import {permissionNames} from '../../rules/permissions.ts'
import {migrationNames} from '../migrate.ts'
import type {Database} from '../schema.ts'
import {setUp} from '../set-up.ts'
import {madeByNewer} from './failure.ts'

const identity = {kind: 'session'} as const

/**
 * Brings a sandbox that an older pm made up to date.
 * @throws DatabaseUnreachable for one that a newer pm made, and for what is no sandbox
 */
export async function bringUpToDate(db: Kysely<Database>, progress: (message: string) => void): Promise<void> {
  const applied = await appliedMigrations(db)
  const migrations = migrationNames(identity)
  if (!isWithin(applied, migrations)) throw madeByNewer()
  if (isWithin(migrations, applied) && isWithin(permissionNames, await permissionsOf(db))) return
  progress('Bringing the sandbox up to date…')
  await setUp(db, identity)
}

// In what is no sandbox this fails, and so says what is missing.
async function appliedMigrations(db: Kysely<Database>): Promise<string[]> {
  const {rows} = await sql<{name: string}>`select name from pm.migrations`.execute(db)
  return rows.map(({name}) => name)
}

// A permission can be new in the catalogue without a migration.
async function permissionsOf(db: Kysely<Database>): Promise<(string | null)[]> {
  const rows = await db.selectFrom('permissions').select('name').execute()
  return rows.map(({name}) => name)
}

function isWithin(names: readonly string[], others: readonly (string | null)[]): boolean {
  return names.every((name) => others.includes(name))
}
