import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {sql} from 'kysely'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {migrationNames} from '../../../src/db/migrate.ts'
import {setUp} from '../../../src/db/set-up.ts'
import {emptyDatabase, freshDatabase, type TestDatabase} from '../../support/database.ts'
import {freePort} from '../../support/free-port.ts'
import {type Ran, run, type World} from '../../support/run.ts'

const migrations = migrationNames({kind: 'session'})

let database: TestDatabase

beforeEach(async () => {
  database = await freshDatabase()
})

afterEach(() => database.drop())

test('says where pm works, as whom, and what enforces permissions', async () => {
  const ran = await status('op_operations')

  expect({...ran, stdout: JSON.parse(ran.stdout)}).toEqual({
    stdout: {
      context: name(),
      kind: 'development',
      place: place(),
      tls: false,
      server_version: await version(),
      server_role: 'primary',
      login: 'op_operations',
      operator: 'Olga Operations',
      role: 'operations',
      not_identified: null,
      enforced_by: 'database',
      guard: 'complete',
      gaps: [],
      migrations,
      pending: [],
      replica: null,
      replica_state: null,
      replica_lag_bytes: null,
      replica_lag_seconds: null,
    },
    stderr: '',
    exitCode: 0,
  })
})

test('says it to a person without a line for what is not there', async () => {
  const ran = await pm({env: here('op_viewer')}, ['-o', 'table'])

  expect(ran.stdout).toBe(
    `Context     ${name()}
Kind        development
Place       ${place()}
PostgreSQL  ${await version()}
Server      primary
TLS         no, on this machine

Login     op_viewer
Operator  Vic Viewer
Role      viewer

Enforced by  the database
Migration    ${migrations.at(-1)}
Guard        complete
`,
  )
})

describe('works', () => {
  test('for an owner, who is no operator', async () => {
    expect(await said('postgres')).toMatchObject({operator: null, role: 'owner', not_identified: null})
  })

  test('for a login that is not enrolled, which sees no more than that', async () => {
    await sql`delete from pm.operator_logins where login = 'op_viewer'`.execute(database.owner.db)

    expect(await said('op_viewer')).toMatchObject({
      operator: null,
      role: null,
      not_identified: 'The login op_viewer is not enrolled.',
      enforced_by: 'database',
      migrations,
    })
  })

  test('for a login outside of pm’s group, which may not see how far pm is set up', async () => {
    await sql`revoke all on schema pm from pm_operator`.execute(database.owner.db)

    expect(await said('op_viewer')).toMatchObject({
      operator: null,
      not_identified: 'This login is not enrolled.',
      guard: 'complete',
      migrations: null,
      pending: null,
    })
  })

  test('for an operator who was revoked', async () => {
    await sql`update pm.operator_logins set disabled = now() where login = 'op_viewer'`.execute(database.owner.db)

    expect(await said('op_viewer')).toMatchObject({not_identified: 'The login op_viewer has been revoked.'})
  })

  test('where pm is not set up', async () => {
    const empty = await emptyDatabase()
    const ran = await pm({env: {DATABASE_URL: empty.url('op_viewer')}}, ['--json'])

    expect(JSON.parse(ran.stdout)).toMatchObject({
      not_identified: 'pm is not set up here.',
      enforced_by: null,
      guard: 'none',
      migrations: [],
      pending: migrations,
    })
    expect([ran.exitCode, ran.stderr]).toEqual([0, 'Bring the database up to date: pm db setup\n'])
    await empty.drop()
  })

  test('where the database only declares who is there', async () => {
    const empty = await emptyDatabase()
    await setUp(empty.owner.db, {kind: 'declared', email: 'ada@penguinmails.example'})
    await sql`with ada as (insert into users (id, name, email)
        values (gen_random_uuid(), 'Ada Admin', 'ada@penguinmails.example') returning id)
      insert into staff_members (user_id, role_id) select id, 1 from ada`.execute(empty.owner.db)

    const ran = await inContext(empty, ['--declared-email', 'ada@penguinmails.example'])

    expect(JSON.parse(ran.stdout)).toMatchObject({
      login: 'postgres',
      operator: 'Ada Admin',
      role: 'admin',
      enforced_by: 'transaction',
      guard: 'none',
      migrations: migrations.filter((name) => !/(guard|shut-out|page-targets)$/.test(name)),
      pending: [],
    })
    await empty.drop()
  })
})

