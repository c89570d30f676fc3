import type {View} from '../output/view.ts'
import type {AddonRow} from '../queries/addon/columns.ts'

export const addonView: View<AddonRow> = {
  noun: 'add-on',
  plural: 'add-ons',
  name: 'id',
  fields: {
    tenant: {kind: 'text', nullable: true},
    type: {kind: 'text', cell: (type) => type.replaceAll('_', ' ')},
    quantity: {kind: 'integer', nullable: true},
    price_monthly: {kind: 'decimal', header: 'Monthly', nullable: true},
    is_active: {
      kind: 'boolean',
      header: 'State',
      nullable: true,
      cell: (active) => (active ? {text: 'active', tone: 'good'} : {text: 'ended', tone: 'dim'}),
    },
    plan: {kind: 'text', nullable: true},
    stripe_subscription_id: {kind: 'text', header: 'Stripe subscription', nullable: true},
    stripe_price_id: {kind: 'text', header: 'Stripe price', nullable: true},
    created: {kind: 'timestamp', nullable: true},
    updated: {kind: 'timestamp', nullable: true},
    subscription_id: {kind: 'text', header: 'Subscription', nullable: true},
    tenant_id: {kind: 'text', header: 'Tenant ID', nullable: true},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['tenant', 'type', 'quantity', 'price_monthly', 'is_active', 'created'],
  wide: ['plan', 'updated', 'stripe_price_id', 'id'],
}
