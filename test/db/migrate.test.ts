import {sql} from 'kysely'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {openEmbedded} from '../../src/db/embedded.ts'
import {introspect} from '../../src/db/introspection.ts'
import {appliedMigrations, migrationNames} from '../../src/db/migrate.ts'
import {platformTables} from '../../src/db/platform-tables.ts'
import {setUp} from '../../src/db/set-up.ts'
import {readerOf} from '../../src/db/transaction.ts'
import {Conflict, TimedOut} from '../../src/rules/errors.ts'
import {permissionNames} from '../../src/rules/permissions.ts'
import {roleNames} from '../../src/rules/roles.ts'
import {emptyDatabase, type TestDatabase} from '../support/database.ts'
import {makePlatform} from '../support/platform.ts'

const session = {kind: 'session'} as const
const declared = {kind: 'declared', email: 'ada@penguinmails.example'} as const
const all = migrationNames(session)
const guards = [
  '0003-pm-guard',
  '0006-pm-lookups-guard',
  '0007-pm-shut-out',
  '0010-pm-page-targets',
  '0012-pm-stopped-guard',
  '0014-pm-open-jobs-guard',
]
const guardless = all.filter((name) => !guards.includes(name))
const nothing = {migrations: [], permissions: [], roles: [], policies: []}

let database: TestDatabase

beforeEach(async () => {
  database = await emptyDatabase()
})

afterEach(() => database.drop())

test('an empty database gets everything, and nothing twice', async () => {
  const {db} = database.owner

  expect(await setUp(db, session)).toEqual({
    migrations: all,
    permissions: permissionNames,
    roles: roleNames,
    policies: [],
  })
  expect(await tables('public')).toEqual(platformTables)
  expect(await tables('pm')).toEqual([
    'change_permissions',
    'change_targets',
    'change_transactions',
    'changes',
    'job_changes',
    'job_pages',
    'jobs',
    'migrations',
    'operator_logins',
    'refusals',
    'row_images',
  ])
  const facts = await introspect(readerOf(db))
  expect(await setUp(db, session)).toEqual(nothing)
  expect(await introspect(readerOf(db))).toEqual(facts)
})

test('the embedded database and the server get the same', async () => {
  const embedded = await openEmbedded()
  await setUp(embedded.db, session)
  await setUp(database.owner.db, session)

  expect(await introspect(readerOf(database.owner.db))).toEqual(await introspect(readerOf(embedded.db)))
  await embedded.close()
})

test("a platform's own tables, policies and rows stay as they are", async () => {
  const {db} = database.owner
  await makePlatform(db)
  await sql`insert into users (id, name) values ('00000000-0000-4000-8000-000000000001', 'Ada')`.execute(db)
  await sql`insert into permissions (id, name) values (7, 'mail.send')`.execute(db)
  const before = await introspect(readerOf(db))

  expect((await setUp(db, session)).migrations).toEqual(all)

  const after = await introspect(readerOf(db))
  expect(after).toEqual(expect.arrayContaining(before))
  const added = after.filter(({of, kind, name}) => of.startsWith('public.') && !isIn(before, kind, of, name))
  expect([...new Set(added.map(({kind}) => kind))].sort()).toEqual(['grant', 'index', 'policy', 'trigger'])
  expect(added.filter(({kind, name}) => kind === 'index' && !name.startsWith('pm_'))).toEqual([])
  const readers = added.filter(({kind}) => kind === 'policy').map(({facets}) => facets.to)
  expect(readers.sort()).toEqual([...Array(5).fill('pm_guard'), ...Array(9).fill('pm_operator')])
  expect((await db.selectFrom('users').select('name').execute()).map(({name}) => name)).toEqual(['Ada'])
  expect((await db.selectFrom('permissions').select(['id', 'name']).orderBy('id').limit(2).execute()).at(0)).toEqual({
    id: 7,
    name: 'mail.send',
  })

  function isIn(facts: typeof after, kind: string, of: string, name: string) {
    return facts.some((fact) => fact.kind === kind && fact.of === of && fact.name === name)
  }
})

test('half a platform is refused, and nothing is left behind', async () => {
  const {db} = database.owner
  await sql`create table public.users (id uuid primary key)`.execute(db)
  await sql`create table public.plans (id uuid primary key)`.execute(db)

  const refused = await setUp(db, session).catch((error: unknown) => error)

  expect(refused).toBeInstanceOf(Conflict)
  expect((refused as Conflict).message).toMatch(
    /^This database has only 2 of the platform's 32 tables; missing: campaign/,
  )
  expect(await tables('public')).toEqual(['plans', 'users'])
  expect(await schemas()).toEqual(['public'])
})

