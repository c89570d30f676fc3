import type {Reader} from '../../db/transaction.ts'
import {firstBeginning} from '../names.ts'
import {inPrefixOrder} from '../prefix.ts'

/** What a prompt offers of domains that begin with what was typed so far. */
export async function searchDomains(db: Reader, typed: string) {
  const domains = await db
    .selectFrom(firstBeginning(db, 'pm.domain_names', typed, 20).as('n'))
    .innerJoin('domains as d', 'd.id', 'n.id')
    .leftJoin('tenants as t', 't.id', 'd.tenant_id')
    .select(['d.domain', 't.name as tenant'])
    .orderBy(inPrefixOrder('n.name'))
    .execute()
  return domains.map(({domain, tenant}) => ({value: domain, name: `${domain}  ${tenant ?? '-'}`}))
}
