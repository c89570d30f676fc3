import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {configNames, policyNames} from '../../rules/tenant-settings.ts'

/** A tenant's settings; those it did not set are null, all of them where it has no row of its own. */
export type TenantConfig = Awaited<ReturnType<typeof getTenantConfig>>

/** A tenant's policies; those it did not set are null, all of them where it has no row of its own. */
export type TenantPolicy = Awaited<ReturnType<typeof getTenantPolicy>>

export function getTenantConfig(db: Reader, tenantId: string) {
  return db
    .selectFrom('tenants as t')
    .leftJoin('tenant_config as c', 'c.tenant_id', 't.id')
    .where('t.id', '=', tenantId)
    .select(['t.name as tenant', ...configNames.map((name) => `c.${name}` as const), 'c.stripe_customer_id'])
    .select([sql<boolean>`c.tenant_id is not null`.as('stored'), 'c.updated', 't.id as tenant_id'])
    .executeTakeFirstOrThrow()
}

export function getTenantPolicy(db: Reader, tenantId: string) {
  return db
    .selectFrom('tenants as t')
    .leftJoin('tenant_policies as c', 'c.tenant_id', 't.id')
    .where('t.id', '=', tenantId)
    .select(['t.name as tenant', ...policyNames.map((name) => `c.${name}` as const)])
    .select([sql<boolean>`c.tenant_id is not null`.as('stored'), 'c.updated', 't.id as tenant_id'])
    .executeTakeFirstOrThrow()
}
