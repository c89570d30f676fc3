import {type RawBuilder, sql} from 'kysely'
import type {Database} from '../../db/schema.ts'
import type {Reader} from '../../db/transaction.ts'
import type {Permission} from '../../rules/permissions.ts'
import {firstBeginning, type Names} from '../names.ts'
import {beginsWith, inPrefixOrder} from '../prefix.ts'
import {listTemplates} from '../template/list.ts'
import {firstTemplates} from '../template/names.ts'

/** A thing that fits what was typed. */
interface Found {
  /** The one of its names that fits. */
  name: string
  what: string | null
  id: string
}

/** One noun that `pm find` looks through, by an index on each of its names; in its order what fits exactly is first. */
export interface Source {
  noun: string
  permission: Permission
  /** The command that shows one. */
  show(found: Found): string
  find(db: Reader, typed: string, limit: number): Promise<Found[]>
}

export const sources: readonly Source[] = [
  {
    noun: 'tenant',
    permission: 'tenant.read',
    show: ({id}) => `pm tenant show ${id}`,
    find: named('tenants', {name: 'name', what: sql`case when deleted is not null then 'deleted' end`}),
  },
  {
    noun: 'domain',
    permission: 'domain.read',
    show: ({name}) => `pm domain show ${name}`,
    find: namedByTenant('domains', 'pm.domain_names'),
  },
  {
    noun: 'IP',
    permission: 'ip.read',
    show: ({name}) => `pm ip show ${name}`,
    find: named('smtp_ip_addresses', {name: 'ip_address', what: 'status'}),
  },
  {
    noun: 'user',
    permission: 'user.read',
    show: ({id}) => `pm user show ${id}`,
    find: named('users', {name: 'email', what: 'name'}),
  },
  {
    noun: 'user',
    permission: 'user.read',
    show: ({id}) => `pm user show ${id}`,
    find: named('users', {name: 'name', what: 'email'}),
  },
  {
    noun: 'company',
    permission: 'company.read',
    show: ({id}) => `pm company show ${id}`,
    find: namedByTenant('companies', 'pm.company_names'),
  },
  {
    noun: 'account',
    permission: 'account.read',
    show: ({id}) => `pm account show ${id}`,
    find: namedByTenant('email_accounts', 'pm.account_names'),
  },
  {
    noun: 'campaign',
    permission: 'campaign.read',
    show: ({id}) => `pm campaign show ${id}`,
    find: namedByTenant('campaigns', 'pm.campaign_names'),
  },
  {
    noun: 'template',
    permission: 'template.read',
    show: ({id}) => `pm template show ${id}`,
    find: async (db, typed, limit) => {
      const named = await firstTemplates(db, typed, limit)
      if (named.length === 0) return []
      const known = await listTemplates(db, {ids: named.map(({id}) => id)}).execute()
      const tenants = new Map(known.map(({id, tenant}) => [id, tenant]))
      return named.map(({id, name}) => ({id, name, what: tenants.get(id) ?? null}))
    },
  },
  ...['slug', 'name', 'stripe_product_id'].map(
    (name): Source => ({
      noun: 'plan',
      permission: 'plan.read',
      show: ({id}) => `pm plan show ${id}`,
      find: named('plans', {name, what: 'name'}),
    }),
  ),
  {
    noun: 'flag',
    permission: 'flags.read',
    show: ({name}) => `pm flags show ${name}`,
    find: named('feature_flags', {name: 'key', what: 'description'}),
  },
  {
    noun: 'config',
    permission: 'config.read',
    show: ({name}) => `pm config get ${name}`,
    find: named('system_config', {name: 'key', what: 'description', id: 'key'}),
  },
  ...['hostwinds_instance_id', 'ip_address'].map(
    (name): Source => ({
      noun: 'VPS',
      permission: 'vps.read',
      show: ({id}) => `pm vps show ${id}`,
      find: named('vps_instances', {name, what: 'region'}),
    }),
  ),
]

/** Finds by the index on a column; `what` is a column or an expression over them. */
function named(
  table: keyof Database,
  {name, what, id = 'id'}: {name: string; what: string | RawBuilder<unknown>; id?: string},
): Source['find'] {
  const said = typeof what === 'string' ? sql.ref(what) : what
  return (db, typed, limit) =>
    db
      .selectFrom(sql`${sql.table(table)}`.as('named'))
      .where(beginsWith(name, typed))
      .select([
        sql<string>`${sql.ref(name)}::text`.as('name'),
        sql<string | null>`${said}::text`.as('what'),
        sql<string>`${sql.ref(id)}::text`.as('id'),
      ])
      .orderBy(inPrefixOrder(name))
      .limit(limit)
      .execute()
}

/** Finds what a tenant has, by the view that knows its names. */
function namedByTenant(table: keyof Database, names: Names): Source['find'] {
  return (db, typed, limit) =>
    db
      .selectFrom(firstBeginning(db, names, typed, limit).as('n'))
      .innerJoin(sql<{id: string; tenant_id: string}>`${sql.table(table)}`.as('x'), 'x.id', 'n.id')
      .leftJoin('tenants as t', 't.id', 'x.tenant_id')
      .select(['n.name', 't.name as what', 'n.id'])
      .orderBy(inPrefixOrder('n.name'))
      .execute()
}
