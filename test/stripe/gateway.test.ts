import {inspect} from 'node:util'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {UsageError} from '../../src/rules/errors.ts'
import {StripeGateway} from '../../src/stripe/gateway.ts'
import {getProduct} from '../../src/stripe/get-product.ts'
import {type FakeStripe, startStripe} from '../support/stripe-server.ts'
import {failureOf, gatewayOf} from './gateway-of.ts'

const otherKey = 'sk_test_aKeyThatStripeDoesNotKnow'
let stripe: FakeStripe

beforeEach(async () => {
  stripe = await startStripe({products: [{id: 'prod_growth', name: 'Growth'}]})
})

afterEach(() => stripe.close())

test('the key goes into the Authorization header, with the version the SDK was made for and no telemetry', async () => {
  const gateway = gatewayOf(stripe)
  await getProduct(gateway, 'prod_growth')
  await getProduct(gateway, 'prod_growth')
  for (const {headers} of stripe.requests) {
    expect(headers).toMatchObject({
      authorization: `Bearer ${stripe.key}`,
      'stripe-version': '2026-10-28.endive',
      'user-agent': expect.stringMatching(/^Stripe\/v1 NodeBindings\/23\.1\.0 pm\b/),
    })
    expect(headers).not.toHaveProperty('x-stripe-client-telemetry')
  }
})

test('the gateway is of the mode of its key', () => {
  expect(gatewayOf(stripe).mode).toBe('test')
  expect(gatewayOf(stripe, {key: 'rk_live_51PJ7J3APDiFgqs8Kgd'}).mode).toBe('live')
})

test('no inspection of the gateway shows the key, not even in use', async () => {
  const gateway = gatewayOf(stripe)
  await getProduct(gateway, 'prod_growth')
  const everything = {depth: 20, showHidden: true, getters: true} as const
  expect(inspect(gateway, everything)).not.toContain(stripe.key)
  expect(JSON.stringify(gateway)).toBe('{"mode":"test"}')
  const seen = await gateway.ask(async (sdk) => inspect(sdk, everything))
  expect(seen).toContain('httpClient')
  expect(seen).not.toContain(stripe.key)
})

test('no error shows the key, also when Stripe repeats it', async () => {
  const gateway = gatewayOf(stripe, {key: otherKey})
  const routes = [
    {status: 401, message: `Invalid API Key provided: ${otherKey}`},
    {status: 403, message: `The provided key '${otherKey}' does not have the required permissions.`},
    {status: 400, message: `You sent ${otherKey}, which is of test mode.`},
    {status: 404, code: 'resource_missing', message: `No such product for ${otherKey}`},
    {status: 500, message: `Crashed with ${otherKey}`},
    {status: 429, message: `Too many requests with ${otherKey}`},
    {body: `<html>${otherKey}</html>`},
    {drop: 'before'},
    {drop: 'midway'},
  ] as const
  for (const failure of routes) {
    stripe.recover()
    stripe.fail('GET /v1/products/prod_growth', failure)
    const error = await failureOf(getProduct(gateway, 'prod_growth'))
    expect(error).toBeInstanceOf(Error)
    expect(inspect(error, {depth: 20, showHidden: true})).not.toContain('aKeyThatStripe')
    expect(JSON.stringify(error)).not.toContain('aKeyThatStripe')
  }
})

test.each([
  'http://api.stripe.com',
  'http://127.0.0.1.evil.example',
  'ftp://api.stripe.com',
  'https://api.stripe.com/v1',
  'https://user:password@api.stripe.com',
  'not a url',
])('the key is not sent to %s', (apiBase) => {
  expect(() => gatewayOf(stripe, {apiBase})).toThrow(UsageError)
})

test.each([
  'https://api.stripe.com',
  'https://stripe.internal.example:8443',
  'http://localhost:12111',
  'http://[::1]:1',
])('another place may be named: %s', (apiBase) => {
  expect(gatewayOf(stripe, {apiBase}).mode).toBe('test')
})

test('a redirect is not followed, since the key would go with it', async () => {
  stripe.fail('GET /v1/products/prod_growth', {status: 302, body: '', headers: {location: `${stripe.url}/elsewhere`}})
  expect(await failureOf(getProduct(gatewayOf(stripe), 'prod_growth'))).toMatchObject({exitCode: 10})
  expect(stripe.requests.map(({path}) => path)).not.toContain('/elsewhere')
})

test('what Stripe wants developers to notice is not printed past the sanitizer', async () => {
  const warnings: Error[] = []
  const listen = (warning: Error) => warnings.push(warning)
  process.on('warning', listen)
  stripe.fail('GET /v1/products/prod_growth', {status: 400, headers: {'stripe-notice': 'Upgrade \u009b31m now'}})
  await failureOf(getProduct(gatewayOf(stripe), 'prod_growth'))
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', listen)
  expect(warnings).toEqual([])
})

test('the SDK is loaded when it is first used, not before', () => {
  const gateway = new StripeGateway({key: otherKey})
  expect(inspect(gateway, {showHidden: true})).toBe("StripeGateway { mode: 'test' }")
})

test.each(['', 'prod_', '../customers', 'prod_x/../../customers', 'prod_x?expand[]=y', 'sub_growth'])(
  'an id that cannot be one is not asked for: %j',
  async (id) => {
    expect(await failureOf(getProduct(gatewayOf(stripe), id))).toMatchObject({
      exitCode: 3,
      message: `“${id}” is not the id of a product at Stripe.`,
    })
    expect(stripe.requests).toEqual([])
  },
)
