import type {Generated} from 'kysely'

/** A person's identity, kept by NileDB; `deleted` set means soft-deleted (guide: users). */
export interface UsersTable {
  id: string
  created: Generated<string | null>
  updated: Generated<string | null>
  deleted: string | null
  name: string | null
  family_name: string | null
  given_name: string | null
  email: string | null
  picture: string | null
  email_verified: string | null
}

/** A customer organization, kept by NileDB; `deleted` set means soft-deleted (guide: tenants). */
export interface TenantsTable {
  id: string
  name: string | null
  created: Generated<string | null>
  updated: Generated<string | null>
  deleted: string | null
  compute_id: string | null
}

/** A user's membership in a tenant, one per pair; NileDB owns `roles` and authenticates by it (guide: tenant_users). */
export interface TenantUsersTable {
  tenant_id: string
  user_id: string
  created: Generated<string | null>
  updated: Generated<string | null>
  deleted: string | null
  roles: Generated<string[] | null>
  email: string | null
}

/** A tenant's workspace; readable by marketing, so nothing sensitive belongs in it (guide: companies). */
export interface CompaniesTable {
  id: Generated<string>
  tenant_id: string | null
  name: string
  workspace_name: string | null
  logo_url: string | null
  status: Generated<string | null>
  industry: string | null
  company_size: string | null
  created: Generated<string | null>
  updated: Generated<string | null>
}
