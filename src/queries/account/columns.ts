import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'

/** An e-mail account as operators see it. Its secrets' places are never among its columns. */
export interface AccountRow {
  account: string
  tenant: string | null
  domain: string | null
  provider: string | null
  status: string | null
  /** How many mails it sent today. */
  daily_count: number
  last_warmed: string | null
  created: string | null
  tenant_id: string
  id: string
}

/** The one choice of an account's columns; list, show and writes share it. */
export function selectAccounts(db: Reader) {
  return db
    .selectFrom('email_accounts as e')
    .leftJoin('tenants as t', 't.id', 'e.tenant_id')
    .leftJoin('domains as d', 'd.id', 'e.domain_id')
    .select((eb) => [
      'e.email as account',
      't.name as tenant',
      'd.domain',
      'e.provider',
      'e.status',
      eb.fn.coalesce('e.daily_count', sql.lit(0)).as('daily_count'),
      'e.last_warmed',
      'e.created',
      'e.tenant_id',
      'e.id',
    ])
}
