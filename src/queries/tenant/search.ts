import type {Reader} from '../../db/transaction.ts'
import {beginsWith, inPrefixOrder} from '../prefix.ts'

/** What a prompt offers of tenants whose name begins with what was typed so far; two of one name go by their ids. */
export async function searchTenants(db: Reader, typed: string) {
  return choices(tenantsBeginning(db, typed))
}

/** The same of deleted tenants alone. */
export async function searchDeletedTenants(db: Reader, typed: string) {
  return choices(tenantsBeginning(db, typed).where('t.deleted', 'is not', null))
}

function tenantsBeginning(db: Reader, typed: string) {
  return db
    .selectFrom('tenants as t')
    .where(beginsWith('t.name', typed))
    .select(['t.id', 't.name', 't.deleted'])
    .orderBy(inPrefixOrder('t.name'))
    .orderBy('t.id')
    .limit(20)
}

async function choices(query: ReturnType<typeof tenantsBeginning>) {
  const tenants = await query.execute()
  return tenants.map(({id, name, deleted}) => ({
    value: id,
    name: `${name ?? id}  ${deleted === null ? '' : 'deleted, '}${id}`,
  }))
}
