import type {Reader} from '../../db/transaction.ts'

/** An add-on as operators see it. */
export interface AddonRow {
  tenant: string | null
  type: string
  quantity: number | null
  price_monthly: string | null
  is_active: boolean | null
  plan: string | null
  stripe_subscription_id: string | null
  stripe_price_id: string | null
  created: string | null
  updated: string | null
  subscription_id: string | null
  tenant_id: string | null
  id: string
}

/** The one choice of an add-on's columns. */
export function selectAddons(db: Reader) {
  return db
    .selectFrom('subscription_addons as a')
    .leftJoin('subscriptions as s', 's.id', 'a.subscription_id')
    .leftJoin('tenants as t', 't.id', 's.tenant_id')
    .leftJoin('plans as p', 'p.id', 's.plan_id')
    .select([
      't.name as tenant',
      'a.addon_type as type',
      'a.quantity',
      'a.price_monthly',
      'a.is_active',
      'p.slug as plan',
      's.stripe_subscription_id',
      'a.stripe_price_id',
      'a.created',
      'a.updated',
      'a.subscription_id',
      's.tenant_id',
      'a.id',
    ])
}
