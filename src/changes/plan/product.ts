import type {Reader} from '../../db/transaction.ts'

/** A warning where another plan has the same Stripe product: Stripe's webhooks could then not tell them apart. */
export async function sharedProduct(db: Reader, planId: string, product: string | null | undefined): Promise<string[]> {
  if (product == null) return []
  const others = await db
    .selectFrom('plans')
    .where('stripe_product_id', '=', product)
    .where('id', '<>', planId)
    .select('slug')
    .orderBy('slug')
    .execute()
  return others.length === 0
    ? []
    : [`${product} is the Stripe product of ${others.map(({slug}) => slug).join(', ')}, too.`]
}
