import {createHash} from 'node:crypto'
import {Conflict} from '../../rules/errors.ts'
import type {PlanMove, PriceMove} from '../../rules/plan-move.ts'
import type {StripeGateway} from '../../stripe/gateway.ts'
import {type Access, requireGateway} from '../../stripe/open-gateway.ts'
import type {PlanChange} from '../../stripe/plan-change.ts'
import {previewPlanChange} from '../../stripe/preview-plan-change.ts'
import {releasePlanChange} from '../../stripe/release-plan-change.ts'
import {schedulePlanChange} from '../../stripe/schedule-plan-change.ts'

/**
 * How a change is told to Stripe: inside of the transaction, behind its rows and their locks, before COMMIT. Stripe
 * refuses, and nothing is written. What remains is a COMMIT that fails after Stripe accepted: then the same command,
 * run again, looks at Stripe first, takes over the schedule it finds there and makes it what it should be, so nothing
 * happens twice.
 */
export class StripeStep {
  /** Stripe has done it, whatever became of the transaction. */
  isTold = false
  readonly #gateway: StripeGateway
  readonly #within: Within

  constructor(gateway: StripeGateway, within: Within) {
    this.#gateway = gateway
    this.#within = within
  }

  async ask<T>(work: (gateway: StripeGateway) => Promise<T>): Promise<T> {
    const {signal, ms} = this.#within
    return work(this.#gateway.until(AbortSignal.any([signal, AbortSignal.timeout(ms)])))
  }

  async tell(work: (gateway: StripeGateway) => Promise<unknown>): Promise<void> {
    await this.ask(work)
    this.isTold = true
  }
}

/** How long a transaction waits for Stripe: so many milliseconds, and not after the signal (Ctrl-C). */
interface Within {
  signal: AbortSignal
  ms: number
}

/** @throws UsageError without a key; Conflict when the key is of the other mode */
export function openStripeStep(access: Access, within: Within): StripeStep {
  return new StripeStep(requireGateway(access, within.signal), within)
}

/** What Stripe would do, for the operator to see. @throws Conflict when it cannot; UpstreamFailed */
export async function previewAtStripe(
  step: StripeStep,
  wish: {subscription: string | null; from: string | null; to: {slug: string; product: string | null}},
): Promise<PriceMove> {
  const {subscription, from, to} = wish
  if (subscription === null) throw new Conflict('The subscription has no Stripe id, so Stripe cannot be told.')
  if (to.product === null)
    throw new Conflict(`${to.slug} has no Stripe product, so Stripe cannot be told.`, {
      hint: `Set it: pm plan edit ${to.slug} --stripe-product prod_…`,
    })
  const {product} = to
  const change = await step.ask((gateway) =>
    previewPlanChange(gateway, {subscription, product, ...(from === null ? {} : {from})}),
  )
  return priceMove(change, product, from)
}

function priceMove({subscription, from, to, effective}: PlanChange, product: string, fromProduct: string | null) {
  return {
    subscription,
    product,
    from_product: fromProduct,
    from_price: from.id,
    to_price: to.id,
    amount: to.amount,
    currency: to.currency,
    interval: to.interval,
    interval_count: to.interval_count,
    begins: effective,
  }
}

/** Has Stripe make the change that was shown. @throws Conflict when it would be another by now; UpstreamFailed */
export async function scheduleAtStripe(step: StripeStep, changeId: number, move: PriceMove): Promise<void> {
  const {subscription, product, from_product: from, from_price, to_price, begins} = move
  const wish = {subscription, product, ...(from === null ? {} : {from})}
  const shown = {from: {id: from_price}, to: {id: to_price}, effective: begins}
  const idempotencyKey = keyFor(changeId, move)
  await step.tell((gateway) => schedulePlanChange(gateway, {...wish, shown, idempotencyKey}))
}

/** Has Stripe forget a change that pm scheduled, if there is one. @throws Conflict, UpstreamFailed */
export async function releaseAtStripe(step: StripeStep, changeId: number, move: PlanMove): Promise<void> {
  const {stripe_subscription_id: subscription} = move
  if (subscription === null) return
  const idempotencyKey = keyFor(changeId, move)
  await step.tell((gateway) => releasePlanChange(gateway, {subscription, idempotencyKey}))
}

// By change and subscription. Each attempt has an id of its own, because Stripe repeats a refusal to whoever comes
// with the same key; and two databases that number their changes alike differ in what they move.
function keyFor(changeId: number, move: object): string {
  const what = createHash('sha256').update(JSON.stringify(move)).digest('hex').slice(0, 24)
  return `pm-${changeId}-${what}`
}
