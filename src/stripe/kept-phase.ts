import type Stripe from 'stripe'
import {Conflict} from '../rules/errors.ts'
import {idOf} from './id-of.ts'

type Phase = Stripe.SubscriptionSchedule.Phase
type PhaseParams = Stripe.SubscriptionScheduleUpdateParams.Phase
type Discount = Stripe.SubscriptionSchedule.Phase.Discount
type DiscountParams = Stripe.SubscriptionScheduleUpdateParams.Phase.Discount

/**
 * A phase as parameters that leave it as it is: an update names each phase in full, and what it does not name is unset
 * (Stripe, "Update a schedule").
 * @throws Conflict when the phase has something that pm would lose
 */
export function keptPhase(schedule: string, phase: Phase): PhaseParams {
  assertKeepable(schedule, phase)
  const {automatic_tax: tax, invoice_settings: invoices} = phase
  return {
    items: phase.items.map(keptItem),
    start_date: phase.start_date,
    end_date: phase.end_date,
    proration_behavior: phase.proration_behavior,
    ...(phase.billing_cycle_anchor && {billing_cycle_anchor: phase.billing_cycle_anchor}),
    ...(phase.collection_method && {collection_method: phase.collection_method}),
    ...(phase.default_payment_method && {default_payment_method: idOf(phase.default_payment_method)}),
    ...(phase.default_tax_rates?.length && {default_tax_rates: phase.default_tax_rates.map(idOf)}),
    ...(phase.description && {description: phase.description}),
    ...(phase.discounts.length > 0 && {discounts: phase.discounts.map(keptDiscount)}),
    ...(phase.metadata && {metadata: phase.metadata}),
    ...(phase.trial_end && {trial_end: phase.trial_end}),
    ...(tax && {automatic_tax: {enabled: tax.enabled}}),
    ...(invoices?.days_until_due && {invoice_settings: {days_until_due: invoices.days_until_due}}),
  }
}

function keptItem(item: Phase['items'][number]): PhaseParams['items'][number] {
  return {
    price: idOf(item.price),
    ...(item.quantity !== undefined && {quantity: item.quantity}),
    ...(item.discounts.length > 0 && {discounts: item.discounts.map(keptDiscount)}),
    ...(item.tax_rates?.length && {tax_rates: item.tax_rates.map(idOf)}),
    ...(item.metadata && {metadata: item.metadata}),
  }
}

// By the discount where there is one: naming its coupon would begin it anew.
function keptDiscount({discount, coupon, promotion_code: code}: Discount): DiscountParams {
  if (discount) return {discount: idOf(discount)}
  return {...(coupon && {coupon: idOf(coupon)}), ...(code && {promotion_code: idOf(code)})}
}

// What the platform does not use; rather than dropped, it is left to the dashboard.
function assertKeepable(schedule: string, phase: Phase): void {
  const {invoice_settings: invoices, automatic_tax: tax} = phase
  const special = {
    add_invoice_items: phase.add_invoice_items.length > 0,
    application_fee_percent: phase.application_fee_percent,
    automatic_tax: tax?.liability?.type === 'account',
    billing_thresholds: phase.billing_thresholds ?? phase.items.some((item) => item.billing_thresholds),
    invoice_settings: hasSpecialInvoices(invoices),
    on_behalf_of: phase.on_behalf_of,
    transfer_data: phase.transfer_data,
  }
  const names = Object.entries(special).flatMap(([name, set]) => (set ? [name] : []))
  if (names.length === 0) return
  throw new Conflict(`${schedule} uses what pm cannot keep when it changes the plan: ${names.join(', ')}.`, {
    hint: 'Change the plan of this subscription in the dashboard.',
    details: {schedule, settings: names},
  })
}

function hasSpecialInvoices(settings: Phase['invoice_settings']): boolean {
  if (!settings) return false
  const {account_tax_ids, custom_fields, description, footer, issuer} = settings
  return Boolean(
    account_tax_ids?.length || custom_fields?.length || description || footer || issuer?.type === 'account',
  )
}
