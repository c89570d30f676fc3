import {afterEach, beforeEach, expect, test} from 'vitest'
import {getSubscription} from '../../src/stripe/get-subscription.ts'
import {type FakeStripe, startStripe} from '../support/stripe-server.ts'
import {failureOf, gatewayOf} from './gateway-of.ts'

const january = Date.UTC(2026, 0, 1) / 1000
const february = Date.UTC(2026, 1, 1) / 1000
const nextYear = Date.UTC(2027, 0, 1) / 1000

const visa = {type: 'card', brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2030}
const growthItem = {
  id: 'si_acme0',
  price: 'price_growth',
  product: 'prod_growth',
  currency: 'usd',
  amount: 7900,
  interval: 'month',
  interval_count: 1,
  quantity: 1,
  current_period_start: '2026-01-01T00:00:00Z',
  current_period_end: '2026-02-01T00:00:00Z',
}
const acme = {
  id: 'sub_acme',
  mode: 'test',
  status: 'active',
  customer: 'cus_acme',
  currency: 'usd',
  current_period_start: '2026-01-01T00:00:00Z',
  current_period_end: '2026-02-01T00:00:00Z',
  cancel_at_period_end: false,
  cancel_at: null,
  canceled_at: null,
  ended_at: null,
  trial_end: null,
  items: [growthItem],
  schedule: null,
  payment_method: visa,
  next_invoice: {
    currency: 'usd',
    subtotal: 7900,
    total: 7900,
    amount_due: 7900,
    created: '2026-02-01T00:00:00Z',
    next_payment_attempt: '2026-02-01T01:00:00Z',
    lines: [
      {
        description: '1 × prod_growth',
        amount: 7900,
        period_start: '2026-02-01T00:00:00Z',
        period_end: '2026-03-04T00:00:00Z',
      },
    ],
    more_lines: false,
  },
  created: '2026-01-01T00:00:00Z',
}

let stripe: FakeStripe

beforeEach(async () => {
  stripe = await startStripe({
    products: [{id: 'prod_growth'}],
    prices: [
      {id: 'price_growth', product: 'prod_growth', unit_amount: 7900, recurring: {interval: 'month'}},
      {id: 'price_addon', product: 'prod_addon', unit_amount: 100_000, recurring: {interval: 'year'}},
    ],
    customers: [{id: 'cus_acme', default_payment_method: 'pm_acme'}],
    payment_methods: [
      {id: 'pm_acme'},
      {id: 'pm_own', card: {brand: 'amex', last4: '0005', exp_month: 1, exp_year: 2028}},
      {id: 'pm_sepa', type: 'sepa_debit'},
    ],
    subscriptions: [{id: 'sub_acme', customer: 'cus_acme', items: [{price: 'price_growth'}]}],
  })
})

afterEach(() => stripe.close())

test('a subscription with its items, its customer’s card and the next invoice', async () => {
  expect(await getSubscription(gatewayOf(stripe), 'sub_acme')).toEqual(acme)
})

test('its own payment method goes before its customer’s', async () => {
  stripe.put({
    subscriptions: [
      {id: 'sub_own', customer: 'cus_acme', default_payment_method: 'pm_own', items: [{price: 'price_growth'}]},
      {id: 'sub_sepa', customer: 'cus_acme', default_payment_method: 'pm_sepa', items: [{price: 'price_growth'}]},
    ],
  })
  const gateway = gatewayOf(stripe)
  expect((await getSubscription(gateway, 'sub_own')).payment_method).toEqual({
    type: 'card',
    brand: 'amex',
    last4: '0005',
    exp_month: 1,
    exp_year: 2028,
  })
  expect((await getSubscription(gateway, 'sub_sepa')).payment_method).toEqual({
    type: 'sepa_debit',
    brand: null,
    last4: null,
    exp_month: null,
    exp_year: null,
  })
})

test('a customer without a payment method has none', async () => {
  stripe.put({customers: [{id: 'cus_acme'}]})
  expect((await getSubscription(gatewayOf(stripe), 'sub_acme')).payment_method).toBeNull()
})

