import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {startMirror} from '../../support/stripe/mirror.ts'
import type {FakeStripe} from '../../support/stripe-server.ts'

let database: TestDatabase
let stripe: FakeStripe
let env: Record<string, string>

beforeEach(async () => {
  database = await freshDatabase()
  ;({stripe, env} = await startMirror(database))
  env = {...env, DATABASE_URL: database.url('op_viewer')}
})
afterEach(async () => {
  await stripe.close()
  await database.drop()
})

const pm = (argv: readonly string[] = [], more: Record<string, string> = {}) =>
  run({env: {...env, ...more}}, ['plan', 'drift', ...argv])
const productOf = (slug: string) => String(stripe.account.get('prices', `price_${slug}_month`).product)
const differences = async () => {
  const ran = await pm(['-o', 'json', '--fields', 'plan,finding,here,at_stripe'])
  return {exitCode: ran.exitCode, found: JSON.parse(ran.stdout)}
}
const monthly = {recurring: {interval: 'month'}}

test('where both sides agree there is nothing on stdout, and it exits 0', async () => {
  expect(await pm()).toEqual({exitCode: 0, stdout: '', stderr: '7 plans compared: no differences.\n'})
})

describe('differences exit 9, with what stands here and what at Stripe', () => {
  test('another price, none, and one that was archived', async () => {
    const [growth, scale, starter] = [productOf('growth'), productOf('scale'), productOf('starter')]
    stripe.put({
      prices: [
        {id: 'price_growth_month', product: growth, unit_amount: 8900, ...monthly},
        {id: 'price_scale_month', product: scale, unit_amount: 24_900, active: false, ...monthly},
        {id: 'price_starter_year', product: starter, unit_amount: null, recurring: {interval: 'year'}},
      ],
    })
    await ask(database, `update plans set price_yearly = null where slug = 'enterprise'`)
    expect(await differences()).toEqual({
      exitCode: 9,
      found: [
        {plan: 'enterprise', finding: 'price_yearly_differs', here: null, at_stripe: '9,990.00 USD'},
        {plan: 'growth', finding: 'price_monthly_differs', here: '79.00', at_stripe: '89.00 USD'},
        {plan: 'scale', finding: 'price_monthly_differs', here: '249.00', at_stripe: null},
        {plan: 'starter', finding: 'price_yearly_differs', here: '290.00', at_stripe: 'in tiers'},
      ],
    })
  })

  test('a product that is archived, or missing, or that a plan which is sold does not have', async () => {
    stripe.put({products: [{id: productOf('growth'), active: false}]})
    await ask(database, `update plans set stripe_product_id = 'prod_nobody' where slug = 'scale'`)
    await ask(database, `update plans set stripe_product_id = 'prod_../evil' where slug = 'founder'`)
    await ask(database, `update plans set is_active = true where slug = 'agency'`)
    expect(await differences()).toEqual({
      exitCode: 9,
      found: [
        {plan: 'agency', finding: 'no_product', here: 'sold', at_stripe: null},
        {plan: 'founder', finding: 'product_missing', here: 'not sold', at_stripe: null},
        {plan: 'growth', finding: 'product_archived', here: 'sold', at_stripe: 'archived'},
        {plan: 'scale', finding: 'product_missing', here: 'sold', at_stripe: null},
      ],
    })
    expect(stripe.requests.some(({path}) => path.includes('evil'))).toBe(false)
  })
})

describe('no difference', () => {
  test('a product with more prices: in another currency, by the quarter, or archived', async () => {
    const product = productOf('growth')
    stripe.put({
      prices: [
        {id: 'price_eur', product, currency: 'eur', unit_amount: 6900, ...monthly},
        {id: 'price_quarter', product, unit_amount: 19_900, recurring: {interval: 'month', interval_count: 3}},
        {id: 'price_old', product, unit_amount: 5900, active: false, ...monthly},
      ],
    })
    expect((await pm()).exitCode).toBe(0)
  })

  test('a plan that is sold no more, and its product archived', async () => {
    stripe.put({products: [{id: productOf('founder'), active: false}]})
    expect((await pm()).exitCode).toBe(0)
  })

  test('a plan that costs nothing, and has no price at Stripe', async () => {
    await ask(database, `update plans set price_monthly = 0, price_yearly = null where slug = 'founder'`)
    const product = productOf('founder')
    stripe.put({
      prices: ['month', 'year'].map((interval) => ({id: `price_founder_${interval}`, product, active: false})),
    })
    expect((await pm()).exitCode).toBe(0)
  })
})

test('the page of the product comes with it, and what is found stays when Stripe fails on the way', async () => {
  await ask(database, `update plans set price_monthly = 1 where slug = 'black-friday-2025'`)
  stripe.fail(`GET /v1/products/${productOf('growth')}`, {status: 400, message: 'No more.'})
  const ran = await pm(['-o', 'ndjson'])
  expect(ran).toMatchObject({exitCode: 10})
  expect(ran.stderr).toContain('Stripe refused: No more.')
  const product = productOf('black-friday-2025')
  expect(JSON.parse(ran.stdout)).toEqual({
    plan: 'black-friday-2025',
    finding: 'price_monthly_differs',
    here: '0.01',
    at_stripe: '39.00 USD',
    stripe_product_id: product,
    stripe_url: `https://dashboard.stripe.com/acct_1SandboxPenguin00/test/products/${product}`,
  })
})

test('it ends where --limit says', async () => {
  await ask(database, 'update plans set price_monthly = 1')
  const ran = await pm(['--limit', '2', '--fields', 'plan'])
  expect(ran).toMatchObject({exitCode: 9, stdout: 'black-friday-2025\nenterprise\n'})
  expect(ran.stderr).toContain('There are more. All: --limit 0')
})

test('a key of the other mode, none, or one that may not see prices', async () => {
  const live = await pm([], {STRIPE_API_KEY: 'rk_live_FakeStripeKey4Tests0nly'})
  expect(live).toMatchObject({exitCode: 6, stdout: ''})
  expect(live.stderr).toMatch(/The Stripe key is a live key, but pm_\w+ works with Stripe in test mode\./)
  expect(await pm([], {STRIPE_API_KEY: ''})).toMatchObject({exitCode: 2, stdout: ''})
  expect(stripe.requests).toEqual([])
  stripe.withhold('rak_plan_read')
  const blind = await pm()
  expect(blind).toMatchObject({exitCode: 10, stdout: ''})
  expect(blind.stderr).toContain('The Stripe key lacks the permission rak_plan_read.')
})

test('who is no operator is refused before Stripe is asked', async () => {
  const {exitCode, stdout} = await pm([], {DATABASE_URL: database.url('postgres')})
  expect({exitCode, stdout}).toEqual({exitCode: 5, stdout: ''})
  expect(stripe.requests).toEqual([])
})
