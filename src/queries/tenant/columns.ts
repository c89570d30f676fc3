import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {SubscriptionStatus} from '../../rules/subscription-status.ts'

/** A tenant as operators see it, with the subscription that counts: the live one, else the last. */
export interface TenantRow {
  tenant: string | null
  plan: string | null
  status: SubscriptionStatus | null
  users: number
  domains: number
  period_end: string | null
  created: string | null
  deleted: string | null
  id: string
}

/** The one choice of a tenant's columns; list, show and writes share it. */
export function selectTenants(db: Reader) {
  return db
    .selectFrom('tenants as t')
    .leftJoinLateral(currentSubscription(db).as('s'), (join) => join.onTrue())
    .leftJoin('plans as p', 'p.id', 's.plan_id')
    .select((eb) => [
      't.name as tenant',
      'p.slug as plan',
      's.status',
      eb
        .selectFrom('tenant_users as m')
        .whereRef('m.tenant_id', '=', 't.id')
        .where('m.deleted', 'is', null)
        .select((members) => members.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('users'),
      eb
        .selectFrom('domains as d')
        .whereRef('d.tenant_id', '=', 't.id')
        .select((domains) => domains.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('domains'),
      's.current_period_end as period_end',
      't.created',
      't.deleted',
      't.id',
    ])
}

/** Of tenant `t`, the subscription that counts: one that lives before one that does not, the latest. */
export function currentSubscription(db: Reader) {
  return db
    .selectFrom('subscriptions')
    .where('tenant_id', '=', sql<string>`t.id`)
    .select(['id', 'plan_id', 'status', 'current_period_end'])
    .orderBy(sql`status is not distinct from 'canceled'`)
    .orderBy('created', (by) => by.desc().nullsLast())
    .orderBy('id', 'desc')
    .limit(1)
}
