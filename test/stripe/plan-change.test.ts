import {afterEach, beforeEach, expect, test} from 'vitest'
import {getSubscription} from '../../src/stripe/get-subscription.ts'
import {previewPlanChange} from '../../src/stripe/preview-plan-change.ts'
import {releasePlanChange} from '../../src/stripe/release-plan-change.ts'
import {schedulePlanChange} from '../../src/stripe/schedule-plan-change.ts'
import type {GivenSchedule, GivenSubscription} from '../support/stripe/billing.ts'
import {type FakeStripe, startStripe} from '../support/stripe-server.ts'
import {failureOf, gatewayOf} from './gateway-of.ts'

const january = Date.UTC(2026, 0, 1) / 1000
const february = Date.UTC(2026, 1, 1) / 1000
const march = Date.UTC(2026, 2, 4) / 1000

const wish = {subscription: 'sub_acme', product: 'prod_scale'}
const order = {...wish, idempotencyKey: 'change-1:sub_acme'}

const monthly = {
  mode: 'test',
  active: true,
  currency: 'usd',
  interval: 'month',
  interval_count: 1,
  nickname: null,
  created: '2026-01-01T00:00:00Z',
}
const change = {
  subscription: 'sub_acme',
  from: {...monthly, id: 'price_growth', product: 'prod_growth', amount: 7900},
  to: {...monthly, id: 'price_scale', product: 'prod_scale', amount: 24_900},
  quantity: 1,
  effective: '2026-02-01T00:00:00Z',
  replaces: null,
}

let stripe: FakeStripe

beforeEach(async () => {
  stripe = await startStripe({
    products: [{id: 'prod_growth'}, {id: 'prod_scale'}],
    prices: [
      {id: 'price_growth', product: 'prod_growth', unit_amount: 7900, recurring: {interval: 'month'}},
      {id: 'price_growth_year', product: 'prod_growth', unit_amount: 79_000, recurring: {interval: 'year'}},
      {id: 'price_scale', product: 'prod_scale', unit_amount: 24_900, recurring: {interval: 'month'}},
      {id: 'price_scale_old', product: 'prod_scale', active: false, unit_amount: 1, recurring: {interval: 'month'}},
      {id: 'price_scale_year', product: 'prod_scale', unit_amount: 249_000, recurring: {interval: 'year'}},
      {id: 'price_scale_eur', product: 'prod_scale', currency: 'eur', unit_amount: 1, recurring: {interval: 'month'}},
      {
        id: 'price_scale_quarter',
        product: 'prod_scale',
        unit_amount: 1,
        recurring: {interval: 'month', interval_count: 3},
      },
      {
        id: 'price_scale_usage',
        product: 'prod_scale',
        unit_amount: 1,
        recurring: {interval: 'month', usage_type: 'metered'},
      },
      {id: 'price_addon', product: 'prod_addon', unit_amount: 1000, recurring: {interval: 'month'}},
    ],
    subscriptions: [{id: 'sub_acme', items: [{price: 'price_growth'}], metadata: {tenant: 'acme'}}],
  })
})

afterEach(() => stripe.close())

const asked = () => stripe.requests.map(({method, path, params}) => ({method, path, params}))
const writes = () => asked().filter(({method}) => method === 'POST')
const schedules = () => stripe.account.all('subscription_schedules')

/** A subscription under a schedule that somebody else made, unless said otherwise. */
function putScheduled(schedule: Partial<GivenSchedule>, subscription: Partial<GivenSubscription> = {}): void {
  stripe.put({
    subscriptions: [{id: 'sub_acme', schedule: 'sub_sched_one', items: [{price: 'price_growth'}], ...subscription}],
    subscription_schedules: [
      {
        id: 'sub_sched_one',
        subscription: 'sub_acme',
        phases: [{items: [{price: 'price_growth'}], start_date: january, end_date: february}],
        ...schedule,
      },
    ],
  })
}

test('the preview tells the prices and the day, and writes nothing', async () => {
  expect(await previewPlanChange(gatewayOf(stripe), wish)).toEqual(change)
  expect(writes()).toEqual([])
})

