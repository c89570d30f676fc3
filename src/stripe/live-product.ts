import type {StripeGateway} from './gateway.ts'
import {getProduct} from './get-product.ts'
import {isUnavailable} from './part.ts'
import type {Price} from './price.ts'
import type {Product} from './product.ts'

/** One of a product's prices, as `pm plan show` tells it. */
export type LivePrice = Pick<Price, 'id' | 'active' | 'amount' | 'currency' | 'interval' | 'interval_count'> & {
  default: boolean
}

/** What Stripe says of a plan's product. */
export interface LiveProduct extends Pick<Product, 'name' | 'active'> {
  /** Null where the key may not see them. */
  prices: LivePrice[] | null
}

/** Details as far as the key may see them; `gaps` say what it may not. */
export interface Live<T> {
  details: T
  gaps: string[]
}

/** @throws NotFound */
export async function liveProduct(stripe: StripeGateway, id: string): Promise<Live<LiveProduct>> {
  const {name, active, prices} = await getProduct(stripe, id)
  if (isUnavailable(prices)) return {details: {name, active, prices: null}, gaps: [prices.unavailable]}
  return {details: {name, active, prices: prices.map(toLivePrice)}, gaps: []}
}

function toLivePrice({
  id,
  active,
  amount,
  currency,
  interval,
  interval_count,
  default: isDefault,
}: LivePrice): LivePrice {
  return {id, active, amount, currency, interval, interval_count, default: isDefault}
}
