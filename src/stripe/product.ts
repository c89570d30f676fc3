import type Stripe from 'stripe'
import type {StripeMode} from '../rules/stripe-mode.ts'
import {idOrNull} from './id-of.ts'
import {modeOf} from './mode.ts'
import {moment} from './moment.ts'

/** What is sold: a plan of ours is one product, whose prices say what it costs by the month and the year. */
export interface Product {
  id: string
  mode: StripeMode
  name: string
  description: string | null
  /** False: archived at Stripe, so nobody new can subscribe to it. */
  active: boolean
  default_price: string | null
  created: string
  updated: string
}

export function toProduct(product: Stripe.Product): Product {
  return {
    id: product.id,
    mode: modeOf(product),
    name: product.name,
    description: product.description,
    active: product.active,
    default_price: idOrNull(product.default_price),
    created: moment(product.created),
    updated: moment(product.updated),
  }
}