test('the plan changes at the end of the period: a schedule is made, then given two phases', async () => {
  expect(await schedulePlanChange(gatewayOf(stripe), order)).toEqual({...change, schedule: 'sub_sched_acme0'})
  expect(writes()).toEqual([
    {method: 'POST', path: '/v1/subscription_schedules', params: {from_subscription: 'sub_acme'}},
    {
      method: 'POST',
      path: '/v1/subscription_schedules/sub_sched_acme0',
      params: {
        phases: [
          {
            items: [{price: 'price_growth', quantity: '1'}],
            start_date: String(january),
            end_date: String(february),
            proration_behavior: 'create_prorations',
            metadata: {tenant: 'acme'},
            automatic_tax: {enabled: 'false'},
          },
          {
            items: [{price: 'price_scale', quantity: '1'}],
            duration: {interval: 'month', interval_count: '1'},
            proration_behavior: 'none',
            automatic_tax: {enabled: 'false'},
          },
        ],
        end_behavior: 'release',
        proration_behavior: 'none',
        metadata: {managed_by: 'pm'},
      },
    },
  ])
  expect((await getSubscription(gatewayOf(stripe), 'sub_acme')).schedule).toEqual({
    id: 'sub_sched_acme0',
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
        end_date: '2026-03-04T00:00:00Z',
        items: [{price: 'price_scale', quantity: 1}],
      },
    ],
  })
})

test('each write has its own idempotency key, made of the one that is given', async () => {
  await schedulePlanChange(gatewayOf(stripe), order)
  await releasePlanChange(gatewayOf(stripe), {subscription: 'sub_acme', idempotencyKey: 'change-2:sub_acme'})
  const keys = stripe.requests.filter(({method}) => method === 'POST').map(({idempotencyKey}) => idempotencyKey)
  expect(keys).toEqual(['change-1:sub_acme:create', 'change-1:sub_acme:phases', 'change-2:sub_acme:release'])
})

test.each(['/v1/subscription_schedules', '/v1/subscription_schedules/:id'])(
  'a write whose answer is lost is asked for again under the same key, and acts once: %s',
  async (path) => {
    stripe.fail(`POST ${path}`, {drop: 'after', times: 1})
    await schedulePlanChange(gatewayOf(stripe, {retries: 1}), order)
    expect(writes()).toHaveLength(3)
    expect(schedules()).toHaveLength(1)
    expect(schedules()[0]?.phases).toHaveLength(2)
  },
)

test('the interval stays, unless another is wished for', async () => {
  stripe.put({subscriptions: [{id: 'sub_acme', items: [{price: 'price_growth_year'}]}]})
  const gateway = gatewayOf(stripe)
  expect((await previewPlanChange(gateway, wish)).to.id).toBe('price_scale_year')
  expect((await previewPlanChange(gateway, {...wish, interval: 'month'})).to.id).toBe('price_scale')
  await schedulePlanChange(gateway, order)
  expect(schedules()[0]?.phases[1]).toMatchObject({start_date: february, end_date: february + 365 * 86_400})
})

test('add-ons, quantities and discounts go on', async () => {
  stripe.put({
    subscriptions: [
      {
        id: 'sub_acme',
        items: [
          {price: 'price_addon', quantity: 4},
          {price: 'price_growth', quantity: 3},
        ],
      },
    ],
  })
  const found = await schedulePlanChange(gatewayOf(stripe), {...order, from: 'prod_growth'})
  expect(found.quantity).toBe(3)
  expect(schedules()[0]?.phases.map(({items}) => items.map(({price, quantity}) => [price, quantity]))).toEqual([
    [
      ['price_addon', 4],
      ['price_growth', 3],
    ],
    [
      ['price_addon', 4],
      ['price_scale', 3],
    ],
  ])
})

