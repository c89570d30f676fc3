import {describe, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const plan = (slug: string, columns: string) => `select ${columns} from plans where slug = '${slug}'`
const shared = {
  consent: ['--yes'],
  refusedAs: 'op_operations',
  permission: 'plan.write',
  images: ['update plans 1'],
}
const as = (database: TestDatabase, login = 'op_billing') => ({env: {DATABASE_URL: database.url(login)}})

describe('pm plan', () => {
  holdsAsWrite('create', {
    ...shared,
    argv: ['plan', 'create', 'summer-2027', '--name', 'Summer 2027', '--price-monthly', '4900', '--max-users', '5'],
    consent: [],
    rows: plan('summer-2027', 'name, price_monthly, price_yearly, max_users, max_domains, api_access, is_active'),
    after: [
      {
        name: 'Summer 2027',
        price_monthly: 4900,
        price_yearly: null,
        max_users: 5,
        max_domains: null,
        api_access: false,
        is_active: false,
      },
    ],
    targets: ['plan:summer-2027'],
    images: ['insert plans 1'],
  })
  holdsAsWrite('edit', {
    ...shared,
    argv: ['plan', 'edit', 'growth', '--max-domains', '15', '--no-limit', 'max-users', '--no-api-access', '--notes='],
    rows: plan('growth', 'name, max_domains, max_users, api_access, notes, price_monthly, is_active'),
    after: [
      {
        name: 'Growth',
        max_domains: 15,
        max_users: null,
        api_access: false,
        notes: null,
        price_monthly: 7900,
        is_active: true,
      },
    ],
    targets: ['plan:growth'],
  })
  holdsAsWrite('activate', {
    ...shared,
    argv: ['plan', 'activate', 'Black Friday 2025'],
    rows: plan('black-friday-2025', 'slug, is_active'),
    after: [{slug: 'black-friday-2025', is_active: true}],
    targets: ['plan:black-friday-2025'],
  })
  holdsAsWrite('deactivate', {
    ...shared,
    argv: ['plan', 'deactivate', 'starter'],
    rows: plan('starter', 'slug, is_active'),
    after: [{slug: 'starter', is_active: false}],
    targets: ['plan:starter'],
  })
})

test('deactivating says how many subscribers keep the plan, and how many still come to it', async () => {
  const database = await freshDatabase()
  const {stderr} = await run(as(database), ['plan', 'deactivate', 'starter', '--dry-run'])
  expect(stderr).toContain('Deactivate starter: nobody new can buy it, and 8 subscribers keep it.')
  expect(stderr).toContain('! 1 subscriber will still change to it when the period ends.')
  await database.drop()
})

test('a plan without a Stripe product is sold only when that is meant', async () => {
  const database = await freshDatabase()
  const refused = await run(as(database), ['plan', 'activate', 'agency', '--yes'])
  expect(refused).toEqual({
    exitCode: 6,
    stdout: '',
    stderr:
      'Error: agency has no Stripe product.\nSet it: pm plan edit agency --stripe-product prod_… Or sell it all the same: --without-stripe (conflict, exit 6)\n',
  })
  expect(await changesOf(database)).toEqual([])
  const meant = await run(as(database), ['plan', 'activate', 'agency', '--without-stripe', '--yes'])
  expect(meant).toMatchObject({exitCode: 0})
  expect(meant.stderr).toContain('! Without a Stripe product nobody can pay for it.')
  expect(await ask(database, plan('agency', 'is_active'))).toEqual([{is_active: true}])
  await database.drop()
})

test('a product that cannot be one of Stripe’s is no product to sell a plan by', async () => {
  const database = await freshDatabase()
  await ask(database, `update plans set stripe_product_id = 'growth/../x' where slug = 'agency'`)
  const {exitCode, stderr} = await run(as(database), ['plan', 'activate', 'agency', '--yes'])
  expect({exitCode, stderr}).toMatchObject({exitCode: 6})
  expect(stderr).toContain('The Stripe product of agency, “growth/../x”, is none of Stripe’s.')
  await database.drop()
})

test('an edit says who has less at once, that prices are Stripe’s, and whose product is taken', async () => {
  const database = await freshDatabase()
  const [{product} = {product: ''}] = await ask<{product: string}>(
    database,
    plan('scale', 'stripe_product_id as product'),
  )
  const {stderr, exitCode} = await run(as(database), [
    ...['plan', 'edit', 'growth', '--max-domains', '5', '--no-api-access', '--price-monthly', '8900', '--dry-run'],
    ...['--stripe-product', product],
  ])
  expect(exitCode).toBe(9)
  expect(stderr.split('\n').filter((line) => line.startsWith('!'))).toEqual([
    '! 10 subscribers will have less at once: Domains 10 → 5.',
    '! 10 subscribers will have less at once: no API access.',
    '! In whole units: price a month 89.00.',
    '! What subscribers pay is Stripe’s: change the price of the product there, too.',
    expect.stringMatching(/^! At Stripe 10 subscribers stay on prod_\w+\.$/),
    `! ${product} is the Stripe product of scale, too.`,
  ])
  await database.drop()
})

test('an edit that changes nothing is none, and one of what is so already leaves that alone', async () => {
  const database = await freshDatabase()
  const nothing = await run(as(database), ['plan', 'edit', 'growth', '--max-domains', '10', '--api-access'])
  expect(nothing).toMatchObject({exitCode: 0})
  expect(nothing.stderr).toContain('Nothing to do.')
  const argv = ['plan', 'edit', 'growth', '--max-domains', '10', '--max-users', '11', '--yes', '-o', 'json']
  const {stdout} = await run(as(database), argv)
  expect(JSON.parse(stdout).rows).toMatchObject([{before: {max_users: 10}, after: {max_users: 11}}])
  await database.drop()
})

test('an undo does not overwrite what another operator changed since', async () => {
  const database = await freshDatabase()
  await run(as(database), ['plan', 'edit', 'growth', '--max-users', '11', '--yes'])
  await run(as(database, 'op_admin'), ['plan', 'edit', 'growth', '--max-users', '12', '--yes'])
  const {exitCode, stderr} = await run(as(database), ['audit', 'undo', '1', '--yes'])
  expect({exitCode, stderr}).toMatchObject({exitCode: 6})
  expect(await ask(database, plan('growth', 'max_users'))).toEqual([{max_users: 12}])
  await database.drop()
})

test('two plans of one slug, made at the same moment, are one', async () => {
  const database = await freshDatabase()
  const argv = ['plan', 'create', 'twin', '--name', 'Twin']
  const both = await Promise.all([run(as(database), argv), run(as(database, 'op_admin'), argv)])
  expect(both.map(({exitCode}) => exitCode).sort()).toEqual([0, 6])
  expect(await ask(database, plan('twin', 'name'))).toEqual([{name: 'Twin'}])
  await database.drop()
})

test.each([
  [['plan', 'create', 'Bad Slug', '--name', 'X'], 2, '“Bad Slug” cannot be a plan’s slug'],
  [['plan', 'create', 'a--b', '--name', 'X'], 2, 'cannot be a plan’s slug'],
  [['plan', 'create', 'growth', '--name', 'X'], 6, 'There is a plan growth already'],
  [['plan', 'create', 'new', '--name', ' '], 2, '1 to 100 characters'],
  [['plan', 'create', 'new'], 2, '--name is missing.'],
  [['plan', 'edit', 'growth'], 2, 'What shall change?'],
  [['plan', 'edit', 'growth', '--name='], 2, '1 to 100 characters'],
  [['plan', 'edit', 'growth', '--max-users', '-1'], 2, '“-1” is no whole number that fits'],
  [['plan', 'edit', 'growth', '--max-users', '2147483648'], 2, 'is no whole number that fits'],
  [['plan', 'edit', 'growth', '--price-monthly', '79.00'], 2, 'Prices are in cents'],
  [['plan', 'edit', 'growth', '--max-users', '5', '--no-limit', 'max-users'], 2, 'contradict each other'],
  [['plan', 'edit', 'growth', '--stripe-product', 'prod_a/b'], 2, 'is not the id of a Stripe product'],
  [['plan', 'edit', 'nobody', '--max-users', '5'], 3, 'No plan nobody'],
  [['plan', 'activate', 'nobody'], 3, 'No plan nobody'],
  [['plan', 'deactivate'], 2, 'Which plan?'],
])('pm %j exits %i', async (argv, code, words) => {
  const database = await freshDatabase()
  const {exitCode, stderr, stdout} = await run(as(database), argv)
  expect({exitCode, stdout}).toEqual({exitCode: code, stdout: ''})
  expect(stderr).toContain(words)
  await database.drop()
})
