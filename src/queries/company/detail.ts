import type {Reader} from '../../db/transaction.ts'
import {type ChangeRow, listChangesOf} from '../audit/list.ts'
import type {CompanyRow} from './columns.ts'
import {getCompany} from './find.ts'

/** Everything an operator wants to know of one company. */
export interface CompanyDetail extends CompanyRow {
  logo_url: string | null
  updated: string | null
  domains: {domain: string; status: string | null; primary: boolean}[]
  campaigns: {campaign: string; status: string | null; id: string}[]
  changes: Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>[]
}

const shownRows = 20
const recentChanges = 5

/** The first twenty domains and campaigns; their lists have the rest. @throws NotFound, Conflict */
export async function getCompanyDetail(db: Reader, named: string): Promise<CompanyDetail> {
  const company = await getCompany(db, named)
  const {id, tenant_id: tenantId} = company
  const more = await db
    .selectFrom('companies')
    .where('id', '=', id)
    .select(['logo_url', 'updated'])
    .executeTakeFirstOrThrow()
  const changes = await listChangesOf(db, `company:${id}`, recentChanges)
  return {
    ...company,
    ...more,
    domains: tenantId === null ? [] : await domainsOf(db, tenantId, id),
    campaigns: tenantId === null ? [] : await campaignsOf(db, tenantId, id),
    changes: changes.map(({id: change, made, by, command}) => ({id: change, made, by, command})),
  }
}

// By the tenant, too, which has an index.
async function domainsOf(db: Reader, tenantId: string, companyId: string): Promise<CompanyDetail['domains']> {
  return db
    .selectFrom('domains')
    .where('tenant_id', '=', tenantId)
    .where('company_id', '=', companyId)
    .select((eb) => [
      'domain',
      'verification_status as status',
      eb.fn.coalesce('is_primary', eb.lit(false)).as('primary'),
    ])
    .orderBy('domain')
    .limit(shownRows)
    .execute()
}

async function campaignsOf(db: Reader, tenantId: string, companyId: string): Promise<CompanyDetail['campaigns']> {
  return db
    .selectFrom('campaigns')
    .where('tenant_id', '=', tenantId)
    .where('company_id', '=', companyId)
    .select(['name as campaign', 'status', 'id'])
    .orderBy('created', (by) => by.desc().nullsLast())
    .orderBy('id')
    .limit(shownRows)
    .execute()
}
