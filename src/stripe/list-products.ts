import type {StripeGateway} from './gateway.ts'
import {type Product, toProduct} from './product.ts'
import {pageSize, type StreamOptions, stream} from './stream.ts'

/** All products of the account, archived ones included, the newest first. */
export function listProducts(
  stripe: StripeGateway,
  {signal}: StreamOptions = {},
): AsyncGenerator<Product, void, undefined> {
  const gateway = signal ? stripe.until(signal) : stripe
  return stream(gateway, (sdk) => sdk.products.list({limit: pageSize}), toProduct)
}