test('what a running schedule has set is kept, discounts as they are and not begun anew', async () => {
  putScheduled({
    phases: [
      {
        items: [{price: 'price_growth', discounts: [{coupon: 'half', discount: null, promotion_code: null}]}],
        default_payment_method: 'pm_own',
        discounts: [{coupon: 'quarter', discount: 'di_running', promotion_code: null}],
        invoice_settings: {
          account_tax_ids: null,
          custom_fields: null,
          days_until_due: 14,
          description: null,
          footer: null,
          issuer: {type: 'self'},
        },
        trial_end: february,
      },
    ],
  })
  await schedulePlanChange(gatewayOf(stripe), order)
  const kept = {
    default_payment_method: 'pm_own',
    discounts: [{discount: 'di_running'}],
    invoice_settings: {days_until_due: '14'},
  }
  const item = {quantity: '1', discounts: [{coupon: 'half'}]}
  expect(writes()).toMatchObject([
    {
      path: '/v1/subscription_schedules/sub_sched_one',
      params: {
        phases: [
          {...kept, items: [{...item, price: 'price_growth'}], trial_end: String(february)},
          {...kept, items: [{...item, price: 'price_scale'}]},
        ],
      },
    },
  ])
  expect(writes()[0]?.params).not.toHaveProperty('phases.1.trial_end')
})

test('a schedule that pm made before is changed to the new wish', async () => {
  const gateway = gatewayOf(stripe)
  await schedulePlanChange(gateway, {...order, interval: 'year'})
  const again = await schedulePlanChange(gateway, {...order, idempotencyKey: 'change-2:sub_acme'})
  expect(again).toEqual({...change, replaces: 'sub_sched_acme0', schedule: 'sub_sched_acme0'})
  expect(schedules()).toHaveLength(1)
  expect(schedules()[0]?.phases.map(({items}) => items.map(({price}) => price))).toEqual([
    ['price_growth'],
    ['price_scale'],
  ])
})

test('a schedule of somebody else that plans nothing is taken over', async () => {
  putScheduled({})
  expect(await schedulePlanChange(gatewayOf(stripe), order)).toMatchObject({schedule: 'sub_sched_one', replaces: null})
  expect(writes().map(({path}) => path)).toEqual(['/v1/subscription_schedules/sub_sched_one'])
})

test.each([
  [
    'changes the price',
    {
      phases: [
        {items: [{price: 'price_growth'}], start_date: january, end_date: february},
        {items: [{price: 'price_addon'}], start_date: february, end_date: march},
      ],
    },
  ],
  ['ends the subscription', {end_behavior: 'cancel'}],
])('a schedule of somebody else that %s is left alone', async (_what, schedule) => {
  putScheduled(schedule)
  const error = await failureOf(schedulePlanChange(gatewayOf(stripe), order))
  expect(error).toMatchObject({
    exitCode: 6,
    message: 'sub_acme is already changed by another schedule at Stripe, sub_sched_one.',
    hint: 'pm did not make it and leaves it alone. Change or release it in the dashboard.',
    details: {subscription: 'sub_acme', schedule: 'sub_sched_one'},
  })
  expect(writes()).toEqual([])
})

test('a schedule with settings that would be lost is left alone', async () => {
  putScheduled({
    phases: [
      {
        items: [{price: 'price_growth'}],
        application_fee_percent: 10,
        transfer_data: {amount_percent: null, destination: 'acct_1PJBLEBBLEfV'},
      },
    ],
  })
  expect(await failureOf(schedulePlanChange(gatewayOf(stripe), order))).toMatchObject({
    exitCode: 6,
    message: 'sub_sched_one uses what pm cannot keep when it changes the plan: application_fee_percent, transfer_data.',
  })
  expect(writes()).toEqual([])
})

test('a schedule that does not run with the price that is paid is left alone', async () => {
  putScheduled({phases: [{items: [{price: 'price_addon'}]}]})
  expect(await failureOf(schedulePlanChange(gatewayOf(stripe), order))).toMatchObject({
    exitCode: 6,
    message: 'sub_sched_one does not run with price_growth, which the subscription pays.',
  })
})

