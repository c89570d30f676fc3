import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import type {Permission} from '../../rules/permissions.ts'
import {type ChangeRow, listChangesOf} from '../audit/list.ts'
import {type CompanyRow, selectCompanies} from '../company/columns.ts'
import {campaignsByStatus, domainsByStatus, type StatusCount} from './by-status.ts'
import {selectTenants, type TenantRow} from './columns.ts'
import {getTenant, tenantTarget} from './find.ts'
import {ipsOf, lastPaymentOf, ownersOf, type TenantIp, type TenantPayment} from './parts.ts'
import {subscriptionOf, type TenantSubscription} from './subscription.ts'
import {tenantUsage, type UsageRow, usageRows} from './usage.ts'

type TenantCompany = Pick<CompanyRow, 'company' | 'workspace' | 'status' | 'id'>

/** Everything an operator wants to know of one tenant. What `hidden` says is left out is null, and not none. */
export interface TenantDetail extends TenantRow {
  owners: string[]
  subscription: TenantSubscription | null
  stripe_customer_id: string | null
  billing_email: string | null
  compute_id: string | null
  updated: string | null
  last_payment: TenantPayment | null
  usage: UsageRow[]
  /** The first twenty. */
  companies: TenantCompany[] | null
  domains_by_status: StatusCount[] | null
  ips: TenantIp[] | null
  campaigns_by_status: StatusCount[] | null
  changes: Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>[]
  /** The permissions that the operator lacks to see the rest. */
  hidden: Permission[]
}

const shownCompanies = 20
const recentChanges = 5

/** @throws NotFound, Conflict */
export async function getTenantDetail(db: Reader, operator: Operator, named: string): Promise<TenantDetail> {
  const {id} = await getTenant(db, named)
  const tenant = await selectTenants(db).where('t.id', '=', id).executeTakeFirstOrThrow()
  const subscription = await subscriptionOf(db, id)
  const changes = await listChangesOf(db, tenantTarget({id, name: tenant.tenant}), recentChanges)
  const usage = await tenantUsage(db, operator, id)
  return {
    ...tenant,
    ...(await accountOf(db, id)),
    owners: await ownersOf(db, id),
    subscription: subscription?.shown ?? null,
    usage: usageRows(usage, subscription?.limits),
    ...(await whatMayBeSeen(db, operator, id)),
    changes: changes.map(({id: change, made, by, command}) => ({id: change, made, by, command})),
  }
}

/** How much of its plan a tenant uses. @throws NotFound, Conflict */
export async function getTenantUsage(
  db: Reader,
  operator: Operator,
  named: string,
): Promise<Pick<TenantDetail, 'plan' | 'status' | 'usage'>> {
  const {id} = await getTenant(db, named)
  const subscription = await subscriptionOf(db, id)
  const usage = await tenantUsage(db, operator, id)
  const {plan = null, status = null} = subscription?.shown ?? {}
  return {plan, status, usage: usageRows(usage, subscription?.limits)}
}

function accountOf(db: Reader, id: string) {
  return db
    .selectFrom('tenants as t')
    .leftJoin('tenant_config as c', 'c.tenant_id', 't.id')
    .where('t.id', '=', id)
    .select(['c.stripe_customer_id', 'c.billing_email', 't.compute_id', 't.updated'])
    .executeTakeFirstOrThrow()
}

async function whatMayBeSeen(db: Reader, {permissions}: Operator, id: string) {
  const hidden = new Set<Permission>()
  const seen = async <T>(permission: Permission, find: () => Promise<T>): Promise<T | null> => {
    if (permissions.includes(permission)) return find()
    hidden.add(permission)
    return null
  }
  const parts = {
    last_payment: (await seen('payment.read', () => lastPaymentOf(db, id))) ?? null,
    companies: await seen('company.read', () => companiesOf(db, id)),
    domains_by_status: await seen('domain.read', () => domainsByStatus(db, id)),
    ips: await seen('ip.read', () => ipsOf(db, id)),
    campaigns_by_status: await seen('campaign.read', () => campaignsByStatus(db, id)),
  }
  return {...parts, hidden: [...hidden]}
}

function companiesOf(db: Reader, id: string): Promise<TenantCompany[]> {
  return db
    .selectFrom(selectCompanies(db).where('c.tenant_id', '=', id).as('c'))
    .select(['c.company', 'c.workspace', 'c.status', 'c.id'])
    .orderBy('c.company')
    .orderBy('c.id')
    .limit(shownCompanies)
    .execute()
}
