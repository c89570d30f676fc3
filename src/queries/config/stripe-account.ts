import type {Reader} from '../../db/transaction.ts'

/**
 * The platform's own Stripe account (guide: system_config, key `stripe_account_id`), a JSON string; null where none is
 * set. It can be anything: what makes a link of it checks it.
 */
export async function findStripeAccount(db: Reader): Promise<string | null> {
  const row = await db
    .selectFrom('system_config')
    .where('key', '=', 'stripe_account_id')
    .select('value')
    .executeTakeFirst()
  return typeof row?.value === 'string' ? row.value : null
}