test('a database that declares its identities gets no roles, functions or triggers', async () => {
  const {db} = database.owner

  expect((await setUp(db, declared)).migrations).toEqual(guardless)

  const facts = await introspect(readerOf(db))
  expect(facts.filter(({kind}) => kind === 'function' || kind === 'trigger')).toEqual([])
  expect(facts.filter(({kind, facets}) => kind === 'policy' && facets.to === 'pm_operator')).toEqual([])
  expect(facts.filter(({kind, name}) => kind === 'grant' && name === 'pm_operator')).toEqual([])
  expect(await tables('pm')).toEqual([
    'change_targets',
    'changes',
    'job_changes',
    'job_pages',
    'jobs',
    'migrations',
    'operator_logins',
    'refusals',
    'row_images',
  ])
  expect(await setUp(db, declared)).toEqual(nothing)
})

test('a database that declared its identities can be guarded later', async () => {
  const {db} = database.owner
  await setUp(db, declared)

  expect(await setUp(db, session)).toEqual({...nothing, migrations: guards})
  expect(await setUp(db, declared)).toEqual(nothing)
})

test('of two at once one does it, and the other waits and finds nothing to do', async () => {
  const {db} = database.owner

  const both = await Promise.all([setUp(db, session), setUp(db, session)])

  expect(both.map(({migrations}) => migrations).sort()).toEqual([[], all])
})

test('a set-up that fails half-way leaves nothing', async () => {
  const {db} = database.owner
  await makePlatform(db)
  await sql`create function own() returns trigger language plpgsql as 'begin return null; end'`.execute(db)
  await sql`create trigger a_pm_guard before update on plans for each statement execute function own()`.execute(db)

  await expect(setUp(db, session)).rejects.toThrow('trigger "a_pm_guard" for relation "plans" already exists')

  expect(await schemas()).toEqual(['public'])
  expect(await db.selectFrom('permissions').selectAll().execute()).toEqual([])
})

test('a lock on a table of the platform is not waited for long', async () => {
  const {db} = database.owner
  await makePlatform(db)
  const busy = await db.startTransaction().execute()
  await sql`lock table plans in exclusive mode`.execute(busy)

  const waited = await setUp(db, session, {limits: {statementMs: 5_000, lockMs: 100}}).catch((error: unknown) => error)

  expect(waited).toBeInstanceOf(TimedOut)
  await busy.rollback().execute()
  expect(await schemas()).toEqual(['public'])
})

test('what a newer pm has set up is refused', async () => {
  const {db} = database.owner
  await setUp(db, session)
  await sql`insert into pm.migrations (name) values ('0099-later')`.execute(db)

  await expect(setUp(db, session)).rejects.toThrow(
    'This database was set up by a newer pm; this one does not know 0099-later.',
  )
  expect(await appliedMigrations(readerOf(db))).toEqual([...all, '0099-later'])
})

describe('the catalogue', () => {
  test('gets back what is missing, with the grants it comes with', async () => {
    const {db} = database.owner
    await setUp(db, session)
    await sql`delete from staff_role_permissions`.execute(db)
    await sql`delete from permissions where name = 'audit.undo'`.execute(db)
    await sql`delete from staff_roles where name = 'viewer'`.execute(db)

    expect(await setUp(db, session)).toEqual({...nothing, permissions: ['audit.undo'], roles: ['viewer']})

    expect(await rolesThat('audit.undo')).toEqual(['admin', 'billing', 'operations', 'support'])
    expect(await rolesThat('ip.read')).toEqual(['viewer'])
  })

  test('leaves alone what an administrator granted and revoked', async () => {
    const {db} = database.owner
    await setUp(db, session)
    await sql`delete from staff_role_permissions g using permissions p
      where p.id = g.permission_id and p.name = 'ip.write'`.execute(db)
    await sql`insert into staff_role_permissions (role_id, permission_id)
      select r.id, p.id from staff_roles r, permissions p where r.name = 'viewer' and p.name = 'ip.write'`.execute(db)

    expect(await setUp(db, session)).toEqual(nothing)

    expect(await rolesThat('ip.write')).toEqual(['viewer'])
  })
})

async function tables(schema: string): Promise<string[]> {
  const {rows} = await sql<{name: string}>`
    select c.relname as name from pg_class c where c.relnamespace = ${schema}::regnamespace and c.relkind = 'r'
    order by 1`.execute(database.owner.db)
  return rows.map(({name}) => name)
}

async function schemas(): Promise<string[]> {
  const {rows} = await sql<{name: string}>`
    select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1`.execute(
    database.owner.db,
  )
  return rows.map(({name}) => name)
}

async function rolesThat(permission: string): Promise<string[]> {
  const {rows} = await sql<{name: string}>`
    select r.name from staff_role_permissions g join staff_roles r on r.id = g.role_id
    join permissions p on p.id = g.permission_id where p.name = ${permission} order by 1`.execute(database.owner.db)
  return rows.map(({name}) => name)
}
