import type Stripe from 'stripe'
import {Conflict} from '../rules/errors.ts'
import type {StripeGateway} from './gateway.ts'

/**
 * The one active price of a product that takes the place of another: same currency, same interval, unless another is
 * wished for.
 * @throws Conflict when there is none, or several, or when it is the same price
 */
export async function pickPrice(
  stripe: StripeGateway,
  current: Stripe.Price,
  {subscription, product, interval}: {subscription: string; product: string; interval?: string},
): Promise<Stripe.Price> {
  if (!current.recurring) throw new Conflict(`${subscription} pays ${current.id} once, not by an interval.`)
  const every = interval ?? current.recurring.interval
  const count = every === current.recurring.interval ? current.recurring.interval_count : 1
  const {usage_type} = current.recurring
  const active = await stripe.ask((sdk) =>
    sdk.prices
      .list({
        product,
        active: true,
        currency: current.currency,
        type: 'recurring',
        recurring: {interval: every},
        limit: 100,
      })
      .autoPagingToArray({limit: 1000}),
  )
  const fitting = active.filter(
    ({recurring}) => recurring?.interval_count === count && recurring.usage_type === usage_type,
  )
  const period = count === 1 ? every : `${count} ${every}s`
  return theOne(fitting, `${product}, in ${current.currency.toUpperCase()} by the ${period}`, current)
}

function theOne(prices: readonly Stripe.Price[], wanted: string, current: Stripe.Price): Stripe.Price {
  const [price] = prices
  const details = {prices: prices.map(({id}) => id)}
  if (!price) {
    throw new Conflict(`Stripe has no active price for ${wanted}.`, {
      hint: 'Add one to the product in the dashboard, or change the plan without Stripe.',
      details,
    })
  }
  if (prices.length > 1) {
    throw new Conflict(`Stripe has several active prices for ${wanted}: ${details.prices.join(', ')}.`, {
      hint: 'Archive all but one in the dashboard.',
      details,
    })
  }
  if (price.id === current.id) throw new Conflict(`The subscription pays ${price.id} already.`, {details})
  return price
}
