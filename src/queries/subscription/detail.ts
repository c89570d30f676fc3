import type {Reader} from '../../db/transaction.ts'
import type {AddonRow} from '../addon/columns.ts'
import {addonsOf} from '../addon/list.ts'
import {type ChangeRow, listChangesOf} from '../audit/list.ts'
import type {PaymentRow} from '../payment/columns.ts'
import {paymentsOf} from '../payment/list.ts'
import type {SubscriptionRow} from './columns.ts'
import {getSubscription} from './find.ts'

/** Everything the database knows of one subscription. */
export interface SubscriptionDetail extends SubscriptionRow {
  cancel_reason: string | null
  cancel_date: string | null
  /** Who gets the invoices, by e-mail. */
  billing_contact: string | null
  stripe_customer_id: string | null
  updated: string | null
  addons: AddonRow[]
  payments: PaymentRow[]
  changes: Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>[]
}

const lastPayments = 5
const recentChanges = 5

/** @throws NotFound, Conflict */
export async function getSubscriptionDetail(db: Reader, named: string): Promise<SubscriptionDetail> {
  const subscription = await getSubscription(db, named)
  const {id} = subscription
  const more = await db
    .selectFrom('subscriptions as s')
    .leftJoin('users as u', 'u.id', 's.billing_contact_user_id')
    .leftJoin('tenant_config as c', 'c.tenant_id', 's.tenant_id')
    .where('s.id', '=', id)
    .select(['s.cancel_reason', 's.cancel_date', 'u.email as billing_contact', 'c.stripe_customer_id', 's.updated'])
    .executeTakeFirstOrThrow()
  const changes = await listChangesOf(db, subscriptionTarget(subscription), recentChanges)
  return {
    ...subscription,
    ...more,
    addons: await addonsOf(db, id),
    payments: await paymentsOf(db, id, lastPayments),
    changes: changes.map(({id: change, made, by, command}) => ({id: change, made, by, command})),
  }
}

/** How the audit record calls a subscription. */
export function subscriptionTarget({id, stripe_subscription_id: stripe}: SubscriptionRow): string {
  return `subscription:${stripe ?? id}`
}
