import {sql} from 'kysely'
import {describe, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {untilSomebodyWaits} from '../../support/engine.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const pendingOf = (tenant: string) => `select p.slug as plan, n.slug as pending, s.status from subscriptions s
  join tenants t on t.id = s.tenant_id join plans p on p.id = s.plan_id left join plans n on n.id = s.pending_plan_id
  where t.name = '${tenant.replaceAll("'", "''")}' and s.status <> 'canceled'`
const as = (database: TestDatabase, login = 'op_billing') => ({env: {DATABASE_URL: database.url(login)}})
const subscriptionOf = async (database: TestDatabase, tenant: string) =>
  (
    await ask<{id: string; stripe: string; period_end: string}>(
      database,
      `select s.id, s.stripe_subscription_id as stripe, s.current_period_end as period_end from subscriptions s
       join tenants t on t.id = s.tenant_id where t.name = '${tenant}' and s.status <> 'canceled'`,
    )
  )[0]

const shared = {
  consent: ['--yes'],
  refusedAs: 'op_support',
  permission: 'subscription.write',
  images: ['update subscriptions 1'],
}

describe('pm plan', () => {
  holdsAsWrite('change', {
    ...shared,
    argv: ['plan', 'change', 'acme', '--to', 'scale'],
    rows: pendingOf('Acme'),
    after: [{plan: 'growth', pending: 'scale', status: 'active'}],
    targets: ['tenant:Acme', 'subscription:sub_h8OaFO5Bg0eQiv4m41lbc6nr', 'plan:scale'],
  })
  holdsAsWrite('keep', {
    ...shared,
    argv: ['plan', 'keep', 'northline.example'],
    rows: pendingOf('Northline Recruiting'),
    after: [{plan: 'starter', pending: null, status: 'active'}],
    targets: ['tenant:Northline Recruiting', 'subscription:sub_k4xNXdoeiI6LM7BSMh90lq0i'],
  })
})

test('the preview says when the change begins, that Stripe is not told, and where to tell it', async () => {
  const database = await freshDatabase()
  const subscription = await subscriptionOf(database, 'Acme')
  const [scale] = await ask<{product: string}>(
    database,
    `select stripe_product_id as product from plans where slug = 'scale'`,
  )
  const {stderr, stdout} = await run(as(database), [
    'plan',
    'change',
    'acme',
    '--to',
    'scale',
    '--dry-run',
    '-o',
    'json',
  ])
  const links = `https://dashboard.stripe.com/acct_1SandboxPenguin00/test`
  expect(stderr).toContain('Change Acme from growth to scale when the period ends.')
  expect(JSON.parse(stdout)).toMatchObject({
    change: null,
    effects: [
      {
        tenant: 'Acme',
        from: 'growth',
        to: 'scale',
        instead_of: null,
        begins: subscription?.period_end,
        subscription: subscription?.id,
        stripe_subscription_id: subscription?.stripe,
        stripe: null,
      },
    ],
    warnings: [
      'Contacts could not be counted: that takes lead.read.',
      'Stripe is not told. Change it there, too, or give --in-stripe.',
      `${links}/subscriptions/${subscription?.stripe}`,
      `${links}/products/${scale?.product}`,
    ],
  })
  await database.drop()
})

test('nothing but the pending plan is written: the columns of the webhooks stay', async () => {
  const database = await freshDatabase()
  const rows = () =>
    ask(database, `select to_jsonb(s) - 'updated' - 'pending_plan_id' as row from subscriptions s order by id`)
  const before = await rows()
  await run(as(database), ['plan', 'change', 'acme', '--to', 'scale', '--yes'])
  await run(as(database), ['plan', 'keep', 'northline.example', '--yes'])
  expect(await rows()).toEqual(before)
  await database.drop()
})

test('a plan whose limits the tenant is beyond is refused, naming each, unless that is allowed', async () => {
  const database = await freshDatabase()
  const argv = ['plan', 'change', 'acme', '--to', 'starter', '--yes']
  const refused = await run(as(database, 'op_admin'), [...argv, '-o', 'json'])
  expect(refused).toMatchObject({exitCode: 6, stdout: ''})
  expect(JSON.parse(refused.stderr)).toEqual({
    error: {
      code: 'conflict',
      message: 'Acme is beyond what starter allows: Domains 5 of 3, E-mail accounts 6 of 5.',
      hint: 'To change the plan all the same: --allow-over-limit',
      details: {
        exceeded: [
          {limit: 'max_domains', used: 5, max: 3},
          {limit: 'max_email_accounts', used: 6, max: 5},
        ],
      },
    },
  })
  expect(await ask(database, pendingOf('Acme'))).toMatchObject([{pending: null}])
  const allowed = await run(as(database, 'op_admin'), [...argv, '--allow-over-limit'])
  expect(allowed).toMatchObject({exitCode: 0})
  expect(allowed.stderr).toContain('! Beyond the new limit: Domains 5 of 3.')
  expect(allowed.stderr).toContain('! Beyond the new limit: E-mail accounts 6 of 5.')
  expect(await ask(database, pendingOf('Acme'))).toMatchObject([{pending: 'starter'}])
  await database.drop()
})

test('who is at a limit is within it', async () => {
  const database = await freshDatabase()
  await ask(database, `update plans set max_domains = 5, max_email_accounts = 6 where slug = 'starter'`)
  const {exitCode} = await run(as(database, 'op_admin'), ['plan', 'change', 'acme', '--to', 'starter', '--yes'])
  expect(exitCode).toBe(0)
  await database.drop()
})

test('a plan that is not sold is given only when that is meant', async () => {
  const database = await freshDatabase()
  const argv = ['plan', 'change', 'acme', '--to', 'black-friday-2025', '--yes']
  const refused = await run(as(database), argv)
  expect(refused).toMatchObject({exitCode: 6, stdout: ''})
  expect(refused.stderr).toContain('black-friday-2025 is not sold.')
  expect(await run(as(database), [...argv, '--allow-inactive'])).toMatchObject({exitCode: 0})
  expect(await ask(database, pendingOf('Acme'))).toMatchObject([{pending: 'black-friday-2025'}])
  await database.drop()
})

test('a change that is pending already is nothing to do; another takes its place, and says so', async () => {
  const database = await freshDatabase()
  const again = await run(as(database), ['plan', 'change', 'northline.example', '--to', 'growth'])
  expect(again).toMatchObject({exitCode: 0})
  expect(again.stderr).toContain('Nothing to do.')
  const argv = ['plan', 'change', 'northline.example', '--to', 'scale', '--yes', '-o', 'json']
  const {stdout} = await run(as(database), argv)
  expect(JSON.parse(stdout).effects).toMatchObject([{from: 'starter', to: 'scale', instead_of: 'growth'}])
  expect(await changesOf(database)).toHaveLength(1)
  await run(as(database), ['audit', 'undo', '1', '--yes'])
  expect(await ask(database, pendingOf('Northline Recruiting'))).toMatchObject([{pending: 'growth'}])
  await database.drop()
})

test('a tenant on the plan already has nothing to change, but a pending change is to be withdrawn by keep', async () => {
  const database = await freshDatabase()
  const there = await run(as(database), ['plan', 'change', 'acme', '--to', 'growth'])
  expect(there).toMatchObject({exitCode: 0})
  expect(there.stderr).toContain('Acme is on growth already.')
  const pending = await run(as(database), ['plan', 'change', 'northline.example', '--to', 'starter'])
  expect(pending).toMatchObject({exitCode: 6, stdout: ''})
  expect(pending.stderr).toMatch(/is on starter already, and is to change to growth\.\n.*pm plan keep [0-9a-f-]{36}/)
  const kept = await run(as(database), ['plan', 'keep', 'acme'])
  expect(kept).toMatchObject({exitCode: 0})
  expect(kept.stderr).toContain('Keep Acme on growth: no change is pending.')
  expect(await changesOf(database)).toEqual([])
  await database.drop()
})

test('of two operators who change one tenant at the same moment, one does', async () => {
  const database = await freshDatabase()
  const both = await Promise.all([
    run(as(database), ['plan', 'change', 'acme', '--to', 'scale', '--yes']),
    run(as(database, 'op_admin'), ['plan', 'change', 'acme', '--to', 'enterprise', '--yes']),
  ])
  const done = both.filter(({exitCode}) => exitCode === 0).length
  // One after the other, the second takes the place of the first; at once, the later is told.
  expect(both.map(({exitCode}) => exitCode).every((code) => code === 0 || code === 6)).toBe(true)
  expect(done).toBeGreaterThanOrEqual(1)
  expect(await changesOf(database)).toHaveLength(done)
  await database.drop()
})

test('a webhook that renews the subscription between the plan and its application is never overruled', async () => {
  const database = await freshDatabase()
  const {stripe} = (await subscriptionOf(database, 'Acme')) ?? {}
  const renewal = `update subscriptions set current_period_end = current_period_end + interval '1 month'
    where stripe_subscription_id = '${stripe}'`
  const webhook = await database.owner.db.startTransaction().execute()
  await sql.raw(renewal).execute(webhook)
  const running = run(as(database), ['plan', 'change', 'acme', '--to', 'scale', '--yes'])
  await untilSomebodyWaits(database)
  await webhook.commit().execute()
  const {exitCode, stdout, stderr} = await running
  expect({exitCode, stdout}).toEqual({exitCode: 6, stdout: ''})
  expect(stderr).toContain('Changed since it was planned: subscription of Acme.')
  expect(await ask(database, pendingOf('Acme'))).toMatchObject([{pending: null}])
  await database.drop()
})

test('a subscription that is ending or behind with payment can change, and that is said', async () => {
  const database = await freshDatabase()
  const warned = async (tenant: string) =>
    (await run(as(database, 'op_admin'), ['plan', 'change', tenant, '--to', 'enterprise', '--dry-run'])).stderr
  expect(await warned('tidewater.example')).toContain('It is to end with this period: the new plan would never begin.')
  expect(await warned('sunrisesolar.example')).toContain('The subscription is past due.')
  await database.drop()
})

test('of several live subscriptions one must be named', async () => {
  const database = await freshDatabase()
  await ask(
    database,
    `insert into subscriptions (tenant_id, plan_id, status, stripe_subscription_id)
     select s.tenant_id, s.plan_id, 'active', 'sub_second' from subscriptions s join tenants t on t.id = s.tenant_id where t.name = 'Acme'`,
  )
  const refused = await run(as(database), ['plan', 'change', 'acme', '--to', 'scale', '--yes'])
  expect(refused).toMatchObject({exitCode: 6, stdout: ''})
  expect(refused.stderr).toContain('Acme has 2 live subscriptions.')
  const argv = ['plan', 'change', 'acme', '--to', 'scale', '--subscription', 'sub_second', '--yes']
  expect(await run(as(database), argv)).toMatchObject({exitCode: 0})
  expect(await run(as(database), ['plan', 'keep', 'sub_second', '--yes'])).toMatchObject({exitCode: 0})
  await database.drop()
})

test('a hostile name draws nothing, and is in no command that pm suggests', async () => {
  const database = await freshDatabase()
  const {stderr, exitCode} = await run(as(database, 'op_admin'), [
    'plan',
    'change',
    'hello-ops.example',
    '--to',
    'growth',
    '--dry-run',
  ])
  expect(exitCode).toBe(9)
  expect(stderr).not.toMatch(/[\u001b\u202e]/)
  await database.drop()
})

test.each([
  [['plan', 'change', 'nobody', '--to', 'scale'], 3, 'No tenant nobody'],
  [['plan', 'change', 'acme', '--to', 'nobody'], 3, 'No plan nobody'],
  [['plan', 'change', 'acme'], 2, 'Which plan?'],
  [['plan', 'change'], 2, 'Which tenant?'],
  [['plan', 'change', 'newleaf.example', '--to', 'growth'], 6, 'Newleaf Gardens has no live subscription.'],
  [['plan', 'change', 'meadowpets.example', '--to', 'growth'], 6, 'has no live subscription: it is canceled.'],
  [['plan', 'change', 'oldmill.example', '--to', 'growth'], 6, 'Old Mill Bakery is deleted.'],
  [
    ['plan', 'change', 'acme', '--to', 'scale', '--subscription', 'sub_other'],
    3,
    'Acme has no subscription sub_other.',
  ],
  [['plan', 'keep', 'newleaf.example'], 6, 'has no live subscription'],
])('pm %j exits %i', async (argv, code, words) => {
  const database = await freshDatabase()
  const {exitCode, stderr, stdout} = await run(as(database), argv)
  expect({exitCode, stdout}).toEqual({exitCode: code, stdout: ''})
  expect(stderr).toContain(words)
  await database.drop()
})
