import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {ask} from '../support/records.ts'
import {type Ran, run} from '../support/run.ts'
import {startMirror} from '../support/stripe/mirror.ts'
import type {FakeStripe} from '../support/stripe-server.ts'

let database: TestDatabase
let stripe: FakeStripe
let env: Record<string, string>
let acme: {subscription: string; customer: string; payment: string; product: string}

beforeAll(async () => {
  database = await freshDatabase()
  const [row] = await ask<typeof acme>(
    database,
    `select s.stripe_subscription_id as subscription, c.stripe_customer_id as customer,
       p.stripe_product_id as product, y.stripe_payment_intent_id as payment
     from subscriptions s join tenants t on t.id = s.tenant_id join tenant_config c on c.tenant_id = t.id
       join plans p on p.id = s.plan_id join payments y on y.subscription_id = s.id
     where t.name = 'Acme' order by y.created desc limit 1`,
  )
  if (!row) throw new Error('The sandbox has no Acme.')
  acme = row
})
beforeEach(async () => {
  ;({stripe, env} = await startMirror(database))
  env = {...env, DATABASE_URL: database.url('op_viewer')}
  const card = {brand: 'mastercard', last4: '4444', exp_month: 3, exp_year: 2029}
  stripe.put({
    payment_methods: [{id: 'pm_acme', card}],
    customers: [{id: acme.customer, default_payment_method: 'pm_acme'}],
    payment_intents: [{id: acme.payment, amount: 7900, latest_charge: 'ch_acme'}],
    charges: [
      {id: 'ch_acme', amount: 7900, amount_refunded: 2500, card, receipt_url: 'https://pay.stripe.com/receipts/acme'},
    ],
    refunds: [{id: 're_acme', payment_intent: acme.payment, amount: 2500, reason: 'requested_by_customer'}],
  })
})
afterEach(() => stripe.close())
afterAll(() => database.drop())

const pm = (argv: readonly string[], more: Record<string, string> = {}): Promise<Ran> =>
  run({env: {...env, ...more}}, argv)
const shows = {
  plan: () => ['plan', 'show', 'growth'],
  subscription: () => ['subscription', 'show', 'acme'],
  payment: () => ['payment', 'show', acme.payment],
}
const kinds = ['plan', 'subscription', 'payment'] as const
const routes = {
  plan: 'GET /v1/products/:id',
  subscription: 'GET /v1/subscriptions/:id',
  payment: 'GET /v1/payment_intents/:id',
} as const
const live = async (argv: readonly string[]) => JSON.parse((await pm([...argv, '-o', 'json'])).stdout).stripe

describe('with a key, Stripe adds', () => {
  test('to a plan its product and prices', async () => {
    expect(await live(shows.plan())).toEqual({
      name: 'Growth',
      active: true,
      prices: [
        {
          id: 'price_growth_month',
          active: true,
          amount: 7900,
          currency: 'usd',
          interval: 'month',
          interval_count: 1,
          default: false,
        },
        {
          id: 'price_growth_year',
          active: true,
          amount: 79_000,
          currency: 'usd',
          interval: 'year',
          interval_count: 1,
          default: false,
        },
      ],
    })
  })

  test('to a subscription its state, card, next invoice and what will change it', async () => {
    expect(await live(shows.subscription())).toMatchObject({
      status: 'active',
      cancel_at_period_end: false,
      items: [{product: acme.product, price: 'price_growth_month', amount: 7900, currency: 'usd', quantity: 1}],
      payment_method: {type: 'card', brand: 'mastercard', last4: '4444'},
      next_invoice: {currency: 'usd', total: 7900},
      schedule: null,
    })
    const admin = {DATABASE_URL: database.url('op_admin')}
    await pm(['plan', 'change', 'acme', '--to', 'scale', '--in-stripe', '--yes'], admin)
    expect(await live(shows.subscription())).toMatchObject({schedule: {made_by_pm: true, price: 'price_scale_month'}})
    await pm(['plan', 'keep', 'acme', '--in-stripe', '--yes'], admin)
  })

  test('to a payment its card, receipt and refunds', async () => {
    expect(await live(shows.payment())).toMatchObject({
      status: 'succeeded',
      amount: 7900,
      payment_method: {brand: 'mastercard', last4: '4444'},
      receipt_url: 'https://pay.stripe.com/receipts/acme',
      amount_refunded: 2500,
      disputed: false,
      failure_message: null,
      refunds: [{id: 're_acme', amount: 2500, reason: 'requested_by_customer'}],
    })
  })

  test('to a payment that failed the bank’s reason', async () => {
    const last_payment_error = {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
    } as const
    stripe.put({
      payment_intents: [{id: acme.payment, amount: 7900, status: 'requires_payment_method', last_payment_error}],
    })
    const {stdout} = await pm([...shows.payment(), '-o', 'table'])
    expect(stdout).toContain('Failed      Your card has insufficient funds.')
    expect(stdout).toContain('Because of  insufficient_funds')
  })

  test('for people what they can read', async () => {
    const subscription = await pm([...shows.subscription(), '-o', 'table'])
    expect(subscription).toMatchObject({exitCode: 0, stderr: ''})
    expect(subscription.stdout).toContain('79.00 USD a month')
    expect(subscription.stdout).toContain('mastercard •••• 4444')
    const payment = await pm([...shows.payment(), '-o', 'table'])
    expect(payment.stdout).toContain('https://pay.stripe.com/receipts/acme')
    expect((await pm([...shows.plan(), '-o', 'table'])).stdout).toContain('79.00 USD a month')
  })

  test('what is hostile at Stripe draws nothing', async () => {
    stripe.put({products: [{id: acme.product, name: '\u001b[2J\u202Egrowth'}]})
    for (const format of ['table', 'json', 'tsv', 'yaml']) {
      expect((await pm([...shows.plan(), '-o', format])).stdout).not.toMatch(/[\u001b\u202e]/)
    }
  })
})

