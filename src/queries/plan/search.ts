import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {selectPlans} from './columns.ts'

/** What a prompt offers of plans whose slug or name holds what was typed so far. */
export async function searchPlans(db: Reader, typed: string) {
  const part = `%${typed.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  const plans = await selectPlans(db)
    .where((eb) => eb.or([eb('slug', 'like', part), eb(sql`lower(name)`, 'like', part)]))
    .orderBy('slug')
    .limit(20)
    .execute()
  return plans.map(({slug, name, is_active}) => ({
    value: slug,
    name: `${slug}  ${name}${is_active ? '' : ', inactive'}`,
  }))
}
