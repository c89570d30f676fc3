import type {View} from '../output/view.ts'
import type {TenantRow} from '../queries/tenant/columns.ts'
import type {ListedTenant} from '../queries/tenant/list.ts'
import {planWords} from '../rules/plan-columns.ts'
import {subscriptionStatuses} from '../rules/subscription-status.ts'
import {subscriptionTones, toned} from './toned.ts'

export const tenantView: View<TenantRow> = {
  noun: 'tenant',
  plural: 'tenants',
  name: 'id',
  fields: {
    tenant: {kind: 'text', nullable: true},
    plan: {kind: 'text', nullable: true},
    status: {kind: 'text', nullable: true, values: subscriptionStatuses, cell: toned(subscriptionTones)},
    users: {kind: 'integer'},
    domains: {kind: 'integer'},
    period_end: {kind: 'timestamp', header: 'Period ends', nullable: true},
    created: {kind: 'timestamp', nullable: true},
    deleted: {kind: 'timestamp', nullable: true},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['tenant', 'plan', 'status', 'users', 'domains', 'period_end', 'created'],
  wide: ['deleted', 'id'],
}

/** Tenants in a list. */
export const listedTenantView: View<ListedTenant> = {
  ...tenantView,
  fields: {
    ...tenantView.fields,
    over_limit: {
      kind: 'list',
      header: 'Over',
      nullable: true,
      cell: (limits) => ({text: limits.map((limit) => planWords[limit]).join(', ') || '-', tone: 'bad'}),
    },
  },
}

/** Tenants beyond limits of their plans: beyond which is what is asked. */
export const overLimitView: View<ListedTenant> = {
  ...listedTenantView,
  table: ['tenant', 'plan', 'status', 'over_limit', 'users', 'domains', 'created'],
  wide: ['period_end', 'deleted', 'id'],
}

/** Deleted tenants: what they pay next is nothing, and when they went is what is asked. */
export const deletedTenantView: View<ListedTenant> = {
  ...listedTenantView,
  table: ['tenant', 'plan', 'status', 'domains', 'created', 'deleted'],
  wide: ['users', 'period_end', 'id'],
}
