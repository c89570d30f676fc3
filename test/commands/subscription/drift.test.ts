import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {startPm} from '../../support/process.ts'
import {ask} from '../../support/records.ts'
import {type Ran, run} from '../../support/run.ts'
import {type Mirror, startMirror} from '../../support/stripe/mirror.ts'
import type {FakeStripe} from '../../support/stripe-server.ts'

type AtStripe = Mirror['subscriptions'][number]

let database: TestDatabase
let stripe: FakeStripe | undefined
let env: Record<string, string> = {}

beforeAll(async () => {
  database = await freshDatabase()
})
afterEach(() => stripe?.close())
afterAll(() => database.drop())

/** Compares with a Stripe that agrees with the database, but for what is made different. */
async function drift(argv: readonly string[] = [], differ?: (mirror: Mirror) => Mirror): Promise<Ran> {
  await mirror(differ)
  return pm(argv)
}

async function mirror(differ?: (mirror: Mirror) => Mirror, of = database): Promise<FakeStripe> {
  ;({stripe, env} = await startMirror(of, differ))
  env = {...env, DATABASE_URL: of.url('op_viewer')}
  return stripe
}

const pm = (argv: readonly string[] = [], more: Record<string, string> = {}) =>
  run({env: {...env, ...more}}, ['subscription', 'drift', ...argv])

const acmeHere = async () =>
  (
    await ask<{id: string; stripe: string; tenant_id: string}>(
      database,
      `select s.id, s.stripe_subscription_id as stripe, s.tenant_id from subscriptions s
       join tenants t on t.id = s.tenant_id where t.name = 'Acme'`,
    )
  )[0] ?? {id: '', stripe: '', tenant_id: ''}

/** The mirror with one subscription changed. */
const changed =
  (id: string, change: (one: AtStripe) => Partial<AtStripe>) =>
  (mirror: Mirror): Mirror => ({
    ...mirror,
    subscriptions: mirror.subscriptions.map((one) => (one.id === id ? {...one, ...change(one)} : one)),
  })

/** The mirror with more subscriptions. */
const besides =
  (...more: AtStripe[]) =>
  (mirror: Mirror): Mirror => ({...mirror, subscriptions: [...more, ...mirror.subscriptions]})

const monthly = [{price: 'price_growth_month'}]
const page = (id: string) => `https://dashboard.stripe.com/acct_1SandboxPenguin00/test/subscriptions/${id}`
const parsed = ({stdout}: Ran) =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

test('where both sides agree there is nothing on stdout, and it exits 0', async () => {
  expect(await drift()).toEqual({exitCode: 0, stdout: '', stderr: '32 subscriptions compared: no differences.\n'})
  expect(stripe?.requests.map(({method, path}) => `${method} ${path}`)).toEqual(['GET /v1/subscriptions'])
})

