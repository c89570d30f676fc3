import {afterAll, beforeAll, expect, test} from 'vitest'
import {exactSources} from '../../src/queries/find/exact-sources.ts'
import {sources} from '../../src/queries/find/sources.ts'
import {hitView} from '../../src/views/hit.ts'
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

test('says of each kind of hit beforehand that it may come', () => {
  const nouns = [...sources, ...exactSources].map(({noun}) => noun)
  expect(new Set(hitView.fields.noun.values)).toEqual(new Set(nouns))
})

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

test('finds a thing by any of its names, and says by which', async () => {
  const [{workspace, product}] = (await ask<{workspace: string; product: string}>(
    database,
    `select (select workspace_name from companies where workspace_name is not null order by 1 limit 1) as workspace,
      (select stripe_product_id from plans where slug = 'growth') as product`,
  )) as [{workspace: string; product: string}]
  expect(await find('op_admin', workspace)).toContain(`company\t${workspace}`)
  expect(await find('op_admin', product)).toEqual([`plan\t${product}`])
  expect(await find('op_admin', 'Black Fri')).toEqual(['plan\tBlack Friday 2025'])
  expect(await find('op_admin', '203.0.113.5')).toContain('VPS\t203.0.113.5')
  expect(await find('op_admin', 'olga op')).toEqual(['user\tOlga Operations'])
})

test('templates of one name are told apart by their tenants', async () => {
  const argv = ['find', 'layouts/base', '-o', 'tsv', '--fields', 'name,what', '--no-header']
  const {stdout} = await run({env: {DATABASE_URL: database.url('op_admin')}}, argv)
  const lines = stdout.trim().split('\n')
  expect(lines.length).toBeGreaterThan(1)
  expect(new Set(lines).size).toBe(lines.length)
  for (const line of lines) expect(line).toMatch(/^layouts\/base\t./)
})

test('what is exactly so comes first, then the names of which most was typed', async () => {
  const names = (await find('op_admin', 'acme')).map((line) => line.split('\t')[1] ?? '')
  expect(names[0]).toBe('Acme')
  expect(names.slice(1)).toEqual([...names.slice(1)].sort((one, other) => one.length - other.length))
  expect((await find('op_admin', 'acme', '--limit', '3')).map((line) => line.split('\t')[1])).toEqual(names.slice(0, 3))
})

test.each(['a', 'acme', '203.0.113', 'growth', 'new_ed', 'ip_', 'hw-', 'w', 'olga', 'cus_', 'sub_', 'pi_'])(
  'all that is found by %s is seen with the command that it says',
  async (text) => {
    const world = {env: {DATABASE_URL: database.url('op_admin')}}
    const whole = await ask<{id: string}>(
      database,
      `select stripe_customer_id as id from tenant_config where stripe_customer_id like '${text}%'
       union select stripe_subscription_id from subscriptions where stripe_subscription_id like '${text}%'
       union select stripe_payment_intent_id from payments where stripe_payment_intent_id like '${text}%' limit 3`,
    )
    for (const typed of [text, ...whole.map(({id}) => id)]) {
      const {stdout} = await run(world, ['find', typed, '-o', 'ndjson', '--limit', '100'])
      const shows = stdout.split('\n').flatMap((line) => (line === '' ? [] : String(JSON.parse(line).show)))
      const failed = []
      for (const show of shows) {
        const {exitCode} = await run(world, show.split(' ').slice(1))
        if (exitCode !== 0) failed.push(show)
      }
      expect(failed).toEqual([])
    }
  },
)

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
  expect(stderr).toContain('Nothing that you may see is or begins with “%”.')
})

test('says of what is found only as a whole that it is', async () => {
  const [{id}] = (await ask<{id: string}>(
    database,
    'select stripe_customer_id as id from tenant_config where stripe_customer_id is not null limit 1',
  )) as [{id: string}]
  const world = {env: {DATABASE_URL: database.url('op_admin')}}
  const {exitCode, stderr} = await run(world, ['find', id.slice(0, -3)])
  expect(exitCode).toBe(3)
  expect(stderr).toContain('the Stripe id of a customer, subscription or payment, is found only as a whole')
  expect(await find('op_admin', id)).toEqual([`customer\t${id}`])
})
