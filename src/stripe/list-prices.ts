import type {StripeGateway} from './gateway.ts'
import {type Price, toPrice} from './price.ts'
import {pageSize, type StreamOptions, stream} from './stream.ts'

export interface PriceOptions extends StreamOptions {
  /** Only the prices of this product. */
  product?: string
}

/** Prices, the active ones first, then the archived; the newest first in each. */
export async function* listPrices(
  stripe: StripeGateway,
  {signal, product}: PriceOptions = {},
): AsyncGenerator<Price, void, undefined> {
  const gateway = signal ? stripe.until(signal) : stripe
  const filter = {limit: pageSize, ...(product === undefined ? {} : {product})}
  // Asked for neither, Stripe gives the active ones alone.
  yield* stream(gateway, (sdk) => sdk.prices.list({...filter, active: true}), toPrice)
  yield* stream(gateway, (sdk) => sdk.prices.list({...filter, active: false}), toPrice)
}
