import {createServer} from 'node:net'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {NotFound, UpstreamFailed} from '../../src/rules/errors.ts'
import {getProduct} from '../../src/stripe/get-product.ts'
import {listProducts} from '../../src/stripe/list-products.ts'
import {schedulePlanChange} from '../../src/stripe/schedule-plan-change.ts'
import {freePort} from '../support/free-port.ts'
import {type FakeStripe, startStripe} from '../support/stripe-server.ts'
import {failureOf, gatewayOf} from './gateway-of.ts'

const product = 'GET /v1/products/:id'
let stripe: FakeStripe

beforeEach(async () => {
  stripe = await startStripe({products: [{id: 'prod_growth'}]})
})

afterEach(() => stripe.close())

/** The first failure of reading a product, with its first request. */
async function failure(settings = {}) {
  return failureOf(getProduct(gatewayOf(stripe, settings), 'prod_growth'))
}

const requestId = expect.stringMatching(/^req_\d+$/)

test('a key that Stripe does not accept', async () => {
  const error = await failure({key: 'sk_test_aKeyThatStripeDoesNotKnow'})
  expect(error).toBeInstanceOf(UpstreamFailed)
  expect(error).toMatchObject({
    exitCode: 10,
    code: 'upstream_failed',
    message: 'Stripe does not accept the key.',
    hint: 'Give a key that is valid at https://dashboard.stripe.com/apikeys, by STRIPE_API_KEY or the context.',
  })
  expect(error).toHaveProperty('details', {
    type: 'invalid_request_error',
    code: null,
    request_id: requestId,
    http_status: 401,
  })
})

test('a key that has expired', async () => {
  stripe.fail(product, {status: 401, code: 'api_key_expired'})
  expect(await failure()).toMatchObject({message: 'The Stripe key has expired.', details: {code: 'api_key_expired'}})
})

test('a restricted key is told which permission it lacks', async () => {
  stripe.withhold('rak_product_read')
  expect(await failure()).toMatchObject({
    exitCode: 10,
    message: 'The Stripe key lacks the permission rak_product_read.',
    hint: 'Add it to the restricted key at https://dashboard.stripe.com/apikeys.',
    details: {type: 'invalid_request_error', code: null, request_id: requestId, http_status: 403},
  })
})

test('a refusal that names several permissions, or none', async () => {
  const message = "Having one of the 'rak_a_read', 'rak_b_read' permissions would allow this."
  stripe.fail(product, {status: 403, message, times: 1})
  expect(await failure()).toMatchObject({message: 'The Stripe key lacks the permission rak_a_read or rak_b_read.'})
  stripe.fail(product, {status: 403, message: 'Your account is closed.', times: 1})
  expect(await failure()).toMatchObject({message: 'The Stripe key may not do this: Your account is closed.'})
})

test('an object that Stripe does not have is not found', async () => {
  const error = await failureOf(getProduct(gatewayOf(stripe), 'prod_gone'))
  expect(error).toBeInstanceOf(NotFound)
  expect(error).toMatchObject({
    exitCode: 3,
    message: "Stripe does not have it: No such product: 'prod_gone'",
    hint: 'It was deleted at Stripe, or belongs to another account than the key.',
    details: {type: 'invalid_request_error', code: 'resource_missing', request_id: requestId, http_status: 404},
  })
})

test('an object of the other mode is not found, and the mode is named', async () => {
  stripe.fail(product, {
    status: 404,
    code: 'resource_missing',
    message: "No such product: 'prod_growth'; a similar object exists in live mode, but a test mode key was used.",
  })
  expect(await failure()).toMatchObject({exitCode: 3, hint: 'It is in live mode. Use a key of that mode.'})
})

test.each([
  [400, 'invalid_request_error', null],
  [402, 'card_error', 'card_declined'],
])('a refusal with status %i is Stripe’s own sentence', async (status, type, code) => {
  stripe.fail(product, {status, message: 'That is not possible.'})
  expect(await failure()).toMatchObject({
    exitCode: 10,
    message: 'Stripe refused: That is not possible.',
    details: {type, code, request_id: requestId, http_status: status},
  })
})

test('a crash at Stripe', async () => {
  stripe.fail(product, {status: 500, message: 'Something went wrong.'})
  expect(await failure()).toMatchObject({
    exitCode: 10,
    message: 'Stripe failed (HTTP 500): Something went wrong.',
    hint: 'Try again later. See https://status.stripe.com.',
    details: {type: 'api_error', code: null, request_id: requestId, http_status: 500},
  })
})

