import {afterEach, beforeEach, expect, test} from 'vitest'
import {getProduct} from '../../src/stripe/get-product.ts'
import {type FakeStripe, startStripe} from '../support/stripe-server.ts'
import {gatewayOf} from './gateway-of.ts'

const product = 'prod_growth'
const price = {
  mode: 'live',
  product,
  active: true,
  currency: 'usd',
  interval: 'month',
  interval_count: 1,
  nickname: null,
  created: '2026-01-01T00:00:00Z',
  default: false,
}

let stripe: FakeStripe

beforeEach(async () => {
  stripe = await startStripe({
    mode: 'live',
    products: [{id: product, name: 'Growth', description: 'More domains.', default_price: 'price_month'}],
    prices: [
      {id: 'price_old', product, active: false, unit_amount: 6900, recurring: {interval: 'month'}},
      {id: 'price_month', product, unit_amount: 7900, recurring: {interval: 'month'}},
      {id: 'price_quarter', product, unit_amount: 22_000, recurring: {interval: 'month', interval_count: 3}},
      {id: 'price_year', product, unit_amount: 79_000, recurring: {interval: 'year'}, nickname: 'Yearly'},
      {id: 'price_tiers', product, billing_scheme: 'tiered', recurring: {interval: 'month', usage_type: 'metered'}},
      {id: 'price_setup', product, unit_amount: 5000, currency: 'eur'},
      {id: 'price_scale', product: 'prod_scale', unit_amount: 1},
    ],
  })
})

afterEach(() => stripe.close())

test('a product with all that it costs and cost, the default price marked', async () => {
  expect(await getProduct(gatewayOf(stripe), product)).toEqual({
    id: product,
    mode: 'live',
    name: 'Growth',
    description: 'More domains.',
    active: true,
    default_price: 'price_month',
    created: '2026-01-01T00:00:00Z',
    updated: '2026-01-01T00:00:00Z',
    prices: [
      {...price, id: 'price_month', amount: 7900, default: true},
      {...price, id: 'price_quarter', amount: 22_000, interval_count: 3},
      {...price, id: 'price_year', amount: 79_000, interval: 'year', nickname: 'Yearly'},
      {...price, id: 'price_tiers', amount: null},
      {...price, id: 'price_setup', amount: 5000, currency: 'eur', interval: null, interval_count: null},
      {...price, id: 'price_old', amount: 6900, active: false},
    ],
  })
})

test('an archived product is no longer active', async () => {
  stripe.put({products: [{id: product, active: false}]})
  expect(await getProduct(gatewayOf(stripe), product)).toMatchObject({active: false, default_price: null})
})

test('to a key that may not read prices the product itself is still told', async () => {
  stripe.withhold('rak_plan_read')
  expect(await getProduct(gatewayOf(stripe), product)).toMatchObject({
    name: 'Growth',
    prices: {unavailable: 'The Stripe key lacks the permission rak_plan_read.'},
  })
})