describe('one difference', () => {
  test.each<[string, (one: AtStripe) => Partial<AtStripe>, unknown, unknown]>([
    ['status_differs', () => ({status: 'past_due'}), 'active', 'past_due'],
    ['canceling_differs', () => ({cancel_at_period_end: true}), 'false', 'true'],
    [
      'period_start_differs',
      ({items: [item]}) => ({
        items: [{...item, price: 'price_growth_month', current_period_start: 1 + Number(item?.current_period_start)}],
      }),
      expect.any(String),
      expect.any(String),
    ],
    [
      'period_end_differs',
      ({items: [item]}) => ({
        items: [{...item, price: 'price_growth_month', current_period_end: Number(item?.current_period_end) - 1}],
      }),
      expect.any(String),
      expect.any(String),
    ],
    ['plan_differs', ({items: [item]}) => ({items: [{...item, price: 'price_scale_month'}]}), 'growth', 'scale'],
  ])('%s: what stands here and what at Stripe, and exit 9', async (finding, change, here, at_stripe) => {
    const acme = await acmeHere()
    const ran = await drift(['-o', 'json'], changed(acme.stripe, change))
    expect({exitCode: ran.exitCode, stderr: ran.stderr}).toEqual({
      exitCode: 9,
      stderr: '32 subscriptions compared: 1 difference.\n',
    })
    expect(JSON.parse(ran.stdout)).toEqual([
      {
        tenant: 'Acme',
        finding,
        here,
        at_stripe,
        stripe_subscription_id: acme.stripe,
        stripe_url: page(acme.stripe),
        subscription_id: acme.id,
        tenant_id: acme.tenant_id,
      },
    ])
  })

  test('all that differs in one subscription is found', async () => {
    const {stripe: id} = await acmeHere()
    const all = () => ({status: 'unpaid' as const, cancel_at_period_end: true, items: [{price: 'price_scale_month'}]})
    const ran = await drift(['-o', 'tsv', '--fields', 'finding'], changed(id, all))
    expect(ran.stdout.split('\n').filter(Boolean)).toEqual([
      'status_differs',
      'plan_differs',
      'period_start_differs',
      'period_end_differs',
      'canceling_differs',
    ])
  })

  test('trialing at Stripe is active here', async () => {
    const {stripe: id} = await acmeHere()
    expect(
      (
        await drift(
          [],
          changed(id, () => ({status: 'trialing'})),
        )
      ).exitCode,
    ).toBe(0)
  })

  test('an add-on beside the plan, with a period of its own, is none', async () => {
    const {stripe: id} = await acmeHere()
    const addon = {price: 'price_addon', current_period_start: 1_767_225_600, current_period_end: 1_767_225_601}
    const beside = changed(id, ({items}) => ({items: [addon, ...items]}))
    const sold = {id: 'price_addon', product: 'prod_addon', unit_amount: 3000, recurring: {interval: 'month'}}
    const ran = await drift([], (mirror) => ({...beside(mirror), prices: [...mirror.prices, sold]}))
    expect(ran).toMatchObject({exitCode: 0, stdout: ''})
  })
})

describe('what only one side knows', () => {
  test('a subscription that only Stripe has, with the tenant of its customer', async () => {
    const {tenant_id, stripe: acme} = await acmeHere()
    const ran = await drift(['-o', 'ndjson'], (mirror) => {
      const customer = String(mirror.subscriptions.find(({id}) => id === acme)?.customer)
      return besides(
        {id: 'sub_second', customer, status: 'active', items: monthly},
        {id: 'sub_stranger', customer: 'cus_stranger', status: 'canceled', items: monthly},
      )(mirror)
    })
    expect(ran.exitCode).toBe(9)
    const unknown = {finding: 'unknown_here', here: null, subscription_id: null}
    expect(parsed(ran)).toEqual([
      {
        ...unknown,
        tenant: 'Acme',
        tenant_id,
        at_stripe: 'active',
        stripe_subscription_id: 'sub_second',
        stripe_url: page('sub_second'),
      },
      {
        ...unknown,
        tenant: null,
        tenant_id: null,
        at_stripe: 'canceled',
        stripe_subscription_id: 'sub_stranger',
        stripe_url: page('sub_stranger'),
      },
    ])
  })

  test.each(['incomplete', 'incomplete_expired'] as const)(
    'one that is %s never began, and need not be here',
    async (status) => {
      expect(await drift([], besides({id: 'sub_new', status, items: monthly}))).toMatchObject({exitCode: 0, stdout: ''})
    },
  )

  test('a subscription that only the database has', async () => {
    const acme = await acmeHere()
    const ran = await drift(['-o', 'json'], (mirror) => ({
      ...mirror,
      subscriptions: mirror.subscriptions.filter(({id}) => id !== acme.stripe),
    }))
    expect(ran.exitCode).toBe(9)
    expect(JSON.parse(ran.stdout)).toEqual([
      {
        tenant: 'Acme',
        finding: 'unknown_at_stripe',
        here: 'active',
        at_stripe: null,
        stripe_subscription_id: acme.stripe,
        stripe_url: page(acme.stripe),
        subscription_id: acme.id,
        tenant_id: acme.tenant_id,
      },
    ])
  })

  test('one without a Stripe id, or with one that cannot be one, is unknown there; one that ended so is past', async () => {
    const other = await freshDatabase()
    await mirror(undefined, other)
    await ask(
      other,
      `insert into subscriptions (status, stripe_subscription_id)
       values ('active', null), ('active', 'sub_\u001b[31m/..'), ('canceled', null)`,
    )
    // What comes while Stripe is being read is left for the next time.
    await ask(other, `insert into subscriptions (status, created) values ('active', now() + interval '1 hour')`)
    const ran = await pm(['-o', 'json', '--fields', 'finding,stripe_subscription_id,stripe_url'])
    expect(ran.exitCode).toBe(9)
    expect(ran.stdout).not.toContain('\u001b')
    const unknown = {finding: 'unknown_at_stripe', stripe_url: null}
    expect(JSON.parse(ran.stdout)).toHaveLength(2)
    expect(JSON.parse(ran.stdout)).toEqual(
      expect.arrayContaining([
        {...unknown, stripe_subscription_id: null},
        {...unknown, stripe_subscription_id: 'sub_\u001b[31m/..'},
      ]),
    )
    await other.drop()
  })
})

