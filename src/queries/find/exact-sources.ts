import {sql} from 'kysely'
import type {Source} from './sources.ts'

/** Workspaces and Stripe's ids are typed whole, and in their own case: they are looked up, not searched. */
export const exactSources: readonly Source[] = [
  {
    noun: 'company',
    permission: 'company.read',
    show: ({id}) => `pm company show ${id}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('companies as c')
        .where('c.workspace_name', '=', typed)
        .select([sql<string>`c.workspace_name`.as('name'), 'c.name as what', 'c.id'])
        .limit(limit)
        .execute(),
  },
  {
    noun: 'customer',
    permission: 'tenant.read',
    show: ({id}) => `pm tenant show ${id}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('tenant_config as c')
        .innerJoin('tenants as t', 't.id', 'c.tenant_id')
        .where('c.stripe_customer_id', '=', typed)
        .select([sql<string>`c.stripe_customer_id`.as('name'), 't.name as what', 't.id'])
        .limit(limit)
        .execute(),
  },
  {
    noun: 'subscription',
    permission: 'subscription.read',
    show: ({id}) => `pm subscription show ${id}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('subscriptions as s')
        .leftJoin('tenants as t', 't.id', 's.tenant_id')
        .where('s.stripe_subscription_id', '=', typed)
        .select([sql<string>`s.stripe_subscription_id`.as('name'), 't.name as what', 's.id'])
        .limit(limit)
        .execute(),
  },
  {
    noun: 'payment',
    permission: 'payment.read',
    show: ({id}) => `pm payment show ${id}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('payments as p')
        .where('p.stripe_payment_intent_id', '=', typed)
        .select([sql<string>`p.stripe_payment_intent_id`.as('name'), 'p.description as what', 'p.id'])
        .limit(limit)
        .execute(),
  },
]
