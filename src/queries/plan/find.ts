import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {isUuid} from '../tenant/matches.ts'
import {type PlanRow, selectPlans} from './columns.ts'

/**
 * The plan an operator named: by slug, else by id, Stripe product or name in any case.
 * @throws NotFound; Conflict where several plans fit.
 */
export async function getPlan(db: Reader, named: string): Promise<PlanRow> {
  const found = await candidates(db, named)
  const [plan, another] = found
  if (!plan)
    throw new NotFound(`No plan ${named}.`, {
      hint: 'See which there are: pm plan list',
      details: {plan: named},
      sought: {name: named, among: 'plan'},
    })
  if (!another) return plan
  throw new Conflict(`Several plans fit ${named}.`, {
    hint: `Give the slug: ${found.map(({slug}) => slug).join(', ')}`,
    details: found.map(({id, slug, name}) => ({id, slug, name})),
  })
}

async function candidates(db: Reader, named: string): Promise<PlanRow[]> {
  if (isUuid(named)) return selectPlans(db).where('id', '=', named).execute()
  const bySlug = await selectPlans(db).where('slug', '=', named).execute()
  if (bySlug.length > 0) return bySlug
  return selectPlans(db)
    .where((eb) => eb.or([eb('stripe_product_id', '=', named), eb(sql`lower(name)`, '=', named.toLowerCase())]))
    .orderBy('slug')
    .execute()
}
