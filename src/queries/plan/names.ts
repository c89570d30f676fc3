import type {Reader} from '../../db/transaction.ts'

/** The slugs of plans by their ids. */
export async function planSlugs(db: Reader): Promise<Record<string, string>> {
  const plans = await db.selectFrom('plans').select(['id', 'slug']).execute()
  return Object.fromEntries(plans.map(({id, slug}) => [id, slug]))
}

/** The slugs of plans by their Stripe products. */
export async function planNames(db: Reader): Promise<ReadonlyMap<string, string>> {
  const plans = await db
    .selectFrom('plans')
    .where('stripe_product_id', 'is not', null)
    .select(['slug', 'stripe_product_id as product'])
    .orderBy('slug')
    .execute()
  return new Map(plans.map(({slug, product}) => [product ?? '', slug]))
}