test('with items of different intervals, the period is the one that ends first', async () => {
  stripe.put({
    subscriptions: [
      {
        id: 'sub_two',
        customer: 'cus_acme',
        items: [
          {price: 'price_addon', quantity: 2, current_period_start: january - 86_400, current_period_end: nextYear},
          {price: 'price_growth', current_period_start: january, current_period_end: february},
        ],
      },
    ],
  })
  const found = await getSubscription(gatewayOf(stripe), 'sub_two')
  expect(found).toMatchObject({
    current_period_start: '2026-01-01T00:00:00Z',
    current_period_end: '2026-02-01T00:00:00Z',
    items: [
      {
        price: 'price_addon',
        amount: 100_000,
        quantity: 2,
        interval: 'year',
        current_period_end: '2027-01-01T00:00:00Z',
      },
      {price: 'price_growth', current_period_end: '2026-02-01T00:00:00Z'},
    ],
    next_invoice: {total: 207_900},
  })
})

test('a subscription that is to be canceled has no next invoice', async () => {
  stripe.put({
    subscriptions: [
      {
        id: 'sub_ends',
        customer: 'cus_acme',
        cancel_at_period_end: true,
        cancel_at: february,
        canceled_at: january,
        items: [{price: 'price_growth'}],
      },
    ],
  })
  expect(await getSubscription(gatewayOf(stripe), 'sub_ends')).toMatchObject({
    cancel_at_period_end: true,
    cancel_at: '2026-02-01T00:00:00Z',
    canceled_at: '2026-01-01T00:00:00Z',
    next_invoice: null,
  })
})

test('a canceled subscription is not asked for a next invoice', async () => {
  stripe.put({
    subscriptions: [
      {
        id: 'sub_gone',
        customer: 'cus_acme',
        status: 'canceled',
        canceled_at: february,
        ended_at: february,
        items: [{price: 'price_growth'}],
      },
    ],
  })
  expect(await getSubscription(gatewayOf(stripe), 'sub_gone')).toMatchObject({
    status: 'canceled',
    ended_at: '2026-02-01T00:00:00Z',
    next_invoice: null,
  })
  expect(stripe.requests.map(({path}) => path)).not.toContain('/v1/invoices/create_preview')
})

test('the schedule that manages it is told, and whether pm made it', async () => {
  const phases = [
    {items: [{price: 'price_growth', quantity: 1}], start_date: january, end_date: february},
    {items: [{price: 'price_addon', quantity: 1}], start_date: february, end_date: nextYear},
  ]
  stripe.put({
    subscriptions: [
      {id: 'sub_acme', customer: 'cus_acme', schedule: 'sub_sched_one', items: [{price: 'price_growth'}]},
    ],
    subscription_schedules: [{id: 'sub_sched_one', subscription: 'sub_acme', metadata: {managed_by: 'pm'}, phases}],
  })
  expect((await getSubscription(gatewayOf(stripe), 'sub_acme')).schedule).toEqual({
    id: 'sub_sched_one',
    status: 'active',
    end_behavior: 'release',
    made_by_pm: true,
    current_phase_end: '2026-02-01T00:00:00Z',
    phases: [
      {
        start_date: '2026-01-01T00:00:00Z',
        end_date: '2026-02-01T00:00:00Z',
        items: [{price: 'price_growth', quantity: 1}],
      },
      {
        start_date: '2026-02-01T00:00:00Z',
        end_date: '2027-01-01T00:00:00Z',
        items: [{price: 'price_addon', quantity: 1}],
      },
    ],
  })
})

test('each part that a restricted key may not see is missing alone', async () => {
  const lacking = (permission: string) => ({unavailable: `The Stripe key lacks the permission ${permission}.`})
  stripe.withhold('rak_invoice_write', 'rak_customer_read')
  expect(await getSubscription(gatewayOf(stripe), 'sub_acme')).toEqual({
    ...acme,
    next_invoice: lacking('rak_invoice_write'),
    payment_method: lacking('rak_customer_read'),
  })
})

test('an invoice that Stripe refuses to preview does not hide the rest', async () => {
  stripe.fail('POST /v1/invoices/create_preview', {status: 400, message: 'The customer’s location is not known.'})
  expect(await getSubscription(gatewayOf(stripe), 'sub_acme')).toEqual({
    ...acme,
    next_invoice: {unavailable: 'Stripe refused: The customer’s location is not known.'},
  })
})

test('to a key that may not read subscriptions nothing is told', async () => {
  stripe.withhold('rak_subscription_read')
  expect(await failureOf(getSubscription(gatewayOf(stripe), 'sub_acme'))).toMatchObject({
    exitCode: 10,
    message: 'The Stripe key lacks the permission rak_subscription_read.',
  })
})