describe('more than a page', () => {
  let big: TestDatabase
  beforeAll(async () => {
    big = await freshDatabase()
    await ask(
      big,
      `insert into subscriptions
         (tenant_id, plan_id, status, stripe_subscription_id, created, current_period_start, current_period_end)
       select s.tenant_id, s.plan_id, 'active', 'sub_many' || n, now() - interval '1 hour',
         s.current_period_start, s.current_period_end
       from subscriptions s join tenants t on t.id = s.tenant_id cross join generate_series(1, 1000) n
       where t.name = 'Acme'`,
    )
  })
  afterAll(() => big.drop())

  // Of the thousand Stripe lacks every hundredth.
  const lacking = (mirror: Mirror): Mirror =>
    besides({id: 'sub_stranger', status: 'active', items: monthly})({
      ...mirror,
      subscriptions: mirror.subscriptions.filter(({id}) => !/^sub_many\d*00$/.test(id)),
    })

  test('both sides’ unknowns are found, with a request for each hundred at Stripe and not one more', async () => {
    const {requests} = await mirror(lacking, big)
    const ran = await pm(['-o', 'ndjson', '--fields', 'finding,stripe_subscription_id'])
    const found = parsed(ran).map(({finding, stripe_subscription_id: id}) => `${finding} ${id}`)
    expect(found.toSorted()).toEqual([
      'unknown_at_stripe sub_many100',
      'unknown_at_stripe sub_many1000',
      ...[200, 300, 400, 500, 600, 700, 800, 900].map((n) => `unknown_at_stripe sub_many${n}`),
      'unknown_here sub_stranger',
    ])
    expect(ran).toMatchObject({exitCode: 9, stderr: '1,033 subscriptions compared: 11 differences.\n'})
    expect(requests.map(({path}) => path)).toEqual(Array.from({length: 11}, () => '/v1/subscriptions'))
  })

  test('what is found is shown before more is asked for, and stays when Stripe fails on the way', async () => {
    const server = await mirror(lacking, big)
    server.fail('GET /v1/subscriptions', {times: 1})
    server.fail('GET /v1/subscriptions', {status: 400, message: 'No more.'})
    const ran = await pm(['-o', 'ndjson', '--fields', 'stripe_subscription_id'])
    expect(ran.exitCode).toBe(10)
    expect(parsed(ran)).toEqual([{stripe_subscription_id: 'sub_stranger'}])
    expect(ran.stderr).toContain('Stripe refused: No more.')
  })

  test('it ends where --limit says, and then asks for no more', async () => {
    const two = [
      {id: 'sub_one', status: 'active' as const, items: monthly},
      {id: 'sub_two', status: 'active' as const, items: monthly},
    ]
    const {requests} = await mirror(besides(...two), big)
    const ran = await pm(['--limit', '1', '--fields', 'stripe_subscription_id'])
    expect(ran).toEqual({
      exitCode: 9,
      stdout: 'sub_one\n',
      stderr: '100 subscriptions compared: 1 difference.\nThere are more. All: --limit 0\n',
    })
    expect(requests).toHaveLength(1)
  })
})

