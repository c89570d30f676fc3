import {NotFound} from '../rules/errors.ts'

// Stripe's own ids are shorter than this, and promised to stay under 255 characters.
const letters = '[A-Za-z0-9_]{3,120}'

const patterns = {
  account: new RegExp(`^acct_${letters}$`),
  customer: new RegExp(`^cus_${letters}$`),
  invoice: new RegExp(`^in_${letters}$`),
  payment: new RegExp(`^(?:pi|ch)_${letters}$`),
  'payment intent': new RegExp(`^pi_${letters}$`),
  product: new RegExp(`^prod_${letters}$`),
  subscription: new RegExp(`^sub_${letters}$`),
} as const

/** What an id can be of. A payment is a payment intent, or a charge of the time before those. */
export type StripeNoun = keyof typeof patterns

/** Whether a text can be an id of Stripe's: one from a database can be anything, also an attack on a URL. */
export function isStripeId(noun: StripeNoun, id: string): boolean {
  return patterns[noun].test(id)
}

/**
 * Stands before every request that has an id in its path.
 * @throws NotFound when Stripe cannot have such an id.
 */
export function assertStripeId(noun: StripeNoun, id: string): void {
  if (isStripeId(noun, id)) return
  throw new NotFound(`“${id}” is not the id of a ${noun} at Stripe.`, {
    hint: 'Stripe was not asked. Correct the id where it is stored.',
    details: {type: 'malformed_id', code: null, request_id: null, http_status: null},
  })
}
