import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {liveStatuses} from '../ip/assignments.ts'
import {selectIps} from '../ip/columns.ts'
import {chronologically} from '../paging.ts'

/** The payment a tenant made or failed last. */
export interface TenantPayment {
  created: string | null
  amount: string
  currency: string | null
  status: string
  processed: string | null
  description: string | null
  stripe_payment_intent_id: string | null
  id: string
}

/** An IP that some domain of the tenant sends by. `domains` are the tenant's own. */
export interface TenantIp {
  ip: string
  status: string | null
  reputation: string | null
  domains: number
}

/** The addresses of who owns a tenant, and has not left. */
export async function ownersOf(db: Reader, tenantId: string): Promise<string[]> {
  const owners = await db
    .selectFrom('tenant_users as m')
    .leftJoin('users as u', 'u.id', 'm.user_id')
    .where('m.tenant_id', '=', tenantId)
    .where('m.deleted', 'is', null)
    .where((eb) => eb(eb.val('owner'), '=', eb.fn.any('m.roles')))
    .select((eb) => eb.fn.coalesce('u.email', 'm.email').as('email'))
    .orderBy('email')
    .execute()
  return owners.flatMap(({email}) => email ?? [])
}

export async function lastPaymentOf(db: Reader, tenantId: string): Promise<TenantPayment | undefined> {
  return db
    .selectFrom('payments as y')
    .innerJoin('subscriptions as s', 's.id', 'y.subscription_id')
    .where('s.tenant_id', '=', tenantId)
    .select(['y.created', 'y.amount', 'y.currency', 'y.status', 'y.processed', 'y.description'])
    .select(['y.stripe_payment_intent_id', 'y.id'])
    .orderBy(chronologically(sql.ref('y.created')), 'desc')
    .orderBy('y.id', 'desc')
    .executeTakeFirst()
}

export async function ipsOf(db: Reader, tenantId: string): Promise<TenantIp[]> {
  const assigned = db
    .selectFrom('domain_ip_assignments as a')
    .innerJoin('domains as d', 'd.id', 'a.domain_id')
    .where('d.tenant_id', '=', tenantId)
    .where('a.status', 'in', liveStatuses)
    .select((eb) => ['a.smtp_ip_address_id as ip_id', eb.fn.countAll<number>().as('domains')])
    .groupBy('a.smtp_ip_address_id')
  return db
    .selectFrom(assigned.as('n'))
    .innerJoin(selectIps(db).as('i'), 'i.id', 'n.ip_id')
    .select(['i.ip', 'i.status', 'i.reputation', 'n.domains'])
    .orderBy('n.domains', 'desc')
    .orderBy('i.ip')
    .execute()
}