test('people read a table, in words, of what stands here and what at Stripe', async () => {
  const {stripe: id} = await acmeHere()
  await mirror((agreeing) =>
    besides({id: 'sub_stranger', customer: 'cus_stranger', status: 'active', items: monthly})(
      changed(id, () => ({status: 'past_due', items: [{price: 'price_scale_month'}]}))(agreeing),
    ),
  )
  const argv = ['subscription', 'drift', '--fields', 'tenant,finding,here,at_stripe']
  const {stdout} = await run({env: {...env, NO_COLOR: '1', TERM: 'dumb'}, isTTY: {stdout: true}, width: 80}, argv)
  expect(stdout.replaceAll(/\d\d:\d\d:\d\d/g, '00:00:00').replaceAll(/2\d{3}-\d\d-\d\d/g, '2026-01-01')).toBe(
    [
      'TENANT  DIFFERENCE    HERE                 AT STRIPE',
      'Acme    status        active               past_due',
      'Acme    plan          growth               scale',
      'Acme    period start  2026-01-01 00:00:00  2026-01-01 00:00:00',
      'Acme    period end    2026-01-01 00:00:00  2026-01-01 00:00:00',
      '-       not here      -                    active',
      '',
    ].join('\n'),
  )
})

describe('a Stripe that is not well', () => {
  test.each([
    ['a rate limit that says how long is waited for', {status: 429, retryAfter: 1, times: 1}, 0, 'no differences'],
    ['a failure in passing is tried again', {status: 500, times: 1}, 0, 'no differences'],
    ['a slow answer is waited for', {delayMs: 300, times: 1}, 0, 'no differences'],
    ['a rate limit without end', {status: 429}, 10, 'Stripe is limiting requests'],
    ['a rate limit that asks for too long', {status: 429, retryAfter: 3600}, 10, 'it asks to wait 3600 s'],
    ['a failure that lasts', {status: 503}, 10, 'Stripe failed (HTTP 503)'],
    ['no Stripe at all', {body: '<html>', status: 200}, 10, 'What answered is not Stripe'],
  ])('%s', async (_what, failure, code, words) => {
    const server = await mirror()
    server.fail('GET /v1/subscriptions', failure)
    const {exitCode, stdout, stderr} = await pm()
    expect({exitCode, stdout, stderr}).toMatchObject({exitCode: code, stdout: ''})
    expect(stderr).toContain(words)
  })

  test('a key that is wrong, of the other mode, missing, or may not look', async () => {
    const server = await mirror()
    const wrong = await pm([], {STRIPE_API_KEY: 'rk_test_AnotherKey4Tests0nly'})
    expect(wrong).toMatchObject({exitCode: 10, stdout: ''})
    const asked = server.requests.length
    const live = await pm([], {STRIPE_API_KEY: 'rk_live_FakeStripeKey4Tests0nly'})
    expect(live).toMatchObject({exitCode: 6, stdout: ''})
    const keyless = await pm([], {STRIPE_API_KEY: ''})
    expect(keyless).toMatchObject({exitCode: 2, stdout: ''})
    expect(keyless.stderr).toContain('This asks Stripe, and there is no key.')
    expect(server.requests).toHaveLength(asked)
    server.withhold('rak_subscription_read')
    const blind = await pm()
    expect(blind).toMatchObject({exitCode: 10, stdout: ''})
    expect(blind.stderr).toContain('rak_subscription_read')
  })

  test('Ctrl-C ends it at once, also in the middle of a request', async () => {
    const server = await mirror()
    server.fail('GET /v1/subscriptions', {delayMs: 20_000})
    const {process, ended} = startPm(['subscription', 'drift'], {env})
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    process.kill('SIGINT')
    const {exitCode, stdout, stderr} = await ended
    expect({exitCode, stdout}).toEqual({exitCode: 130, stdout: ''})
    expect(stderr).toContain('Error: Interrupted. (interrupted, exit 130)')
  })
})

test('the sandbox’s data is made up, and that is said', async () => {
  const key = {STRIPE_API_KEY: 'rk_test_FakeStripeKey4Tests0nly'}
  const ran = await run({env: key}, ['subscription', 'drift'])
  expect(ran).toMatchObject({exitCode: 2, stdout: ''})
  expect(ran.stderr).toContain('The data of sandbox is made up, and Stripe knows nothing of it.')
})
