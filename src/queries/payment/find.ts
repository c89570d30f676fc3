import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {isUuid} from '../tenant/matches.ts'
import {selectPayments} from './columns.ts'

/** A payment with what it paid for. */
export type PaymentDetail = Awaited<ReturnType<typeof getPayment>>

/**
 * The payment with this id, or with this Stripe payment intent.
 * @throws NotFound; Conflict where several refer to the intent.
 */
export async function getPayment(db: Reader, named: string) {
  const payments = selectPayments(db)
    .leftJoin('users as u', 'u.id', 'y.initiated_by_user_id')
    .leftJoin('plans as p', 'p.id', 's.plan_id')
    .leftJoin('tenant_config as c', 'c.tenant_id', 's.tenant_id')
    .select(['y.billing_period_start', 'y.billing_period_end', 'u.email as initiated_by'])
    .select(['p.slug as plan', 's.stripe_subscription_id', 'c.stripe_customer_id'])
  const found = await payments.where(isUuid(named) ? 'y.id' : 'y.stripe_payment_intent_id', '=', named).execute()
  const [payment, another] = found
  if (!payment) {
    throw new NotFound(`No payment ${named}.`, {
      hint: 'Give its id or its Stripe payment intent (pi_…): see pm payment list',
      details: {payment: named},
    })
  }
  if (!another) return payment
  throw new Conflict(`${found.length} payments refer to ${named}.`, {
    hint: `Give the id: ${found.map(({id}) => id).join(', ')}`,
    details: found.map(({id}) => id),
  })
}
