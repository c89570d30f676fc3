import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'

let database: TestDatabase
let folder: string
beforeEach(async () => {
  database = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'pm-add-'))
})
afterEach(async () => {
  rmSync(folder, {recursive: true})
  await database.drop()
})

const add = (argv: readonly string[], stdin = '', login = 'op_admin') =>
  run(as(database, login, {stdin}), ['staff', 'add', ...argv])
const support = () =>
  ask<{email: string; notes: string | null}>(
    database,
    `select u.email, m.notes from staff_members m join users u on u.id = m.user_id
     join staff_roles r on r.id = m.role_id where r.name = 'support' and u.email like '%@acme.example' order by 1`,
  )
const [alice, ben] = ['alice@acme.example', 'ben@acme.example']
const list = `email,name\n${alice},Alice\n${ben},Ben\n`

test('of a list is a job, which an undo takes back', async () => {
  const {exitCode, stderr} = await add(['-', '--role', 'support', '--notes', 'Until August', '--yes'], list)
  expect({exitCode, stderr}).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('Give the staff role support to 2 users.'),
  })
  expect(await support()).toEqual([alice, ben].map((email) => ({email, notes: 'Until August'})))
  expect(await changesOf(database)).toMatchObject([
    {permission: 'staff.write', images: ['insert pm.jobs 1', 'insert staff_members 2']},
  ])
  expect(await run(as(database, 'op_admin'), ['audit', 'undo', '1', '--yes'])).toMatchObject({exitCode: 0})
  expect(await support()).toEqual([])
})

test('leaves out who is no user, or on the staff already: exit 8', async () => {
  const rejects = join(folder, 'rejects.csv')
  const several = [alice, 'no@body.example', 'ada@penguinmails.example'].join('\n')
  const {exitCode, stderr} = await add(['-', '--role', 'support', '--yes', '--rejects', rejects], several)
  expect({exitCode, stderr}).toMatchObject({exitCode: 8})
  expect(await support()).toEqual([{email: alice, notes: null}])
  expect(readFileSync(rejects, 'utf8').split('\n').slice(1)).toEqual([
    expect.stringMatching(/no@body\.example,unknown,No user has the e-mail no@body\.example\.$/),
    expect.stringMatching(/ada@penguinmails\.example,refused,.* is on the staff already, as admin\./),
    '',
  ])
})

test('of who is there already in that role is nothing to do: exit 0, in a list and alone', async () => {
  await add(['-', '--role', 'support', '--notes', 'Until August', '--yes'], list)
  const again = await add(['-', '--role', 'support', '--yes'], list)
  expect(again).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(
      /! 2 left out, already: .* are on the staff already, as support\.\nNothing to do\.\n$/,
    ),
  })
  expect(await add([ben, '--role', 'support', '--yes'])).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('is on the staff already, as support.\nNothing to do.'),
  })
  const noted = await add([ben, '--role', 'support', '--notes', 'Until May', '--yes'])
  expect(noted).toMatchObject({exitCode: 6, stderr: expect.stringContaining('is on the staff already, as support.')})
  expect(await support()).toEqual([alice, ben].map((email) => ({email, notes: 'Until August'})))
})

test('tells once of many that they need a login', async () => {
  await ask(
    database,
    `insert into users (id, email) select gen_random_uuid(), n || '@new.example' from generate_series(1, 30) n`,
  )
  const many = Array.from({length: 30}, (_, n) => `${n + 1}@new.example`).join('\n')
  const {stderr} = await add(['-', '--role', 'support', '--dry-run'], many)
  expect(stderr.match(/^!.*$/gm)).toEqual([
    expect.stringMatching(/^! They have no login, and cannot start pm until they do \(30\): .* and 25 more\.$/),
  ])
})

test('is done as it was saved, and leaves out who came to the staff meanwhile', async () => {
  const plan = join(folder, 'plan.json')
  expect(await add(['-', '--role', 'support', '--save', plan], list)).toMatchObject({exitCode: 0})
  expect(await support()).toEqual([])
  await add([ben, '--role', 'viewer', '--yes'])
  const {exitCode, stderr} = await add(['--apply', plan, '--yes'])
  expect({exitCode, stderr}).toMatchObject({
    exitCode: 8,
    stderr: expect.stringContaining('Still to be done as planned: 1 of 2.'),
  })
  expect(await support()).toEqual([{email: alice, notes: null}])
})

test('without a role asks for one: exit 2', async () => {
  expect(await add(['-', '--yes'], list)).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'Error: Which role?\nGive it with --role ROLE: see pm staff add --help. (usage, exit 2)\n',
  })
})

test('who may not is refused: exit 5', async () => {
  expect(await add(['-', '--role', 'support', '--yes'], list, 'op_operations')).toMatchObject({exitCode: 5})
  expect([await support(), await changesOf(database)]).toEqual([[], []])
})
