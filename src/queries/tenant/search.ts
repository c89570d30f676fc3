import type {Reader} from '../../db/transaction.ts'
import {beginsWith} from '../prefix.ts'

/** What a prompt offers of tenants whose name begins with what was typed so far; two of one name go by their ids. */
export async function searchTenants(db: Reader, typed: string) {
  const tenants = await db
    .selectFrom('tenants as t')
    .where(beginsWith('t.name', typed))
    .select(['t.id', 't.name', 't.deleted'])
    .orderBy('t.name')
    .orderBy('t.id')
    .limit(20)
    .execute()
  return tenants.map(({id, name, deleted}) => ({
    value: id,
    name: `${name ?? id}  ${deleted === null ? '' : 'deleted, '}${id}`,
  }))
}
