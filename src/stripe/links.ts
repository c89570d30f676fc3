import type {StripeMode} from '../rules/stripe-mode.ts'
import {isStripeId} from './stripe-id.ts'

const pages = {
  customer: 'customers',
  invoice: 'invoices',
  payment: 'payments',
  product: 'products',
  subscription: 'subscriptions',
} as const

/** What has a page of its own in Stripe's dashboard. */
export type DashboardNoun = keyof typeof pages

/** Whose dashboard, and which of its two worlds. */
export interface Dashboard {
  mode: StripeMode
  /** The platform's account (`acct_…`); without it, the link opens the account the browser is logged in to. */
  account?: string | null
}

/** The page of an object in Stripe's dashboard; undefined when the id or the account's id is not one of Stripe's. */
export function dashboardLink(noun: DashboardNoun, id: string, {mode, account}: Dashboard): string | undefined {
  const known = isStripeId(noun, id) && (account == null || isStripeId('account', account))
  if (!known) return undefined
  const path = [...(account == null ? [] : [account]), ...(mode === 'test' ? ['test'] : []), pages[noun], id]
  return `https://dashboard.stripe.com/${path.join('/')}`
}
