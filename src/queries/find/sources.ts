import {type Expression, type RawBuilder, type SqlBool, sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {Permission} from '../../rules/permissions.ts'

/** A thing that fits what was typed. */
interface Found {
  name: string
  what: string | null
  id: string
}

/** One noun that `pm find` looks through, by an index on each of its names. */
export interface Source {
  noun: string
  permission: Permission
  /** The command that shows one. */
  show(found: Found): string
  find(db: Reader, typed: Typed, limit: number): Promise<Found[]>
}

/** What was typed, as it is compared. */
export interface Typed {
  exact: string
  lower: string
  /** A LIKE pattern for what begins so. */
  prefix: string
}

export function typedAs(text: string): Typed {
  const exact = text.trim()
  const lower = exact.toLowerCase()
  return {exact, lower, prefix: `${lower.replaceAll(/[\\%_]/g, '\\$&')}%`}
}

/** Whether a column begins with what was typed, in any case; answered by an index on lower(column) text_pattern_ops. */
function begins(column: string, {prefix}: Typed): RawBuilder<SqlBool> {
  return sql<SqlBool>`lower(${sql.ref(column)}) like ${prefix}`
}

/** Exact hits first, then by name; what is deleted last. */
function byRank(column: string, {lower}: Typed): RawBuilder<unknown> {
  return sql`lower(${sql.ref(column)}) <> ${lower}, lower(${sql.ref(column)})`
}

const text = (expression: Expression<unknown>) => sql<string>`${expression}::text`

export const sources: readonly Source[] = [
  {
    noun: 'tenant',
    permission: 'tenant.read',
    show: ({id}) => `pm tenant show ${id}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('tenants as t')
        .where(begins('t.name', typed))
        .select([
          sql<string>`coalesce(t.name, '')`.as('name'),
          sql<string | null>`case when t.deleted is not null then 'deleted' end`.as('what'),
          't.id',
        ])
        .orderBy(byRank('t.name', typed))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'domain',
    permission: 'domain.read',
    // A tenant is found by its domains, too.
    show: ({name}) => `pm tenant show ${name}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('domains as d')
        .leftJoin('tenants as t', 't.id', 'd.tenant_id')
        .where(begins('d.domain', typed))
        .select(['d.domain as name', 't.name as what', 'd.id'])
        .orderBy(byRank('d.domain', typed))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'IP',
    permission: 'ip.read',
    show: ({name}) => `pm ip show ${name}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('smtp_ip_addresses as i')
        .where(begins('i.ip_address', typed))
        .select(['i.ip_address as name', 'i.status as what', 'i.id'])
        .orderBy(byRank('i.ip_address', typed))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'user',
    permission: 'user.read',
    show: ({name}) => `pm user show ${name}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('users as u')
        .where((eb) => eb.or([begins('u.email', typed), begins('u.name', typed)]))
        .select([sql<string>`coalesce(u.email, u.name, '')`.as('name'), 'u.name as what', 'u.id'])
        .orderBy(byRank('u.email', typed))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'company',
    permission: 'company.read',
    show: ({id}) => `pm company show ${id}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('companies as c')
        .leftJoin('tenants as t', 't.id', 'c.tenant_id')
        .where(begins('c.name', typed))
        .select(['c.name', 't.name as what', 'c.id'])
        .orderBy(byRank('c.name', typed))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'account',
    permission: 'account.read',
    show: ({name}) => `pm account show ${name}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('email_accounts as e')
        .leftJoin('tenants as t', 't.id', 'e.tenant_id')
        .where(begins('e.email', typed))
        .select(['e.email as name', 't.name as what', 'e.id'])
        .orderBy(byRank('e.email', typed))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'campaign',
    permission: 'campaign.read',
    show: ({id}) => `pm campaign show ${id}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('campaigns as c')
        .leftJoin('tenants as t', 't.id', 'c.tenant_id')
        .where(begins('c.name', typed))
        .select(['c.name', 't.name as what', 'c.id'])
        .orderBy(byRank('c.name', typed))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'plan',
    permission: 'plan.read',
    show: ({name}) => `pm plan show ${name}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('plans as p')
        .where((eb) => eb.or([begins('p.slug', typed), begins('p.name', typed), begins('p.stripe_product_id', typed)]))
        .select(['p.slug as name', 'p.name as what', 'p.id'])
        .orderBy(byRank('p.slug', typed))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'flag',
    permission: 'flags.read',
    show: ({name}) => `pm flags show ${name}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('feature_flags as f')
        .where(begins('f.key', typed))
        .select(['f.key as name', 'f.description as what', 'f.id'])
        .orderBy(byRank('f.key', typed))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'config',
    permission: 'config.read',
    show: ({name}) => `pm config get ${name}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('system_config as s')
        .where(begins('s.key', typed))
        .select(['s.key as name', 's.description as what', 's.key as id'])
        .orderBy(byRank('s.key', typed))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'VPS',
    permission: 'vps.read',
    show: ({name}) => `pm vps show ${name}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('vps_instances as v')
        .where((eb) => eb.or([begins('v.hostwinds_instance_id', typed), begins('v.ip_address', typed)]))
        .select([
          (eb) => eb.fn.coalesce('v.hostwinds_instance_id', text(eb.ref('v.id'))).as('name'),
          'v.region as what',
          'v.id',
        ])
        .orderBy(byRank('v.hostwinds_instance_id', typed))
        .limit(limit)
        .execute(),
  },
]
