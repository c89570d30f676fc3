import type {RecurringPrice} from './money.ts'

/** What Stripe is to do by itself when a period ends: bill one price in the place of another. */
export interface PriceMove extends RecurringPrice {
  subscription: string
  product: string
  from_product: string | null
  from_price: string
  to_price: string
  begins: string
}

/** A subscription's way from one plan to another, or that it stays. */
export interface PlanMove {
  tenant: string
  from: string | null
  /** Null: the change that was pending is withdrawn. */
  to: string | null
  /** The plan that was pending till now. */
  instead_of: string | null
  /** When the period ends. */
  begins: string | null
  subscription: string
  stripe_subscription_id: string | null
  /** Null where Stripe is not told. */
  stripe: PriceMove | null
}