test.each<[Partial<GivenSubscription>, string]>([
  [{status: 'canceled'}, 'sub_acme is canceled at Stripe. There is nothing to change.'],
  [{status: 'incomplete_expired'}, 'sub_acme is incomplete_expired at Stripe. There is nothing to change.'],
  [{cancel_at_period_end: true}, 'sub_acme is to be canceled at Stripe.'],
  [{cancel_at: february}, 'sub_acme is to be canceled at Stripe on 2026-02-01T00:00:00Z.'],
  [
    {items: [{price: 'price_growth'}, {price: 'price_addon'}]},
    'sub_acme has several items at Stripe, and which is the plan is not clear.',
  ],
  [{items: []}, 'sub_acme has no item of any product at Stripe.'],
])('a subscription as %o is not changed', async (subscription, message) => {
  stripe.put({subscriptions: [{id: 'sub_acme', items: [{price: 'price_growth'}], ...subscription}]})
  expect(await failureOf(schedulePlanChange(gatewayOf(stripe), order))).toMatchObject({exitCode: 6, message})
  expect(writes()).toEqual([])
})

test('a subscription that has another plan than the database says is not changed', async () => {
  const wrong = {...order, from: 'prod_starter'}
  expect(await failureOf(schedulePlanChange(gatewayOf(stripe), wrong))).toMatchObject({
    exitCode: 6,
    message: 'sub_acme has no item of prod_starter at Stripe.',
    hint: 'Stripe and the database disagree on the plan: see pm subscription drift.',
    details: {subscription: 'sub_acme', items: [{price: 'price_growth', product: 'prod_growth'}]},
  })
})

test('a product without a fitting price', async () => {
  stripe.put({prices: [{id: 'price_scale', product: 'prod_scale', active: false, recurring: {interval: 'month'}}]})
  expect(await failureOf(schedulePlanChange(gatewayOf(stripe), order))).toMatchObject({
    exitCode: 6,
    message: 'Stripe has no active price for prod_scale, in USD by the month.',
    hint: 'Add one to the product in the dashboard, or change the plan without Stripe.',
    details: {prices: []},
  })
})

test('a product with several fitting prices', async () => {
  stripe.put({prices: [{id: 'price_scale_two', product: 'prod_scale', recurring: {interval: 'month'}}]})
  expect(await failureOf(schedulePlanChange(gatewayOf(stripe), order))).toMatchObject({
    exitCode: 6,
    message: 'Stripe has several active prices for prod_scale, in USD by the month: price_scale, price_scale_two.',
    hint: 'Archive all but one in the dashboard.',
    details: {prices: ['price_scale', 'price_scale_two']},
  })
})

test('the price that is paid already', async () => {
  const same = {...order, product: 'prod_growth'}
  expect(await failureOf(schedulePlanChange(gatewayOf(stripe), same))).toMatchObject({
    exitCode: 6,
    message: 'The subscription pays price_growth already.',
  })
})

test('what is paid once has no period to end', async () => {
  stripe.put({
    prices: [{id: 'price_once', product: 'prod_growth'}],
    subscriptions: [{id: 'sub_acme', items: [{price: 'price_once'}]}],
  })
  expect(await failureOf(schedulePlanChange(gatewayOf(stripe), order))).toMatchObject({
    exitCode: 6,
    message: 'sub_acme pays price_once once, not by an interval.',
  })
})

test('what was shown is what is done: another price meanwhile is refused', async () => {
  const gateway = gatewayOf(stripe)
  const shown = await previewPlanChange(gateway, wish)
  stripe.put({
    prices: [
      {id: 'price_scale', product: 'prod_scale', active: false, recurring: {interval: 'month'}},
      {id: 'price_scale_new', product: 'prod_scale', unit_amount: 29_900, recurring: {interval: 'month'}},
    ],
  })
  expect(await failureOf(schedulePlanChange(gateway, {...order, shown}))).toMatchObject({
    exitCode: 6,
    message: 'sub_acme or its prices changed at Stripe meanwhile. Nothing was done.',
  })
  expect(writes()).toEqual([])
  const shownNow = await previewPlanChange(gateway, wish)
  expect(await schedulePlanChange(gateway, {...order, shown: shownNow})).toMatchObject({to: {amount: 29_900}})
})

test('a subscription or product that Stripe does not have', async () => {
  const gateway = gatewayOf(stripe)
  expect(await failureOf(schedulePlanChange(gateway, {...order, subscription: 'sub_gone'}))).toMatchObject({
    exitCode: 3,
    message: "Stripe does not have it: No such subscription: 'sub_gone'",
  })
  expect(await failureOf(schedulePlanChange(gateway, {...order, subscription: 'cus_acme'}))).toMatchObject({
    exitCode: 3,
  })
  expect(await failureOf(schedulePlanChange(gateway, {...order, product: 'scale'}))).toMatchObject({exitCode: 3})
})

