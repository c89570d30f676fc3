import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask, changesOf} from '../../support/records.ts'
import {type Ran, run} from '../../support/run.ts'
import {startMirror} from '../../support/stripe/mirror.ts'
import type {FakeStripe} from '../../support/stripe-server.ts'

let database: TestDatabase
let stripe: FakeStripe
let env: Record<string, string>
let acme: {id: string; stripe: string; period_end: number}

beforeEach(async () => {
  database = await freshDatabase()
  ;({stripe, env} = await startMirror(database))
  const [row] = await ask<typeof acme>(
    database,
    `select s.id, stripe_subscription_id as stripe, floor(extract(epoch from current_period_end))::int as period_end
     from subscriptions s join tenants t on t.id = s.tenant_id where t.name = 'Acme'`,
  )
  if (!row) throw new Error('The sandbox has no Acme.')
  acme = row
})
afterEach(async () => {
  await stripe.close()
  await database.drop()
})

const pm = (argv: readonly string[], more: Record<string, string> = {}): Promise<Ran> =>
  run({env: {DATABASE_URL: database.url('op_admin'), ...env, ...more}}, argv)
const change = ['plan', 'change', 'acme', '--to', 'scale', '--in-stripe', '--yes']
const keep = ['plan', 'keep', 'acme', '--in-stripe', '--yes']

const pending = async () => {
  const rows = await ask<{slug: string | null}>(
    database,
    `select n.slug from subscriptions s left join plans n on n.id = s.pending_plan_id where s.id = '${acme.id}'`,
  )
  return rows[0]?.slug
}
const writes = () => stripe.requests.filter(({method}) => method === 'POST')
const schedules = () => stripe.account.all('subscription_schedules')
const live = () => schedules().filter(({status}) => status === 'active')
/** What is written where: nothing must stand on one side alone. */
const written = async () => ({
  pending: await pending(),
  changes: (await changesOf(database)).length,
  scheduled: live().length,
})
const nothing = {pending: null, changes: 0, scheduled: 0}
const seconds = (epoch: number) => new Date(epoch * 1000).toISOString().replace('.000Z', 'Z')

