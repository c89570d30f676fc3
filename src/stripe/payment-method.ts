import type Stripe from 'stripe'

/** How somebody pays. Brand, digits and expiry are a card's; other methods have their type alone. */
export interface PaymentMethod {
  type: string
  brand: string | null
  last4: string | null
  exp_month: number | null
  exp_year: number | null
}

/** Of a stored payment method, or of the one a charge was made with. */
export function toPaymentMethod({
  type,
  card,
}: Stripe.PaymentMethod | Stripe.Charge.PaymentMethodDetails): PaymentMethod {
  return {
    type,
    brand: card?.brand ?? null,
    last4: card?.last4 ?? null,
    exp_month: card?.exp_month ?? null,
    exp_year: card?.exp_year ?? null,
  }
}
