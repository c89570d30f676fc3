import {NotFound, UpstreamFailed} from '../rules/errors.ts'
import type {StripeGateway} from './gateway.ts'
import {getProduct} from './get-product.ts'
import {isUnavailable} from './part.ts'
import type {Price} from './price.ts'
import type {Product} from './product.ts'

/** A product with all its prices; undefined where Stripe has none of this id. @throws UpstreamFailed */
export async function findProduct(
  stripe: StripeGateway,
  id: string,
): Promise<(Product & {prices: Price[]}) | undefined> {
  try {
    const {prices, ...product} = await getProduct(stripe, id)
    if (isUnavailable(prices)) throw new UpstreamFailed(prices.unavailable)
    return {...product, prices}
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}
