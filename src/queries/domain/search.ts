import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'

/** What a prompt offers of domains that begin with what was typed so far. */
export async function searchDomains(db: Reader, typed: string) {
  const prefix = `${typed.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  const domains = await db
    .selectFrom('domains as d')
    .leftJoin('tenants as t', 't.id', 'd.tenant_id')
    .where(sql<string>`lower(d.domain)`, 'like', prefix)
    .select(['d.domain', 't.name as tenant'])
    .orderBy('d.domain')
    .limit(20)
    .execute()
  return domains.map(({domain, tenant}) => ({value: domain, name: `${domain}  ${tenant ?? '-'}`}))
}
