import {afterEach, beforeEach, expect, test} from 'vitest'
import {type FakeStripe, startStripe} from '../support/stripe-server.ts'

let stripe: FakeStripe

beforeEach(async () => {
  stripe = await startStripe({
    products: [{id: 'prod_growth', default_price: 'price_month'}],
    prices: [{id: 'price_month', product: 'prod_growth', unit_amount: 7900, recurring: {interval: 'month'}}],
    customers: [{id: 'cus_acme', default_payment_method: 'pm_acme'}],
    payment_methods: [{id: 'pm_acme'}],
    subscriptions: [
      {id: 'sub_new', customer: 'cus_acme', items: [{price: 'price_month'}]},
      {id: 'sub_old', customer: 'cus_acme', status: 'canceled', items: [{price: 'price_month'}]},
    ],
  })
})

afterEach(() => stripe.close())

async function ask(path: string, init: RequestInit & {idempotencyKey?: string; body?: string} = {}) {
  const {idempotencyKey, ...rest} = init
  const headers = {
    authorization: `Bearer ${stripe.key}`,
    ...(idempotencyKey !== undefined && {'idempotency-key': idempotencyKey}),
  }
  const response = await fetch(`${stripe.url}${path}`, {headers, ...rest})
  const body: unknown = await response.json()
  return {status: response.status, replayed: response.headers.get('idempotent-replayed'), body}
}

test('a list is paged, and begins after what is named', async () => {
  expect(await ask('/v1/subscriptions?status=all&limit=1')).toMatchObject({
    status: 200,
    body: {object: 'list', url: '/v1/subscriptions', has_more: true, data: [{id: 'sub_new'}]},
  })
  expect(await ask('/v1/subscriptions?status=all&limit=1&starting_after=sub_new')).toMatchObject({
    body: {has_more: false, data: [{id: 'sub_old', items: {data: [{price: {id: 'price_month', unit_amount: 7900}}]}}]},
  })
  expect(await ask('/v1/subscriptions')).toMatchObject({body: {has_more: false, data: [{id: 'sub_new'}]}})
  expect(await ask('/v1/subscriptions?starting_after=sub_gone')).toMatchObject({
    status: 404,
    body: {error: {code: 'resource_missing', param: 'starting_after'}},
  })
  expect(await ask('/v1/subscriptions?limit=101')).toMatchObject({status: 400, body: {error: {param: 'limit'}}})
})

test('objects are expanded on request, also within others and in lists', async () => {
  expect(await ask('/v1/products/prod_growth')).toMatchObject({body: {default_price: 'price_month'}})
  expect(await ask('/v1/products/prod_growth?expand[]=default_price')).toMatchObject({
    body: {default_price: {id: 'price_month', object: 'price'}},
  })
  expect(await ask('/v1/subscriptions?expand[0]=data.customer.invoice_settings.default_payment_method')).toMatchObject({
    body: {data: [{customer: {invoice_settings: {default_payment_method: {id: 'pm_acme', card: {last4: '4242'}}}}}]},
  })
  expect(await ask('/v1/products/prod_growth?expand[]=seller')).toMatchObject({
    status: 400,
    body: {error: {message: 'This property cannot be expanded (seller).'}},
  })
  stripe.withhold('rak_plan_read')
  expect(await ask('/v1/products/prod_growth?expand[]=default_price')).toMatchObject({status: 403})
})

test('the same key and parameters get the same answer, other parameters are refused', async () => {
  const post = (subscription: string) =>
    ask('/v1/subscription_schedules', {
      method: 'POST',
      body: `from_subscription=${subscription}`,
      idempotencyKey: 'one',
    })
  const first = await post('sub_new')
  expect(first).toMatchObject({status: 200, replayed: null, body: {object: 'subscription_schedule'}})
  expect(await post('sub_new')).toEqual({...first, replayed: 'true'})
  expect(await post('sub_old')).toMatchObject({status: 400, body: {error: {type: 'idempotency_error'}}})
  expect(stripe.account.all('subscription_schedules')).toHaveLength(1)
})

test('a subscription has one schedule at a time', async () => {
  const post = () => ask('/v1/subscription_schedules', {method: 'POST', body: 'from_subscription=sub_new'})
  await post()
  expect(await post()).toMatchObject({
    status: 400,
    body: {
      error: {
        message: 'You cannot migrate a subscription that is already attached to a schedule: `sub_sched_new0`.',
      },
    },
  })
})

test('only its own key is accepted, and what it does not serve is unknown', async () => {
  expect(await ask('/v1/products', {headers: {authorization: 'Bearer sk_test_other'}})).toMatchObject({status: 401})
  expect(await ask('/v1/invoices')).toMatchObject({status: 404})
})

test('failures are taken in turn, as often as said, and end when told', async () => {
  stripe.fail('GET /v1/products/:id', {status: 429, times: 1})
  stripe.fail('GET /v1/products/:id', {status: 500})
  const statuses = async () => (await ask('/v1/products/prod_growth')).status
  expect([await statuses(), await statuses(), await statuses()]).toEqual([429, 500, 500])
  stripe.recover()
  expect(await statuses()).toBe(200)
  expect(stripe.requests.map(({path}) => path)).toEqual(Array(4).fill('/v1/products/prod_growth'))
})
