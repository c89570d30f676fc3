import type Stripe from 'stripe'
import {NotFound} from '../rules/errors.ts'
import type {StripeGateway} from './gateway.ts'
import {moment, momentOrNull} from './moment.ts'

/** What a subscription will be billed next, as things stand. Stripe has not made this invoice yet; it has no id. */
export interface NextInvoice {
  currency: string
  subtotal: number
  total: number
  /** The total less the customer's balance. */
  amount_due: number
  /** When it will be made: at the end of the period. */
  created: string
  next_payment_attempt: string | null
  lines: {description: string | null; amount: number; period_start: string; period_end: string}[]
  /** Stripe shows the first lines only. */
  more_lines: boolean
}

const over = new Set(['canceled', 'incomplete_expired'])

/** The next invoice of a subscription (Stripe, "Create a preview invoice"); null when there will be none. */
export async function nextInvoice(stripe: StripeGateway, {id, status}: {id: string; status: string}) {
  if (over.has(status)) return null
  try {
    return toNextInvoice(await stripe.ask((sdk) => sdk.invoices.createPreview({subscription: id})))
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}

function toNextInvoice(invoice: Stripe.Invoice): NextInvoice {
  return {
    currency: invoice.currency,
    subtotal: invoice.subtotal,
    total: invoice.total,
    amount_due: invoice.amount_due,
    created: moment(invoice.created),
    next_payment_attempt: momentOrNull(invoice.next_payment_attempt),
    lines: invoice.lines.data.map(({description, amount, period}) => ({
      description,
      amount,
      period_start: moment(period.start),
      period_end: moment(period.end),
    })),
    more_lines: invoice.lines.has_more,
  }
}