test('another server that answers in the place of Stripe', async () => {
  stripe.fail(product, {body: '<html>Please log in</html>'})
  expect(await failure()).toMatchObject({
    exitCode: 10,
    message: 'What answered is not Stripe, or is broken: it sent no JSON.',
    hint: 'Is there a proxy between this machine and Stripe?',
  })
})

test('no answer in time', async () => {
  stripe.fail(product, {delayMs: 2000})
  expect(await failure({timeoutMs: 100})).toMatchObject({
    exitCode: 10,
    message: 'Stripe did not answer within 0.1 s.',
    details: {type: 'api_connection_error', code: 'ETIMEDOUT', request_id: null, http_status: null},
  })
})

test('an answer that stops before its end', async () => {
  stripe.fail(product, {drop: 'midway'})
  const error = await failure({retries: 2})
  const {host} = new URL(stripe.url)
  expect(error).toMatchObject({exitCode: 10, message: `The connection to ${host} broke while Stripe was asked.`})
})

test('a connection that breaks before the answer', async () => {
  stripe.fail(product, {drop: 'before'})
  const {host} = new URL(stripe.url)
  expect(await failure()).toMatchObject({
    exitCode: 10,
    message: `The connection to ${host} broke while Stripe was asked.`,
    hint: 'Check the network and https://status.stripe.com.',
    details: {type: 'api_connection_error', code: 'UND_ERR_SOCKET', request_id: null, http_status: null},
  })
})

test('nobody listens', async () => {
  const host = `127.0.0.1:${await freePort()}`
  expect(await failure({apiBase: `http://${host}`})).toMatchObject({
    exitCode: 10,
    message: `Stripe could not be reached: ${host} refuses the connection.`,
    details: {type: 'api_connection_error', code: 'ECONNREFUSED', request_id: null, http_status: null},
  })
})

test('a name that has no address', async () => {
  expect(await failure({apiBase: 'https://stripe.invalid'})).toMatchObject({
    exitCode: 10,
    message: 'Stripe could not be reached: no address is known for stripe.invalid.',
  })
})

test('a server that does not speak TLS', async () => {
  const server = createServer((socket) => socket.end('hello\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  expect(await failure({apiBase: `https://127.0.0.1:${port}`})).toMatchObject({
    exitCode: 10,
    message: `The certificate of 127.0.0.1:${port} could not be verified.`,
  })
  server.close()
})

test('an idempotency key that was used for something else', async () => {
  stripe.put({
    products: [{id: 'prod_scale'}],
    prices: [
      {id: 'price_growth', product: 'prod_growth', unit_amount: 7900, recurring: {interval: 'month'}},
      {id: 'price_scale', product: 'prod_scale', unit_amount: 24_900, recurring: {interval: 'month'}},
    ],
    subscriptions: [
      {id: 'sub_one', items: [{price: 'price_growth'}]},
      {id: 'sub_two', items: [{price: 'price_growth'}]},
    ],
  })
  const gateway = gatewayOf(stripe)
  const wish = {product: 'prod_scale', idempotencyKey: 'the same'}
  await schedulePlanChange(gateway, {...wish, subscription: 'sub_one'})
  expect(await failureOf(schedulePlanChange(gateway, {...wish, subscription: 'sub_two'}))).toMatchObject({
    exitCode: 10,
    message: 'Stripe was asked for something else under this idempotency key before. Nothing was done.',
    hint: 'Run the command again: it makes a new key.',
    details: {type: 'idempotency_error', code: null, request_id: requestId, http_status: 400},
  })
})

test('an idempotency key whose first request still runs', async () => {
  stripe.fail(product, {status: 409})
  expect(await failure()).toMatchObject({
    exitCode: 10,
    message: 'Stripe is still working on the same request.',
    details: {code: 'idempotency_key_in_use', http_status: 409},
  })
})

test('the same is said in the middle of a stream', async () => {
  stripe.fail('GET /v1/products', {status: 500, message: 'Something went wrong.'})
  expect(await failureOf(listProducts(gatewayOf(stripe)).next())).toMatchObject({
    exitCode: 10,
    message: 'Stripe failed (HTTP 500): Something went wrong.',
  })
})
