import type Stripe from 'stripe'
import type {StripeGateway} from './gateway.ts'
import {idOf} from './id-of.ts'
import {type PaymentMethod, toPaymentMethod} from './payment-method.ts'

/**
 * What a subscription is paid with: its own payment method, else its customer's default one (Stripe,
 * `subscription.default_payment_method`). Null when neither has one.
 */
export async function defaultPaymentMethod(
  stripe: StripeGateway,
  {default_payment_method: own, customer}: Stripe.Subscription,
): Promise<PaymentMethod | null> {
  const id = own ?? (await ofCustomer(stripe, idOf(customer)))
  return id === null ? null : toPaymentMethod(await stripe.ask((sdk) => sdk.paymentMethods.retrieve(idOf(id))))
}

async function ofCustomer(stripe: StripeGateway, id: string): Promise<string | Stripe.PaymentMethod | null> {
  const customer = await stripe.ask((sdk) => sdk.customers.retrieve(id))
  return customer.deleted ? null : customer.invoice_settings.default_payment_method
}
