import {afterEach, beforeEach, expect, test} from 'vitest'
import {Conflict} from '../../src/rules/errors.ts'
import {getProduct} from '../../src/stripe/get-product.ts'
import {listPrices} from '../../src/stripe/list-prices.ts'
import {listProducts} from '../../src/stripe/list-products.ts'
import {listSubscriptions} from '../../src/stripe/list-subscriptions.ts'
import {type FakeStripe, startStripe} from '../support/stripe-server.ts'
import {failureOf, gatewayOf} from './gateway-of.ts'

const ids = Array.from({length: 1000}, (_, index) => `sub_number${index}`)
let stripe: FakeStripe

beforeEach(async () => {
  stripe = await startStripe({
    products: [{id: 'prod_growth'}, {id: 'prod_old', active: false}],
    prices: [
      {id: 'price_old', product: 'prod_old', active: false, unit_amount: 1, recurring: {interval: 'month'}},
      {id: 'price_growth', product: 'prod_growth', unit_amount: 7900, recurring: {interval: 'month'}},
    ],
    subscriptions: ids.map((id, index) => ({
      id,
      status: index % 10 === 0 ? 'canceled' : 'active',
      items: [{price: 'price_growth'}],
    })),
  })
})

afterEach(() => stripe.close())

test('a thousand subscriptions come in ten pages, ended ones included, each once and in order', async () => {
  const found: string[] = []
  const statuses = new Set<string>()
  for await (const {id, status} of listSubscriptions(gatewayOf(stripe))) {
    found.push(id)
    statuses.add(status)
  }
  expect(found).toEqual(ids)
  expect([...statuses]).toEqual(['canceled', 'active'])
  expect(stripe.requests.map(({path, params}) => ({path, ...params}))).toEqual([
    {path: '/v1/subscriptions', status: 'all', limit: '100'},
    ...[99, 199, 299, 399, 499, 599, 699, 799, 899].map((last) => ({
      path: '/v1/subscriptions',
      status: 'all',
      limit: '100',
      starting_after: `sub_number${last}`,
    })),
  ])
})

test('no page is asked for before it is needed', async () => {
  const subscriptions = listSubscriptions(gatewayOf(stripe))
  for (let count = 0; count < 100; count++) await subscriptions.next()
  expect(stripe.requests).toHaveLength(1)
  await subscriptions.next()
  expect(stripe.requests).toHaveLength(2)
})

test('a stream that is left asks for nothing more', async () => {
  for await (const {id} of listSubscriptions(gatewayOf(stripe))) if (id === 'sub_number150') break
  expect(stripe.requests).toHaveLength(2)
})

test('archived products and prices are streamed as well', async () => {
  const gateway = gatewayOf(stripe)
  const products: [string, boolean][] = []
  for await (const {id, active} of listProducts(gateway)) products.push([id, active])
  expect(products).toEqual([
    ['prod_growth', true],
    ['prod_old', false],
  ])
  const prices: [string, string, boolean][] = []
  for await (const {id, product, active} of listPrices(gateway)) prices.push([id, product, active])
  expect(prices).toEqual([
    ['price_growth', 'prod_growth', true],
    ['price_old', 'prod_old', false],
  ])
})

test('the prices of one product alone', async () => {
  const found: string[] = []
  for await (const {id} of listPrices(gatewayOf(stripe), {product: 'prod_old'})) found.push(id)
  expect(found).toEqual(['price_old'])
})

test('a signal ends a stream in the middle of a page', async () => {
  const interrupted = new AbortController()
  const found: string[] = []
  const read = async () => {
    for await (const {id} of listSubscriptions(gatewayOf(stripe), {signal: interrupted.signal})) {
      found.push(id)
      if (found.length === 150) interrupted.abort()
    }
  }
  expect(await failureOf(read())).toMatchObject({exitCode: 130, message: 'Interrupted while Stripe was asked.'})
  expect(found).toEqual(ids.slice(0, 150))
  expect(stripe.requests).toHaveLength(2)
})

test('a signal ends a stream that waits for an answer, at once and with its own reason', async () => {
  const reason = new Conflict('The database changed meanwhile.')
  const interrupted = new AbortController()
  const subscriptions = listSubscriptions(gatewayOf(stripe, {retries: 2}), {signal: interrupted.signal})
  for (let count = 0; count < 100; count++) await subscriptions.next()
  stripe.fail('GET /v1/subscriptions', {delayMs: 20_000})
  setTimeout(() => interrupted.abort(reason), 50)
  const begun = performance.now()
  expect(await failureOf(subscriptions.next())).toBe(reason)
  expect(performance.now() - begun).toBeLessThan(400)
  expect(stripe.requests).toHaveLength(2)
})

test('a signal ends the wait that Stripe asked for', async () => {
  stripe.fail('GET /v1/products/:id', {status: 429, retryAfter: 20})
  const begun = performance.now()
  const gateway = gatewayOf(stripe, {retries: 2, signal: AbortSignal.timeout(800)})
  expect(await failureOf(getProduct(gateway, 'prod_growth'))).toMatchObject({
    exitCode: 12,
    message: 'Stripe took too long, and the command’s time was up.',
  })
  expect(performance.now() - begun).toBeLessThan(3000)
})

test('a signal that was given before asks for nothing', async () => {
  expect(await failureOf(getProduct(gatewayOf(stripe, {signal: AbortSignal.abort()}), 'prod_growth'))).toMatchObject({
    exitCode: 130,
  })
  expect(stripe.requests).toEqual([])
})

test('a page that fails in passing does not break the stream', async () => {
  const subscriptions = listSubscriptions(gatewayOf(stripe, {retries: 1}))
  for (let count = 0; count < 100; count++) await subscriptions.next()
  stripe.fail('GET /v1/subscriptions', {status: 503, times: 1})
  expect((await subscriptions.next()).value).toMatchObject({id: 'sub_number100'})
})
