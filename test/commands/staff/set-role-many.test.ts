import {afterEach, beforeEach, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask, changesOf} from '../../support/records.ts'
import {type Ran, run} from '../../support/run.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.drop())

const setRole = (argv: readonly string[], stdin = '', login = 'op_admin'): Promise<Ran> =>
  run({env: {DATABASE_URL: database.url(login)}, stdin}, ['staff', 'set-role', ...argv])
const roles = async () => {
  const rows = await ask<{email: string; role: string | null}>(
    database,
    `select split_part(u.email, '@', 1) as email, r.name as role from staff_members m join users u on u.id = m.user_id
     left join staff_roles r on r.id = m.role_id order by 1`,
  )
  return Object.fromEntries(rows.map(({email, role}) => [email, role]))
}
const at = (...names: string[]) => names.map((name) => `${name}@penguinmails.example`)

test('of several people, and of a list, is a job with an image of each who changed', async () => {
  const before = await roles()
  expect(await setRole([...at('sam', 'nora'), 'viewer', '--yes'])).toMatchObject({exitCode: 0})
  expect(await setRole(['-', 'support', '--yes'], `email\n${at('bill', 'nora').join('\n')}\n`)).toMatchObject({
    exitCode: 0,
  })
  expect(await roles()).toEqual({...before, sam: 'viewer', bill: 'support', nora: 'support'})
  expect(await changesOf(database)).toMatchObject([
    {permission: 'staff.write', images: ['insert pm.jobs 1', 'update staff_members 2']},
    {permission: 'staff.write', images: ['insert pm.jobs 1', 'update staff_members 2']},
  ])
})

test('shows who, in which role, before anybody is asked', async () => {
  const {exitCode, stderr} = await setRole(['-', 'viewer', '--dry-run'], at('sam', 'bill').join('\n'))
  expect([exitCode, stderr]).toEqual([9, expect.stringContaining('Give the role viewer to 2 staff members.')])
  expect(stderr).toMatch(/~ staff sam@penguinmails\.example +role_id: support → viewer\n/)
})

test('leaves out who is not on the staff, and who has the role already: exit 8', async () => {
  const list = [...at('sam', 'sue', 'vic'), 'alice@acme.example'].join('\n')
  const before = await roles()
  const {exitCode, stderr} = await setRole(['-', 'support', '--yes'], list)
  expect({exitCode, stderr}).toMatchObject({exitCode: 8})
  expect(await roles()).toEqual({...before, vic: 'support'})
  const missed = await ask(
    database,
    `select split_part(told ->> 'target', '@', 1) as who, told ->> 'outcome' as outcome
     from pm.job_pages, unnest(missed) told order by 1`,
  )
  expect(missed).toEqual([
    {who: 'alice', outcome: 'unknown'},
    {who: 'sam', outcome: 'already'},
    {who: 'sue', outcome: 'already'},
  ])
})

test('with oneself among them leaves that one out: exit 8', async () => {
  const before = await roles()
  const {exitCode, stderr} = await setRole(['-', 'support', '--yes'], at('vic', 'ada').join('\n'))
  expect([exitCode, await roles()]).toEqual([8, {...before, vic: 'support'}])
  expect(stderr).toContain('! 1 left out, refused: Nobody changes their own place on the staff (line 2).\n')
})

test('who may not is refused', async () => {
  const before = await roles()
  const {exitCode} = await setRole([...at('sam', 'nora'), 'viewer', '--yes'], '', 'op_operations')
  expect([exitCode, await roles()]).toEqual([5, before])
})
