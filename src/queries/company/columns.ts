import type {Reader} from '../../db/transaction.ts'

/** A company, a workspace of a tenant, as operators see it. */
export interface CompanyRow {
  company: string
  tenant: string | null
  workspace: string | null
  status: string | null
  industry: string | null
  size: string | null
  created: string | null
  tenant_id: string | null
  id: string
}

/** The one choice of a company's columns; list, show and writes share it. */
export function selectCompanies(db: Reader) {
  return db
    .selectFrom('companies as c')
    .leftJoin('tenants as t', 't.id', 'c.tenant_id')
    .select([
      'c.name as company',
      't.name as tenant',
      'c.workspace_name as workspace',
      'c.status',
      'c.industry',
      'c.company_size as size',
      'c.created',
      'c.tenant_id',
      'c.id',
    ])
}
