import {type Expression, type RawBuilder, sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {Permission} from '../../rules/permissions.ts'
import {firstBeginning} from '../names.ts'
import {beginsWith, inPrefixOrder} from '../prefix.ts'
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

/** The first of these columns that begins so. */
function fitting(columns: readonly string[], typed: string): RawBuilder<string> {
  const cases = columns.map((column) => sql`when ${beginsWith(column, typed)} then ${sql.ref(column)}`)
  return sql`(case ${sql.join(cases, sql` `)} end)::text`
}

const text = (expression: Expression<unknown>): RawBuilder<string> => sql`${expression}::text`

const planNames = ['p.slug', 'p.name', 'p.stripe_product_id']
const vpsNames = ['v.hostwinds_instance_id', 'v.ip_address']

export const sources: readonly Source[] = [
  {
    noun: 'tenant',
    permission: 'tenant.read',
    show: ({id}) => `pm tenant show ${id}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('tenants as t')
        .where(beginsWith('t.name', typed))
        .select([text(sql.ref('t.name')).as('name'), 't.id'])
        .select(sql<string | null>`case when t.deleted is not null then 'deleted' end`.as('what'))
        .orderBy(inPrefixOrder('t.name'))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'domain',
    permission: 'domain.read',
    show: ({name}) => `pm domain show ${name}`,
    find: (db, typed, limit) =>
      db
        .selectFrom(firstBeginning(db, 'pm.domain_names', typed, limit).as('n'))
        .innerJoin('domains as d', 'd.id', 'n.id')
        .leftJoin('tenants as t', 't.id', 'd.tenant_id')
        .select(['n.name', 't.name as what', 'n.id'])
        .orderBy(inPrefixOrder('n.name'))
        .execute(),
  },
  {
    noun: 'IP',
    permission: 'ip.read',
    show: ({name}) => `pm ip show ${name}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('smtp_ip_addresses as i')
        .where(beginsWith('i.ip_address', typed))
        .select(['i.ip_address as name', 'i.status as what', 'i.id'])
        .orderBy(inPrefixOrder('i.ip_address'))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'user',
    permission: 'user.read',
    show: ({id}) => `pm user show ${id}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('users as u')
        .where(beginsWith('u.email', typed))
        .select([text(sql.ref('u.email')).as('name'), 'u.name as what', 'u.id'])
        .orderBy(inPrefixOrder('u.email'))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'user',
    permission: 'user.read',
    show: ({id}) => `pm user show ${id}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('users as u')
        .where(beginsWith('u.name', typed))
        .select([text(sql.ref('u.name')).as('name'), 'u.email as what', 'u.id'])
        .orderBy(inPrefixOrder('u.name'))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'company',
    permission: 'company.read',
    show: ({id}) => `pm company show ${id}`,
    find: (db, typed, limit) =>
      db
        .selectFrom(firstBeginning(db, 'pm.company_names', typed, limit).as('n'))
        .innerJoin('companies as c', 'c.id', 'n.id')
        .leftJoin('tenants as t', 't.id', 'c.tenant_id')
        .select(['n.name', 't.name as what', 'n.id'])
        .orderBy(inPrefixOrder('n.name'))
        .execute(),
  },
  {
    noun: 'account',
    permission: 'account.read',
    show: ({id}) => `pm account show ${id}`,
    find: (db, typed, limit) =>
      db
        .selectFrom(firstBeginning(db, 'pm.account_names', typed, limit).as('n'))
        .innerJoin('email_accounts as e', 'e.id', 'n.id')
        .leftJoin('tenants as t', 't.id', 'e.tenant_id')
        .select(['n.name', 't.name as what', 'n.id'])
        .orderBy(inPrefixOrder('n.name'))
        .execute(),
  },
  {
    noun: 'campaign',
    permission: 'campaign.read',
    show: ({id}) => `pm campaign show ${id}`,
    find: (db, typed, limit) =>
      db
        .selectFrom(firstBeginning(db, 'pm.campaign_names', typed, limit).as('n'))
        .innerJoin('campaigns as c', 'c.id', 'n.id')
        .leftJoin('tenants as t', 't.id', 'c.tenant_id')
        .select(['n.name', 't.name as what', 'n.id'])
        .orderBy(inPrefixOrder('n.name'))
        .execute(),
  },
  {
    noun: 'template',
    permission: 'template.read',
    show: ({id}) => `pm template show ${id}`,
    find: async (db, typed, limit) => {
      const templates = await firstTemplates(db, typed, limit)
      return templates.map((template) => ({...template, what: null}))
    },
  },
  {
    noun: 'plan',
    permission: 'plan.read',
    show: ({id}) => `pm plan show ${id}`,
    find: (db, typed) =>
      db
        .selectFrom('plans as p')
        .where((eb) => eb.or(planNames.map((column) => beginsWith(column, typed))))
        .select([fitting(planNames, typed).as('name'), 'p.name as what', 'p.id'])
        .execute(),
  },
  {
    noun: 'flag',
    permission: 'flags.read',
    show: ({name}) => `pm flags show ${name}`,
    find: (db, typed, limit) =>
      db
        .selectFrom('feature_flags as f')
        .where(beginsWith('f.key', typed))
        .select(['f.key as name', 'f.description as what', 'f.id'])
        .orderBy(inPrefixOrder('f.key'))
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
        .where(beginsWith('s.key', typed))
        .select(['s.key as name', 's.description as what', 's.key as id'])
        .orderBy(inPrefixOrder('s.key'))
        .limit(limit)
        .execute(),
  },
  {
    noun: 'VPS',
    permission: 'vps.read',
    show: ({name}) => `pm vps show ${name}`,
    find: (db, typed) =>
      db
        .selectFrom('vps_instances as v')
        .where((eb) => eb.or(vpsNames.map((column) => beginsWith(column, typed))))
        .select([fitting(vpsNames, typed).as('name'), 'v.region as what', 'v.id'])
        .execute(),
  },
]
