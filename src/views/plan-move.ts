import type {View} from '../output/view.ts'
import type {PlanMove, PriceMove} from '../rules/plan-move.ts'

const priceMoveView: View<PriceMove> = {
  noun: 'price change',
  plural: 'price changes',
  name: 'subscription',
  fields: {
    subscription: {kind: 'text'},
    product: {kind: 'text'},
    from_product: {kind: 'text', nullable: true},
    from_price: {kind: 'text'},
    to_price: {kind: 'text'},
    amount: {kind: 'integer', nullable: true},
    currency: {kind: 'text'},
    interval: {kind: 'text', nullable: true},
    interval_count: {kind: 'integer', nullable: true},
    begins: {kind: 'timestamp'},
  },
  table: ['subscription', 'to_price', 'begins'],
}

/** Which plan a subscription has when its period ends. */
export const planMoveView: View<PlanMove> = {
  noun: 'subscription',
  plural: 'subscriptions',
  name: 'subscription',
  fields: {
    tenant: {kind: 'text'},
    from: {kind: 'text', nullable: true},
    to: {kind: 'text', nullable: true, none: 'as it is'},
    instead_of: {kind: 'text', header: 'Instead of', nullable: true},
    begins: {kind: 'timestamp', nullable: true},
    subscription: {kind: 'text'},
    stripe_subscription_id: {kind: 'text', header: 'Stripe subscription', nullable: true},
    stripe: {kind: 'json', nullable: true, record: priceMoveView},
  },
  table: ['tenant', 'from', 'to', 'instead_of', 'begins'],
}
