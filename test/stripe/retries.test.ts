import {afterEach, beforeEach, expect, test} from 'vitest'
import {getProduct} from '../../src/stripe/get-product.ts'
import {listRefunds} from '../../src/stripe/refunds.ts'
import {retryAfterMs} from '../../src/stripe/retry-after.ts'
import {type FakeStripe, startStripe} from '../support/stripe-server.ts'
import {failureOf, gatewayOf} from './gateway-of.ts'

const refunds = 'GET /v1/refunds'
let stripe: FakeStripe

beforeEach(async () => {
  stripe = await startStripe({products: [{id: 'prod_growth'}]})
})

afterEach(() => stripe.close())

/** One read of one request: how long it took, and how many requests came of it. */
async function read(settings = {}) {
  const begun = performance.now()
  const outcome = await listRefunds(gatewayOf(stripe, {retries: 2, ...settings}), 'pi_one').catch(
    (error: Error) => error,
  )
  return {outcome, ms: performance.now() - begun, requests: stripe.requests.length}
}

test.each([
  {status: 500},
  {status: 503},
  {status: 409},
  {status: 429},
  {status: 429, code: 'lock_timeout'},
  {drop: 'before'},
] as const)('what fails in passing is tried again: %o', async (failure) => {
  stripe.fail(refunds, {...failure, times: 1})
  expect(await read()).toEqual({outcome: [], ms: expect.any(Number), requests: 2})
})

test.each([{status: 400}, {status: 401}, {status: 402}, {status: 403}, {status: 404}])(
  'what would fail again is not tried again: %o',
  async (failure) => {
    stripe.fail(refunds, failure)
    expect(await read()).toMatchObject({outcome: expect.any(Error), requests: 1})
  },
)

test('tries are bounded', async () => {
  stripe.fail(refunds, {status: 429})
  expect(await read()).toMatchObject({
    requests: 3,
    outcome: {
      exitCode: 10,
      message: 'Stripe is limiting requests, also after 2 more tries.',
      hint: 'Try again later; other programs of the account count, too.',
      details: {code: 'rate_limit', http_status: 429},
    },
  })
})

test('an object that Stripe has locked is another thing than too many requests', async () => {
  stripe.fail(refunds, {status: 429, code: 'lock_timeout'})
  expect(await read({retries: 1})).toMatchObject({
    outcome: {message: 'Stripe is working on the same object, also after another try.'},
  })
})

test.each([429, 503])('Retry-After of a %i is kept', async (status) => {
  stripe.fail(refunds, {status, retryAfter: 1, times: 1})
  const {outcome, ms, requests} = await read()
  expect({outcome, requests}).toEqual({outcome: [], requests: 2})
  // Left to itself, the SDK comes back after half a second.
  expect(ms).toBeGreaterThan(950)
})

test('Retry-After holds for every request of a gateway, since the limit is the account’s', async () => {
  stripe.fail(refunds, {status: 429, retryAfter: 1, times: 1})
  const gateway = gatewayOf(stripe)
  await failureOf(listRefunds(gateway, 'pi_one'))
  const begun = performance.now()
  await getProduct(gateway, 'prod_growth')
  expect(performance.now() - begun).toBeGreaterThan(900)
})

test('a wait that is too long is left to the operator, at once', async () => {
  stripe.fail(refunds, {status: 429, retryAfter: 120})
  const {outcome, ms, requests} = await read()
  expect(outcome).toMatchObject({exitCode: 10, message: 'Stripe is limiting requests: it asks to wait 120 s.'})
  expect(requests).toBe(1)
  expect(ms).toBeLessThan(5000)
})

test('Stripe’s own word on trying again is heeded', async () => {
  stripe.fail(refunds, {status: 429, headers: {'stripe-should-retry': 'false'}})
  expect(await read()).toMatchObject({outcome: {message: 'Stripe is limiting requests.'}, requests: 1})
})

test('no answer in time is tried again, and said', async () => {
  stripe.fail(refunds, {delayMs: 1000})
  expect(await read({timeoutMs: 100, retries: 1})).toMatchObject({
    outcome: {exitCode: 10, message: 'Stripe did not answer within 0.1 s, also after another try.'},
    requests: 2,
  })
})

test('Retry-After is seconds or a date', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  expect(retryAfterMs({'retry-after': '7'}, now)).toBe(7000)
  expect(retryAfterMs({'retry-after': 'Thu, 01 Jan 2026 00:00:05 GMT'}, now)).toBe(5000)
  expect(retryAfterMs({'retry-after': 'Wed, 31 Dec 2025 23:00:00 GMT'}, now)).toBe(0)
  expect(retryAfterMs({'retry-after': 'soon'}, now)).toBeUndefined()
  expect(retryAfterMs({}, now)).toBeUndefined()
})