test('a read-only key is refused, and says which permission it lacks', async () => {
  stripe.withhold('rak_subscription_write')
  expect(await failureOf(schedulePlanChange(gatewayOf(stripe), order))).toMatchObject({
    exitCode: 10,
    message: 'The Stripe key lacks the permission rak_subscription_write.',
  })
  expect(schedules()).toEqual([])
})

test('when Stripe refuses the phases, nothing is left of the schedule', async () => {
  stripe.fail('POST /v1/subscription_schedules/:id', {status: 400, message: 'The price cannot be used.'})
  expect(await failureOf(schedulePlanChange(gatewayOf(stripe), order))).toMatchObject({
    exitCode: 10,
    message: 'Stripe refused: The price cannot be used.',
  })
  expect(schedules().map(({status}) => status)).toEqual(['released'])
  expect((await getSubscription(gatewayOf(stripe), 'sub_acme')).schedule).toBeNull()
})

test('an interruption between the two steps leaves nothing either', async () => {
  const interrupted = new AbortController()
  stripe.fail('POST /v1/subscription_schedules/:id', {delayMs: 500})
  const scheduling = failureOf(schedulePlanChange(gatewayOf(stripe, {signal: interrupted.signal}), order))
  while (writes().length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  interrupted.abort()
  expect(await scheduling).toMatchObject({exitCode: 130})
  expect(schedules().map(({status}) => status)).toEqual(['released'])
})

test('when not even that can be undone, the schedule that is left is named', async () => {
  stripe.fail('POST /v1/subscription_schedules/:id', {status: 500, message: 'Something went wrong.'})
  stripe.fail('POST /v1/subscription_schedules/:id/release', {status: 500, message: 'Something went wrong.'})
  expect(await failureOf(schedulePlanChange(gatewayOf(stripe), order))).toMatchObject({
    exitCode: 10,
    message: 'Stripe failed (HTTP 500): Something went wrong. The schedule sub_sched_acme0 was left at Stripe.',
    hint: 'Release it in the dashboard. Try again later. See https://status.stripe.com.',
    details: {type: 'api_error', http_status: 500},
  })
})

test('a schedule that was there before outlives a refusal', async () => {
  putScheduled({metadata: {managed_by: 'pm'}})
  stripe.fail('POST /v1/subscription_schedules/:id', {status: 400, message: 'The price cannot be used.'})
  expect(await failureOf(schedulePlanChange(gatewayOf(stripe), order))).toMatchObject({exitCode: 10})
  expect(schedules().map(({status}) => status)).toEqual(['active'])
})

test('a plan change that is withdrawn leaves the subscription as it is', async () => {
  const gateway = gatewayOf(stripe)
  await schedulePlanChange(gateway, order)
  const release = {subscription: 'sub_acme', idempotencyKey: 'change-2:sub_acme'}
  expect(await releasePlanChange(gateway, release)).toEqual({schedule: 'sub_sched_acme0'})
  expect(await getSubscription(gateway, 'sub_acme')).toMatchObject({
    schedule: null,
    status: 'active',
    items: [{price: 'price_growth'}],
  })
})

test('where nothing is scheduled there is nothing to withdraw', async () => {
  const release = {subscription: 'sub_acme', idempotencyKey: 'change-2:sub_acme'}
  expect(await releasePlanChange(gatewayOf(stripe), release)).toEqual({schedule: null})
  expect(writes()).toEqual([])
})

test('what somebody else scheduled is not withdrawn', async () => {
  putScheduled({})
  const release = {subscription: 'sub_acme', idempotencyKey: 'change-2:sub_acme'}
  expect(await failureOf(releasePlanChange(gatewayOf(stripe), release))).toMatchObject({
    exitCode: 6,
    message: 'sub_acme is changed by a schedule at Stripe that pm did not make, sub_sched_one.',
    hint: 'Change or release it in the dashboard.',
  })
  expect(schedules().map(({status}) => status)).toEqual(['active'])
})
