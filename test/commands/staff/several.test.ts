import {afterEach, beforeEach, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {useOwnLogins} from './own-logins.ts'

const sam = 'sam@penguinmails.example'
const sue = 'sue@penguinmails.example'
const staff = `select u.email, r.name as role from staff_members m join users u on u.id = m.user_id
  left join staff_roles r on r.id = m.role_id order by 1`

const logins = useOwnLogins()
let database: TestDatabase

beforeEach(async () => {
  database = await freshDatabase()
})

afterEach(() => database.drop())

const pm = (argv: readonly string[], {login = 'op_admin', stdin = ''} = {}) =>
  run(as(database, login, {stdin}), ['staff', ...argv])

async function rolesOf(...emails: string[]): Promise<Record<string, unknown>> {
  const rows = await ask<{email: string; role: string | null}>(database, staff)
  return Object.fromEntries(rows.filter(({email}) => emails.includes(email)).map(({email, role}) => [email, role]))
}

test('users are added all or none, in one change that an undo takes back', async () => {
  const both = ['alice@acme.example', 'ben@acme.example']
  const {exitCode, stderr} = await pm(['add', ...both, '--role', 'support', '--yes'])
  expect({exitCode, stderr}).toMatchObject({exitCode: 0, stderr: expect.stringContaining('Add 2 users to the staff.')})
  expect(await rolesOf(...both)).toEqual({'alice@acme.example': 'support', 'ben@acme.example': 'support'})
  expect(await changesOf(database)).toMatchObject([{targets: ['staff:alice@acme.example', 'staff:ben@acme.example']}])
  await run(as(database, 'op_admin'), ['audit', 'undo', '1', '--yes'])
  expect(await rolesOf(...both)).toEqual({})
})

test('people are removed all or none: who cannot be is named, with all others who cannot', async () => {
  const before = await ask(database, staff)
  const {exitCode, stderr} = await pm([
    'remove',
    sam,
    'alice@acme.example',
    'nobody@x.example',
    '--confirm',
    '3 people',
  ])
  expect(exitCode).toBe(6)
  expect(stderr).toContain('alice@acme.example is not on the staff. nobody@x.example is not on the staff. Nothing')
  expect(await ask(database, staff)).toEqual(before)
  expect(await changesOf(database)).toEqual([])
})

test('several people are removed in one change, once their number is typed', async () => {
  await logins.give(database, sam, sue)
  const {stderr, exitCode} = await pm(['remove', sam, sue, '--yes'])
  expect({exitCode, stderr}).toMatchObject({exitCode: 7, stderr: expect.stringContaining(`--confirm '2 people'`)})
  const done = await pm(['remove', sam, sue, '--confirm', '2 people'])
  expect(done.exitCode).toBe(0)
  expect(await rolesOf(sam, sue)).toEqual({})
  expect(await changesOf(database)).toHaveLength(1)
})

test('not all admins go at once, though each of them might', async () => {
  await ask(
    database,
    `update staff_members set role_id = (select id from staff_roles where name = 'admin')
    where user_id = (select id from users where email = '${sam}')`,
  )
  const before = await ask(database, staff)
  const {exitCode, stderr} = await pm(['remove', 'ada@penguinmails.example', sam, '--confirm', '2 people'], {
    login: 'postgres',
  })
  expect({exitCode, stderr}).toMatchObject({
    exitCode: 6,
    stderr: expect.stringContaining('Nobody could change the staff any more'),
  })
  expect(await ask(database, staff)).toEqual(before)
})

test('one of two names of the same person is one too many', async () => {
  const [user] = await ask<{id: string}>(database, `select id from users where email = '${sam}'`)
  const {exitCode, stderr} = await pm(['remove', sam, user?.id ?? '', '--confirm', '2 people'])
  expect({exitCode, stderr}).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(`“${sam}” and “${user?.id}” mean the same person.`),
  })
})

test('logins are shut out together: each is disabled, out of the group, and without a login', async () => {
  const theirs = await logins.give(database, sam, sue)
  const {exitCode, stderr} = await pm(['revoke', sam, sue, '--yes'])
  expect({exitCode, stderr}).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('Revoke the logins of 2 people.'),
  })
  for (const login of theirs) {
    expect(
      await ask(
        database,
        `select rolcanlogin, pg_has_role(rolname, 'pm_operator', 'member') as operates,
      (select disabled is not null from pm.operator_logins where login = rolname) as disabled
      from pg_roles where rolname = '${login}'`,
      ),
    ).toEqual([{rolcanlogin: false, operates: false, disabled: true}])
  }
  expect(stderr).toMatch(new RegExp(`^${theirs.map((login) => `${login} has no session\\.`).join(' ')}$`, 'm'))
  expect(await changesOf(database)).toHaveLength(1)
})
