import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {chronologically} from '../paging.ts'
import {beginsWith} from '../prefix.ts'
import {selectPayments} from './columns.ts'

/** What a prompt offers: the last payments, or those of tenants whose name begins with what was typed so far. */
export async function searchPayments(db: Reader, typed: string) {
  const payments = typed === '' ? selectPayments(db) : selectPayments(db).where(beginsWith('t.name', typed))
  const found = await payments
    .orderBy(chronologically(sql.ref('y.created')), 'desc')
    .orderBy('y.id', 'desc')
    .limit(20)
    .execute()
  return found.map(({id, tenant, amount, currency, status, created}) => ({
    value: id,
    name: `${tenant ?? '-'}  ${amount} ${currency ?? ''}, ${status}, ${created?.slice(0, 10) ?? '-'}`,
  }))
}
