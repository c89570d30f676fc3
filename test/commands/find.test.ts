import {afterAll, beforeAll, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {ask} from '../support/records.ts'
import {run} from '../support/run.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const find = async (login: string, ...argv: string[]) => {
  const {stdout} = await run({env: {DATABASE_URL: database.url(login)}}, [
    'find',
    ...argv,
    '-o',
    'tsv',
    '--fields',
    'noun,name',
  ])
  return stdout.trim().split('\n')
}

test('finds by name, domain, address, e-mail, slug, key and Stripe id', async () => {
  expect((await find('op_admin', 'ACME'))[0]).toBe('tenant\tAcme')
  expect((await find('op_admin', 'acme.example'))[0]).toBe('domain\tacme.example')
  expect(await find('op_admin', '203.0.113.24')).toEqual(['IP\t203.0.113.24'])
  expect(await find('op_admin', 'alice@acme')).toEqual(['user\talice@acme.example'])
  expect((await find('op_admin', 'growth'))[0]).toBe('plan\tgrowth')
  expect(await find('op_admin', 'new_ed')).toEqual(['flag\tnew_editor'])
  expect(await find('op_admin', 'hw-4109')).toEqual(['VPS\thw-410902'])
  const [{stripe}] = (await ask<{stripe: string}>(
    database,
    'select stripe_subscription_id as stripe from subscriptions where stripe_subscription_id is not null limit 1',
  )) as [{stripe: string}]
  expect(await find('op_admin', stripe)).toEqual([`subscription\t${stripe}`])
})

test('finds only what the operator may see', async () => {
  await ask(
    database,
    `delete from staff_role_permissions where role_id = (select id from staff_roles where name = 'viewer')
     and permission_id = (select id from permissions where name = 'tenant.read')`,
  )
  expect(await find('op_viewer', 'Acme')).not.toContain('tenant\tAcme')
})

test('a pattern is text, and nothing found is exit 3', async () => {
  const {exitCode, stderr, stdout} = await run({env: {DATABASE_URL: database.url('op_admin')}}, ['find', '%'])
  expect({exitCode, stdout}).toEqual({exitCode: 3, stdout: ''})
  expect(stderr).toContain('Nothing is or begins with “%”.')
})