test('says which triggers of the guard are missing or switched off', async () => {
  await sql`alter table plans disable trigger a_pm_guard`.execute(database.owner.db)
  await sql`alter table domains enable trigger z_pm_images_update`.execute(database.owner.db)
  await sql`drop trigger recheck on pm.change_permissions`.execute(database.owner.db)

  const ran = await status('op_admin')

  expect(JSON.parse(ran.stdout)).toMatchObject({
    guard: 'incomplete',
    gaps: ['z_pm_images_update on public.domains', 'a_pm_guard on public.plans', 'recheck on pm.change_permissions'],
  })
  expect([ran.exitCode, ran.stderr]).toEqual([0, 'The guard has gaps. See them: pm db check\n'])
})

test('says which migrations are pending', async () => {
  await sql`delete from pm.migrations where name = '0003-pm-guard'`.execute(database.owner.db)

  const ran = await status('op_admin')

  expect(JSON.parse(ran.stdout)).toMatchObject({pending: ['0003-pm-guard']})
  expect(ran.stderr).toBe('Bring the database up to date: pm db setup\n')
})

describe('of a replica it says', () => {
  test('that it is none', async () => {
    const ran = await inContext(database, ['--replica-host', '127.0.0.1', '--replica-port', port()])

    expect(JSON.parse(ran.stdout)).toMatchObject({
      replica: place(),
      replica_state: 'not a replica',
      replica_lag_bytes: null,
      replica_lag_seconds: null,
    })
  })

  test('that it cannot be reached, and all the rest', async () => {
    const nobody = String(await freePort())
    const ran = await inContext(database, ['--replica-host', '127.0.0.1', '--replica-port', nobody])

    expect(JSON.parse(ran.stdout)).toMatchObject({role: 'owner', replica_state: 'unreachable'})
    expect(ran.exitCode).toBe(0)
  })
})

test('a database that cannot be reached is an error', async () => {
  const ran = await pm({env: {DATABASE_URL: `postgres://op_admin@127.0.0.1:${await freePort()}/mails`}}, [])

  expect(ran).toMatchObject({exitCode: 11, stdout: ''})
})

function here(login: string) {
  return {DATABASE_URL: database.url(login)}
}

function pm(world: World, argv: readonly string[]): Promise<Ran> {
  return run({width: 200, ...world}, ['db', 'status', ...argv])
}

function status(login: string): Promise<Ran> {
  return pm({env: here(login)}, ['--json'])
}

async function said(login: string): Promise<unknown> {
  const {stdout, exitCode} = await status(login)
  expect(exitCode).toBe(0)
  return JSON.parse(stdout)
}

/** The status of a saved context, made with more options. */
async function inContext({server}: TestDatabase, options: readonly string[]): Promise<Ran> {
  const home = mkdtempSync(join(tmpdir(), 'pm-status-'))
  const {host, database: mails} = server('')
  const at = ['--host', host, '--port', port(), '--database', mails, '--user', 'postgres']
  const added = await run({home}, ['context', 'add', 'here', '--kind', 'development', ...at, ...options])
  expect(added.exitCode).toBe(0)
  const ran = await pm({home}, ['--context', 'here', '--json'])
  rmSync(home, {recursive: true})
  return ran
}

function name(): string {
  return database.server('').database
}

function port(): string {
  return String(database.server('').port)
}

function place(): string {
  return `127.0.0.1:${port()}/${name()}`
}

async function version(): Promise<string> {
  const {rows} = await sql<{version: string}>`select current_setting('server_version') as version`.execute(
    database.owner.db,
  )
  return String(rows[0]?.version)
}