describe.each(kinds)('pm %s show', (kind) => {
  const show = (more: readonly string[] = [], world: Record<string, string> = {}) =>
    pm([...shows[kind](), ...more], world)

  /** The local view, whole, as it is without a key. */
  const local = async () => JSON.parse((await show(['-o', 'json'], {STRIPE_API_KEY: ''})).stdout)

  test('without a key asks nothing, and says nothing of it', async () => {
    const ran = await show(['-o', 'json'], {STRIPE_API_KEY: ''})
    expect(ran).toMatchObject({exitCode: 0, stderr: ''})
    expect(JSON.parse(ran.stdout).stripe).toBeNull()
    expect(stripe.requests).toEqual([])
  })

  test.each([
    ['fails', {status: 500}, 'Stripe failed (HTTP 500)'],
    ['limits requests', {status: 429}, 'Stripe is limiting requests'],
    ['asks to wait for too long', {status: 429, retryAfter: 600}, 'it asks to wait 600 s'],
    ['breaks off', {drop: 'midway'}, 'broke while Stripe was asked'],
    ['is none', {body: '<html>'}, 'What answered is not Stripe'],
    ['does not have it', {status: 404, code: 'resource_missing', message: 'No such thing'}, 'Stripe does not have it'],
  ] as const)('shows what the database knows where Stripe %s, and exits 10', async (_what, failure, words) => {
    stripe.fail(routes[kind], failure)
    const ran = await show(['-o', 'json'])
    expect(ran.exitCode).toBe(10)
    expect(ran.stderr).toContain(words)
    expect(ran.stderr).toContain('This is what the database knows.')
    expect(JSON.parse(ran.stdout)).toEqual(await local())
  })

  test('waits no longer than --timeout says', async () => {
    stripe.fail(routes[kind], {delayMs: 20_000})
    const ran = await show(['-o', 'json', '--timeout', '1'])
    expect(ran.exitCode).toBe(10)
    expect(ran.stderr).toContain('! Stripe took too long')
    expect(JSON.parse(ran.stdout)).toEqual(await local())
  })

  test.each([
    ['in passing', {status: 503, times: 1}],
    ['by a limit that says how long', {status: 429, retryAfter: 1, times: 1}],
    ['by being slow', {delayMs: 300, times: 1}],
  ])('what fails %s is had all the same', async (_how, failure) => {
    stripe.fail(routes[kind], failure)
    const ran = await show(['-o', 'json'])
    expect(ran).toMatchObject({exitCode: 0, stderr: ''})
    expect(JSON.parse(ran.stdout).stripe).not.toBeNull()
  })

  test('a key that Stripe does not accept is said, and not shown', async () => {
    const ran = await show(['-o', 'json'], {STRIPE_API_KEY: 'rk_test_AnotherKey4Tests0nly'})
    expect(ran.exitCode).toBe(10)
    expect(ran.stderr).toContain('! Stripe does not accept the key. This is what the database knows.')
    expect(ran.stderr).not.toContain('Another')
    expect(JSON.parse(ran.stdout)).toEqual(await local())
  })

  test('a key of the other mode stops with exit 6, and asks nothing', async () => {
    const ran = await show([], {STRIPE_API_KEY: 'rk_live_FakeStripeKey4Tests0nly'})
    expect(ran).toMatchObject({exitCode: 6, stdout: ''})
    expect(stripe.requests).toEqual([])
  })

  test('a key that is none is a usage error, and not shown', async () => {
    const ran = await show([], {STRIPE_API_KEY: 'pk_test_publishable'})
    expect(ran).toMatchObject({exitCode: 2, stdout: ''})
    expect(ran.stderr).not.toContain('pk_test_publishable')
  })
})

test.each([
  ['plan', 'rak_plan_read', {prices: null, name: 'Growth'}],
  ['subscription', 'rak_payment_method_read', {payment_method: null, status: 'active'}],
  ['payment', 'rak_charge_read', {refunds: null, status: 'succeeded'}],
] as const)('what a restricted key may not see of a %s is said; the rest stands', async (kind, permission, rest) => {
  stripe.withhold(permission)
  const ran = await pm([...shows[kind](), '-o', 'json'])
  expect(ran.exitCode).toBe(0)
  expect(ran.stderr).toContain(`! The Stripe key lacks the permission ${permission}.`)
  expect(JSON.parse(ran.stdout).stripe).toMatchObject(rest)
})

test('what has no Stripe id is not asked for', async () => {
  const ran = await pm(['plan', 'show', 'agency', '-o', 'json'])
  expect(ran).toMatchObject({exitCode: 0, stderr: ''})
  expect(stripe.requests).toEqual([])
})
