import type {StripeGateway} from './gateway.ts'
import {listPrices} from './list-prices.ts'
import {type Part, part} from './part.ts'
import type {Price} from './price.ts'
import {type Product, toProduct} from './product.ts'
import {assertStripeId} from './stripe-id.ts'

/** A product with what it costs. */
export interface ProductDetails extends Product {
  /** All prices, the active ones first; `default` marks the one Stripe takes when none is named. */
  prices: Part<(Price & {default: boolean})[]>
}

/** @throws NotFound */
export async function getProduct(stripe: StripeGateway, id: string): Promise<ProductDetails> {
  assertStripeId('product', id)
  const [product, prices] = await Promise.all([
    stripe.ask((sdk) => sdk.products.retrieve(id)),
    part(pricesOf(stripe, id)),
  ])
  const ours = toProduct(product)
  const marked = (price: Price) => ({...price, default: price.id === ours.default_price})
  return {...ours, prices: Array.isArray(prices) ? prices.map(marked) : prices}
}

async function pricesOf(stripe: StripeGateway, product: string): Promise<Price[]> {
  const prices: Price[] = []
  for await (const price of listPrices(stripe, {product})) prices.push(price)
  return prices
}
