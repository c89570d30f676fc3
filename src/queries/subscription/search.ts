import type {Reader} from '../../db/transaction.ts'
import {beginsWith, inPrefixOrder} from '../prefix.ts'
import {selectSubscriptions} from './columns.ts'

/** What a prompt offers of subscriptions of tenants whose name begins with what was typed so far. */
export async function searchSubscriptions(db: Reader, typed: string) {
  const found = await selectSubscriptions(db)
    .where(beginsWith('t.name', typed))
    .orderBy(inPrefixOrder('t.name'))
    .orderBy('s.id')
    .limit(20)
    .execute()
  return found.map(({id, tenant, plan, status}) => ({value: id, name: `${tenant}  ${plan ?? '-'}, ${status ?? '-'}`}))
}