describe('pm plan change --in-stripe', () => {
  test('schedules the active price of the same interval at Stripe, at the end of the period', async () => {
    const {exitCode, stderr, stdout} = await pm([...change, '-o', 'json'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    const [schedule] = live()
    expect(schedule?.phases.map(({items, start_date}) => [items.map(({price}) => price), start_date])).toEqual([
      [['price_growth_month'], expect.any(Number)],
      [['price_scale_month'], acme.period_end],
    ])
    expect(schedule?.end_behavior).toBe('release')
    expect(await written()).toEqual({pending: 'scale', changes: 1, scheduled: 1})
    const day = seconds(acme.period_end).slice(0, 10)
    expect(stderr).toContain(`! Stripe will bill 249.00 USD a month from ${day} on.`)
    expect(stderr).not.toContain('Stripe is not told')
    expect(JSON.parse(stdout).effects).toMatchObject([
      {
        to: 'scale',
        begins: seconds(acme.period_end),
        stripe: {
          subscription: acme.stripe,
          from_price: 'price_growth_month',
          to_price: 'price_scale_month',
          amount: 24_900,
          currency: 'usd',
          interval: 'month',
        },
      },
    ])
  })

  test('a yearly subscription is billed by the year from then on', async () => {
    const argv = [
      'plan',
      'change',
      'pengin.example',
      '--to',
      'enterprise',
      '--in-stripe',
      '--allow-over-limit',
      '--yes',
    ]
    const {exitCode, stderr} = await pm(argv)
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain('! Stripe will bill 9,990.00 USD a year from ')
    expect(live()[0]?.phases.at(-1)?.items).toMatchObject([{price: 'price_enterprise_year'}])
  })

  test('a dry run shows it and writes nothing anywhere', async () => {
    const {exitCode, stderr} = await pm([...change.slice(0, -1), '--dry-run'])
    expect(exitCode).toBe(9)
    expect(stderr).toContain('! Stripe will bill 249.00 USD a month')
    expect(writes()).toEqual([])
    expect(await written()).toEqual(nothing)
  })

  test('every request that writes has a key of this change and this subscription', async () => {
    await pm(change)
    const keys = writes().map(({idempotencyKey}) => idempotencyKey)
    expect(keys).toEqual([
      expect.stringMatching(/^pm-1-[0-9a-f]{24}:create$/),
      expect.stringMatching(/^pm-1-[0-9a-f]{24}:phases$/),
    ])
  })

  test('a request that is answered and not heard acts once', async () => {
    stripe.fail('POST /v1/subscription_schedules', {drop: 'after', times: 1})
    expect((await pm(change)).exitCode).toBe(0)
    expect(schedules()).toHaveLength(1)
    expect(await written()).toEqual({pending: 'scale', changes: 1, scheduled: 1})
  })

  test.each([
    ['refuses the schedule', 'POST /v1/subscription_schedules', {status: 400, message: 'No.'}, 'Stripe refused: No.'],
    ['refuses the new price', 'POST /v1/subscription_schedules/:id', {status: 400, message: 'No.'}, 'Stripe refused'],
    ['fails', 'POST /v1/subscription_schedules/:id', {status: 500}, 'Stripe failed (HTTP 500)'],
    ['breaks off', 'POST /v1/subscription_schedules', {drop: 'before'}, 'broke while Stripe was asked'],
  ] as const)(
    'where Stripe %s, nothing is written here, and nothing is left there',
    async (_what, route, failure, words) => {
      stripe.fail(route, failure)
      const {exitCode, stdout, stderr} = await pm(change)
      expect({exitCode, stdout, stderr}).toMatchObject({exitCode: 10, stdout: ''})
      expect(stderr).toContain(words)
      expect(stderr).not.toContain('Stripe has it already')
      expect(await written()).toEqual(nothing)
    },
  )

  test('where the key may only read, that is said before anything is written', async () => {
    stripe.withhold('rak_subscription_write')
    const {exitCode, stderr} = await pm(change)
    expect({exitCode, stderr}).toMatchObject({exitCode: 10})
    expect(stderr).toContain('The Stripe key lacks the permission rak_subscription_write.')
    expect(await written()).toEqual(nothing)
  })

  test('a rate limit is waited for', async () => {
    stripe.fail('GET /v1/prices', {status: 429, retryAfter: 1, times: 1})
    expect((await pm(change)).exitCode).toBe(0)
    expect(await written()).toEqual({pending: 'scale', changes: 1, scheduled: 1})
  })

  test('a Stripe that does not answer is waited for no longer than --timeout says', async () => {
    stripe.fail('POST /v1/subscription_schedules', {delayMs: 5_000, times: 1})
    const {exitCode, stderr} = await pm([...change, '--timeout', '1'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 12})
    expect(await pending()).toBeNull()
    expect(await changesOf(database)).toEqual([])
  })

  test('a COMMIT that fails after Stripe accepted is said, and the same command again makes it whole', async () => {
    await ask(
      database,
      `create function fail_late() returns trigger language plpgsql as $$ begin raise 'disk full'; end $$`,
    )
    await ask(
      database,
      `create constraint trigger fail_late after update on subscriptions deferrable initially deferred
       for each row execute function fail_late()`,
    )
    const {stderr, exitCode} = await pm(change)
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain('! Stripe has it already. To have it here, too, run the same command again.')
    expect(await written()).toEqual({pending: null, changes: 0, scheduled: 1})
    await ask(database, 'drop trigger fail_late on subscriptions')
    expect((await pm(change)).exitCode).toBe(0)
    expect(await written()).toEqual({pending: 'scale', changes: 1, scheduled: 1})
    expect(live()[0]?.phases.at(-1)?.items).toMatchObject([{price: 'price_scale_month'}])
  })

  test('what is pending here alone is told to Stripe; what stands on both sides is nothing to do', async () => {
    await pm(['plan', 'change', 'acme', '--to', 'scale', '--yes'])
    expect(await written()).toEqual({pending: 'scale', changes: 1, scheduled: 0})
    expect((await pm(change)).exitCode).toBe(0)
    expect(await written()).toEqual({pending: 'scale', changes: 2, scheduled: 1})
    const again = await pm(change)
    expect(again.stderr).toContain('Nothing to do.')
    expect(await written()).toEqual({pending: 'scale', changes: 2, scheduled: 1})
  })

  test('another plan takes the place of the scheduled one, at Stripe too', async () => {
    await pm(change)
    expect((await pm(['plan', 'change', 'acme', '--to', 'enterprise', '--in-stripe', '--yes'])).exitCode).toBe(0)
    expect(live().map(({phases}) => phases.at(-1)?.items[0]?.price)).toEqual(['price_enterprise_month'])
    expect(await written()).toEqual({pending: 'enterprise', changes: 2, scheduled: 1})
  })

  test('what changed at Stripe since it was shown is not done', async () => {
    const product = String(stripe.account.get('prices', 'price_scale_month').product)
    const dearer = {id: 'price_scale_dear', product, unit_amount: 30_000, recurring: {interval: 'month'}}
    const archived = {id: 'price_scale_month', product, active: false}
    // Behind the preview's look at the prices, before the second one that is within the change.
    const watch = setInterval(() => {
      if (!stripe.requests.some(({path}) => path === '/v1/prices')) return
      stripe.put({prices: [archived, dearer]})
      clearInterval(watch)
    }, 1)
    const {exitCode, stderr} = await pm(change)
    expect({exitCode, stderr}).toMatchObject({exitCode: 6})
    expect(stderr).toContain('changed at Stripe meanwhile')
    expect(await written()).toEqual(nothing)
  })

  test('a product without a price of that interval, or a subscription of another plan there, is a conflict', async () => {
    const product = String(stripe.account.get('prices', 'price_scale_month').product)
    stripe.put({prices: [{id: 'price_scale_month', product, active: false, recurring: {interval: 'month'}}]})
    const without = await pm(change)
    expect(without).toMatchObject({exitCode: 6, stdout: ''})
    expect(without.stderr).toContain(`Stripe has no active price for ${product}, in USD by the month.`)
    await ask(
      database,
      `update subscriptions set plan_id = (select id from plans where slug = 'founder') where id = '${acme.id}'`,
    )
    const other = await pm(['plan', 'change', 'acme', '--to', 'enterprise', '--in-stripe', '--yes'])
    expect(other).toMatchObject({exitCode: 6, stdout: ''})
    expect(other.stderr).toContain('pm subscription drift')
    expect(await written()).toEqual(nothing)
  })

  test('a plan without a product, and a subscription without a Stripe id, cannot be told', async () => {
    const plan = await pm(['plan', 'change', 'acme', '--to', 'agency', '--allow-inactive', '--in-stripe', '--yes'])
    expect(plan).toMatchObject({exitCode: 6, stdout: ''})
    expect(plan.stderr).toContain('agency has no Stripe product, so Stripe cannot be told.')
    await ask(database, `update subscriptions set stripe_subscription_id = null where id = '${acme.id}'`)
    const subscription = await pm(change)
    expect(subscription).toMatchObject({exitCode: 6, stdout: ''})
    expect(subscription.stderr).toContain('has no Stripe id')
    expect(stripe.requests).toEqual([])
  })

  test('without a key, or with one of the other mode, Stripe is not asked and nothing is done', async () => {
    const keyless = await pm(change, {STRIPE_API_KEY: ''})
    expect(keyless).toMatchObject({exitCode: 2, stdout: ''})
    expect(keyless.stderr).toContain('there is no key')
    const wrong = await pm(change, {STRIPE_API_KEY: 'rk_live_FakeStripeKey4Tests0nly'})
    expect(wrong).toMatchObject({exitCode: 6, stdout: ''})
    expect(wrong.stderr).toContain('The Stripe key is a live key')
    const unknown = await pm(change, {STRIPE_API_KEY: 'rk_test_AnotherKey4Tests0nly'})
    expect(unknown).toMatchObject({exitCode: 10, stdout: ''})
    expect(unknown.stderr).toContain('Stripe does not accept the key.')
    expect(unknown.stderr).not.toContain('AnotherKey')
    expect(await written()).toEqual(nothing)
  })
})

describe('pm plan keep --in-stripe', () => {
  test('withdraws what pm scheduled, on both sides', async () => {
    await pm(change)
    const {exitCode, stderr} = await pm(keep)
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain('Keep Acme on growth: withdraw the change to scale.')
    expect(await written()).toEqual({pending: null, changes: 2, scheduled: 0})
  })

  test('withdraws what only Stripe has, and has nothing to do where neither has anything', async () => {
    await pm(change)
    await pm(['plan', 'keep', 'acme', '--yes'])
    expect(await written()).toEqual({pending: null, changes: 2, scheduled: 1})
    const {stderr} = await pm(keep)
    expect(stderr).toContain('withdraw the change that only Stripe has')
    expect(await written()).toEqual({pending: null, changes: 3, scheduled: 0})
    expect((await pm(keep)).stderr).toContain('Keep Acme on growth: no change is pending.')
  })

  test('where Stripe fails nothing is withdrawn here', async () => {
    await pm(change)
    stripe.fail('POST /v1/subscription_schedules/:id/release', {status: 500})
    const {exitCode, stdout} = await pm(keep)
    expect({exitCode, stdout}).toEqual({exitCode: 10, stdout: ''})
    expect(await written()).toEqual({pending: 'scale', changes: 1, scheduled: 1})
  })

  test('without --in-stripe says that Stripe is not told', async () => {
    await pm(change)
    const {stderr} = await pm(['plan', 'keep', 'acme', '--yes'])
    expect(stderr).toContain('! Stripe is not told. Change it there, too, or give --in-stripe.')
    expect(stderr).toContain(`/test/subscriptions/${acme.stripe}`)
  })
})
