import {sql} from 'kysely'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {Connection} from '../../src/db/connection.ts'
import {migrationNames} from '../../src/db/migrate.ts'
import {openServer} from '../../src/db/server.ts'
import {setUp} from '../../src/db/set-up.ts'
import {readerOf} from '../../src/db/transaction.ts'
import {checkDatabase} from '../../src/queries/db/check.ts'
import {planSetup} from '../../src/queries/db/setup.ts'
import {PermissionDenied} from '../../src/rules/errors.ts'
import {makePlatform} from '../support/platform.ts'
import {type Postgres, startPostgres} from '../support/postgres.ts'

// A cluster of its own: pm's roles belong to the cluster, and here nobody has made them yet.
let cluster: Postgres
let superuser: Connection
const session = {kind: 'session'} as const
const open: Connection[] = []

beforeAll(async () => {
  cluster = await startPostgres()
  superuser = connect('postgres', 'postgres')
  await run('create role penguin_owner login createrole')
  await run('create role penguin_app login')
  await run('create role other_owner login createrole')
  for (const [name, owner] of databases) await run(`create database ${name} owner ${owner}`)
})

afterAll(async () => {
  for (const connection of open) await connection.close()
  await cluster.stop()
})

const databases = [
  ['empty', 'penguin_owner'],
  ['platform', 'penguin_owner'],
  ['others', 'other_owner'],
  ['foreign_tables', 'penguin_owner'],
]

describe('an owner who is no superuser, with CREATEROLE', () => {
  test('sets an empty database up, twice', async () => {
    const {db} = connect('penguin_owner', 'empty')

    expect((await setUp(db, session)).migrations).toEqual(migrationNames(session))
    expect((await setUp(db, session)).migrations).toEqual([])
    expect(await checkDatabase(readerOf(db), session)).toEqual([])
  })

  test('sets up a database with a platform that is theirs', async () => {
    const {db} = connect('penguin_owner', 'platform')
    await makePlatform(db)

    expect((await setUp(db, session)).migrations).toEqual(migrationNames(session))
    const findings = await checkDatabase(readerOf(db), session)
    expect([...new Set(findings.map(({finding}) => finding))]).toEqual(['raises'])
  })

  test('is an owner there and no operator, may enroll and nothing else', async () => {
    const {db} = connect('penguin_owner', 'empty')

    const {rows} = await sql`select pm.is_owner() as owner, pm.is_operator() as operator,
      array(select p from unnest(array['staff.read', 'staff.write', 'ip.read', 'audit.read']) p
            where pm.has_permission(p)) as may`.execute(db)

    expect(rows).toEqual([{owner: true, operator: false, may: ['staff.read', 'staff.write']}])
  })

  test('is not left a member of pm_guard, and cannot tamper with the record of changes', async () => {
    const {db} = connect('penguin_owner', 'empty')

    await expect(sql`set role pm_guard`.execute(db)).rejects.toMatchObject({code: '42501'})
    await expect(sql`insert into pm.changes (command) values ('x')`.execute(db)).rejects.toMatchObject({code: '42501'})
    await expect(sql`delete from pm.row_images`.execute(db)).rejects.toMatchObject({code: '42501'})
  })

  test("writes the platform's tables as before, and leaves no images", async () => {
    const {db} = connect('penguin_owner', 'empty')
    await sql`insert into feature_flags (key) values ('beta')`.execute(db)
    await sql`update feature_flags set is_enabled = true`.execute(db)
    await sql`delete from feature_flags`.execute(db)

    expect((await sql`select from pm.row_images`.execute(connect('postgres', 'empty').db)).rows).toEqual([])
  })
})

describe('a login that lacks rights is told which', () => {
  test('who owns nothing', async () => {
    expect(await refusal('penguin_app', 'others')).toEqual([
      'CREATE on the database others',
      'CREATE on the schema public',
      'ADMIN OPTION on the role pm_guard',
    ])
  })

  test('who owns another database of the cluster, where pm_guard is somebody else’s', async () => {
    expect(await refusal('other_owner', 'others')).toEqual(['ADMIN OPTION on the role pm_guard'])
    await run('grant pm_guard to other_owner with admin option, set false, inherit false')

    const {db} = connect('other_owner', 'others')
    expect((await setUp(db, session)).migrations).toEqual(migrationNames(session))
    expect(await checkDatabase(readerOf(db), session)).toEqual([])
  })

  test("whose tables the platform's are not", async () => {
    await makePlatform(connect('postgres', 'foreign_tables').db)

    expect(await refusal('penguin_owner', 'foreign_tables')).toEqual([
      'ownership of campaign_sequence_steps, campaigns, companies and 29 more tables',
      'SELECT and INSERT on permissions, staff_roles, staff_role_permissions',
    ])
    await expect(setUp(connect('penguin_owner', 'foreign_tables').db, session)).rejects.toBeInstanceOf(PermissionDenied)
  })
})

test('operators’ logins that the guard does not hold are found', async () => {
  const {db} = connect('penguin_owner', 'empty')
  await run('create role op_plain login createrole in role pm_operator')
  await run('create role op_above login superuser bypassrls in role pm_operator')
  await run('create role op_owner login in role pm_operator, penguin_owner')

  const findings = await checkDatabase(readerOf(db), session)

  expect(findings.map(({kind, object, finding, found}) => [kind, object, finding, found])).toEqual([
    ['role', 'op_above', 'unsafe', 'op_above is a superuser, bypasses row-level security'],
    ['role', 'op_owner', 'unsafe', 'op_owner owns tables'],
  ])
})

async function refusal(user: string, database: string): Promise<unknown> {
  const error = await planSetup(readerOf(connect(user, database).db), session, false).catch((cause: unknown) => cause)
  if (!(error instanceof PermissionDenied)) throw error
  return (error.details as {lacks: string[]}).lacks
}

function connect(user: string, database: string): Connection {
  const connection = openServer({host: '127.0.0.1', port: cluster.port, database, user, tls: false}, 'pm test')
  open.push(connection)
  return connection
}

async function run(statement: string): Promise<void> {
  await sql.raw(statement).execute(superuser.db)
}
