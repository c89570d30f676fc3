import type {TestDatabase} from '../database.ts'
import {ask} from '../records.ts'
import {type FakeStripe, startStripe} from '../stripe-server.ts'
import type {GivenSubscription} from './billing.ts'
import type {GivenPrice, GivenProduct} from './catalog.ts'

/** What Stripe has where it and the database agree. */
export interface Mirror {
  products: GivenProduct[]
  prices: GivenPrice[]
  subscriptions: GivenSubscription[]
}

/** A Stripe that agrees with the database, but for what a test makes different; and how a command gets to it. */
export async function startMirror(
  database: TestDatabase,
  differ: (mirror: Mirror) => Mirror = (mirror) => mirror,
): Promise<{stripe: FakeStripe; env: Record<string, string>}> {
  const stripe = await startStripe({...differ(await mirrorOf(database))})
  return {stripe, env: {STRIPE_API_KEY: stripe.key, PM_STRIPE_URL: stripe.url}}
}

async function mirrorOf(database: TestDatabase): Promise<Mirror> {
  const plans = await ask<PlanRow>(
    database,
    'select slug, name, stripe_product_id as product, price_monthly, price_yearly from plans where stripe_product_id is not null order by slug',
  )
  const subscriptions = await ask<SubscriptionRow>(
    database,
    `select s.stripe_subscription_id as id, c.stripe_customer_id as customer, s.status, p.slug as plan,
       s.cancel_at_period_end as ends, floor(extract(epoch from s.created))::int as created,
       floor(extract(epoch from s.current_period_start))::int as period_start,
       floor(extract(epoch from s.current_period_end))::int as period_end
     from subscriptions s join plans p on p.id = s.plan_id left join tenant_config c on c.tenant_id = s.tenant_id
     where s.stripe_subscription_id is not null order by s.created desc, s.id`,
  )
  return {
    products: plans.map(({product, name}) => ({id: product, name})),
    prices: plans.flatMap(pricesOf),
    subscriptions: subscriptions.map(subscriptionOf),
  }
}

interface PlanRow {
  slug: string
  name: string
  product: string
  price_monthly: number
  price_yearly: number
}

function pricesOf({slug, product, price_monthly, price_yearly}: PlanRow): GivenPrice[] {
  return [
    {id: `price_${slug}_month`, product, unit_amount: price_monthly, recurring: {interval: 'month'}},
    {id: `price_${slug}_year`, product, unit_amount: price_yearly, recurring: {interval: 'year'}},
  ]
}

interface SubscriptionRow {
  id: string
  customer: string | null
  status: 'active' | 'past_due' | 'unpaid' | 'canceled'
  plan: string
  ends: boolean
  created: number
  period_start: number
  period_end: number
}

function subscriptionOf({id, customer, status, plan, ends, created, ...period}: SubscriptionRow): GivenSubscription {
  const isYearly = period.period_end - period.period_start > 32 * 86_400
  const price = `price_${plan}_${isYearly ? 'year' : 'month'}`
  return {
    id,
    ...(customer !== null && {customer}),
    status,
    created,
    cancel_at_period_end: ends,
    items: [{price, current_period_start: period.period_start, current_period_end: period.period_end}],
  }
}
