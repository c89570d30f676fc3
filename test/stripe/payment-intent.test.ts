import {afterEach, beforeEach, expect, test} from 'vitest'
import {getPaymentIntent} from '../../src/stripe/get-payment-intent.ts'
import {type FakeStripe, startStripe} from '../support/stripe-server.ts'
import {failureOf, gatewayOf} from './gateway-of.ts'

const intent = {
  id: 'pi_paid',
  amount: 7900,
  currency: 'eur',
  customer: 'cus_acme',
  description: 'Growth Plan - Monthly',
  latest_charge: 'ch_paid',
}
const charge = {
  id: 'ch_paid',
  amount: 7900,
  amount_refunded: 2500,
  currency: 'eur',
  card: {brand: 'mastercard', last4: '4444', exp_month: 3, exp_year: 2029},
  receipt_url: 'https://pay.stripe.com/receipts/payment/abc',
}
const refunds = [
  {id: 're_two', payment_intent: 'pi_paid', amount: 500, currency: 'eur', status: 'pending', created: 1_767_312_000},
  {id: 're_one', payment_intent: 'pi_paid', amount: 2000, currency: 'eur', reason: 'requested_by_customer'},
  {id: 're_other', payment_intent: 'pi_other', amount: 1, currency: 'eur'},
] as const

const paid = {
  id: 'pi_paid',
  mode: 'test',
  status: 'succeeded',
  amount: 7900,
  amount_received: 7900,
  currency: 'eur',
  description: 'Growth Plan - Monthly',
  customer: 'cus_acme',
  failure: null,
  charge: {
    id: 'ch_paid',
    status: 'succeeded',
    payment_method: {type: 'card', brand: 'mastercard', last4: '4444', exp_month: 3, exp_year: 2029},
    receipt_url: 'https://pay.stripe.com/receipts/payment/abc',
    amount_refunded: 2500,
    refunded: false,
    disputed: false,
    failure_code: null,
    failure_message: null,
    outcome_reason: null,
    created: '2026-01-01T00:00:00Z',
  },
  refunds: [
    {
      id: 're_two',
      amount: 500,
      currency: 'eur',
      status: 'pending',
      reason: null,
      failure_reason: null,
      created: '2026-01-02T00:00:00Z',
    },
    {
      id: 're_one',
      amount: 2000,
      currency: 'eur',
      status: 'succeeded',
      reason: 'requested_by_customer',
      failure_reason: null,
      created: '2026-01-01T00:00:00Z',
    },
  ],
  created: '2026-01-01T00:00:00Z',
}

let stripe: FakeStripe

beforeEach(async () => {
  stripe = await startStripe({payment_intents: [intent], charges: [charge], refunds: [...refunds]})
})

afterEach(() => stripe.close())

test('a payment with its card, receipt and refunds', async () => {
  expect(await getPaymentIntent(gatewayOf(stripe), 'pi_paid')).toEqual(paid)
})

test('a payment that was declined says why', async () => {
  stripe.put({
    payment_intents: [
      {
        id: 'pi_declined',
        amount: 2900,
        status: 'requires_payment_method',
        latest_charge: 'ch_declined',
        last_payment_error: {
          type: 'card_error',
          code: 'card_declined',
          decline_code: 'insufficient_funds',
          message: 'Your card has insufficient funds.',
        },
      },
    ],
    charges: [
      {
        id: 'ch_declined',
        status: 'failed',
        failure_code: 'card_declined',
        failure_message: 'Your card has insufficient funds.',
        receipt_url: null,
        outcome: {
          advice_code: 'try_again_later',
          network_advice_code: null,
          network_decline_code: '51',
          network_status: 'declined_by_network',
          reason: 'insufficient_funds',
          seller_message: 'The bank returned the decline code `insufficient_funds`.',
          type: 'issuer_declined',
        },
      },
    ],
  })
  expect(await getPaymentIntent(gatewayOf(stripe), 'pi_declined')).toMatchObject({
    status: 'requires_payment_method',
    amount: 2900,
    amount_received: 0,
    failure: {
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
    },
    charge: {
      status: 'failed',
      receipt_url: null,
      failure_code: 'card_declined',
      failure_message: 'Your card has insufficient funds.',
      outcome_reason: 'insufficient_funds',
    },
    refunds: [],
  })
})

test('a payment that nobody has tried yet has no charge', async () => {
  stripe.put({payment_intents: [{id: 'pi_new', status: 'requires_payment_method'}]})
  expect(await getPaymentIntent(gatewayOf(stripe), 'pi_new')).toMatchObject({charge: null, failure: null, refunds: []})
})

test('to a key that may not read charges the payment itself is still told', async () => {
  stripe.withhold('rak_charge_read')
  const unavailable = 'The Stripe key lacks the permission rak_charge_read.'
  expect(await getPaymentIntent(gatewayOf(stripe), 'pi_paid')).toEqual({
    ...paid,
    charge: {unavailable},
    refunds: {unavailable},
  })
})

test('to a key that may not read payments nothing is told', async () => {
  stripe.withhold('rak_payment_intent_read')
  expect(await failureOf(getPaymentIntent(gatewayOf(stripe), 'pi_paid'))).toMatchObject({
    exitCode: 10,
    message: 'The Stripe key lacks the permission rak_payment_intent_read.',
  })
})

test('what fails otherwise is not passed off as a missing permission', async () => {
  stripe.fail('GET /v1/refunds', {status: 500, message: 'Something went wrong.'})
  expect(await failureOf(getPaymentIntent(gatewayOf(stripe), 'pi_paid'))).toMatchObject({
    exitCode: 10,
    message: 'Stripe failed (HTTP 500): Something went wrong.',
  })
})

test('all refunds are told, however many there are', async () => {
  const many = Array.from({length: 230}, (_, index) => ({id: `re_many${index}`, payment_intent: 'pi_new', amount: 1}))
  stripe.put({payment_intents: [{id: 'pi_new'}], refunds: many})
  const {refunds: found} = await getPaymentIntent(gatewayOf(stripe), 'pi_new')
  expect(found).toHaveLength(230)
})

test.each(['ch_paid', 'sub_paid', 'pi_paid/refund'])('%s is not the id of a payment intent', async (id) => {
  expect(await failureOf(getPaymentIntent(gatewayOf(stripe), id))).toMatchObject({exitCode: 3})
  expect(stripe.requests).toEqual([])
})
