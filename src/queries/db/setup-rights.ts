import {type RawBuilder, sql} from 'kysely'
import {platformTables} from '../../db/platform-tables.ts'
import {readRaw} from '../../db/read-raw.ts'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, PermissionDenied} from '../../rules/errors.ts'
import {pendingItems, type SetupItem, type SetupPlan} from './setup-plan.ts'

/** What the login may do here, as far as a set-up needs it. */
export interface Rights extends Pick<SetupPlan, 'login' | 'database'> {
  /** False on a replica, and where the login or the database is read-only. */
  takes_writes: boolean
  creates_schemas: boolean
  creates_tables: boolean
  creates_roles: boolean
  /** Null where there is no schema pm. */
  owns_pm: boolean | null
  /** The platform's tables that are not the login's. */
  foreign_tables: string[]
  /** Of pm's roles, those that are there. */
  roles: string[]
  /** Null where there is no role pm_guard. */
  grants_guard: boolean | null
  /** Both false where there is no catalogue yet. */
  reads_catalogue: boolean
  fills_catalogue: boolean
}

/**
 * @throws PermissionDenied naming everything that the login lacks for what is pending; Conflict where nothing can be
 * written at all.
 */
export function requireRights(rights: Rights, plan: SetupPlan): void {
  const pending = pendingItems(plan)
  if (pending.length === 0) return
  if (!rights.takes_writes) {
    throw new Conflict(`${plan.database} takes no writes here: it is a replica, or read-only.`, {
      hint: 'Is it the primary? See pm db status.',
    })
  }
  const lacks = lackingRights(rights, pending, plan)
  if (lacks.length === 0) return
  throw new PermissionDenied(`The login ${plan.login} cannot set pm up here. It lacks: ${lacks.join('; ')}.`, {
    hint: 'Connect as the owner of the database and its tables, with CREATEROLE, or as a superuser.',
    details: {login: plan.login, lacks},
  })
}

/** Every right that is needed for what is pending, and not there. */
function lackingRights(rights: Rights, pending: readonly SetupItem[], plan: SetupPlan): string[] {
  const migrates = pending.some(({kind}) => kind === 'migration')
  const isPending = (migration: string) => pending.some(({item}) => item === migration)
  const guards = isPending('0003-pm-guard') || isPending('0006-pm-lookups-guard')
  const touchesTables = guards || isPending('0004-pm-indexes')
  const fills = plan.platform === 'whole'
  const foreignPolicies = plan.policies.filter(({owned}) => !owned).map(({table}) => table)
  const lacks: [boolean, string][] = [
    [migrates && rights.owns_pm === null && !rights.creates_schemas, `CREATE on the database ${plan.database}`],
    [migrates && rights.owns_pm === false, 'ownership of the schema pm'],
    [isPending('0001-platform') && !fills && !rights.creates_tables, 'CREATE on the schema public'],
    [guards && rights.roles.length < 2 && !rights.creates_roles, 'CREATEROLE'],
    [guards && rights.grants_guard === false, 'ADMIN OPTION on the role pm_guard'],
    [touchesTables && rights.foreign_tables.length > 0, `ownership of ${some(rights.foreign_tables)}`],
    [
      fills && !(rights.reads_catalogue && rights.fills_catalogue),
      `SELECT and INSERT on ${catalogueTables.join(', ')}`,
    ],
    [foreignPolicies.length > 0, `ownership of ${some(foreignPolicies)}, whose policies it would mend`],
  ]
  return lacks.flatMap(([isLacking, right]) => (isLacking ? right : []))
}

function some(tables: readonly string[]): string {
  const shown = tables.slice(0, 3).join(', ')
  return tables.length > 3 ? `${shown} and ${tables.length - 3} more tables` : shown
}

export async function readRights(db: Reader, platform: SetupPlan['platform']): Promise<Rights> {
  const [rights] = await readRaw(
    db,
    sql<Rights>`select session_user::text as login, current_database()::text as database,
      not pg_is_in_recovery() and current_setting('default_transaction_read_only') = 'off' as takes_writes,
      has_database_privilege(current_database(), 'create') as creates_schemas,
      has_schema_privilege('public', 'create') as creates_tables,
      me.rolsuper or me.rolcreaterole as creates_roles,
      (select pg_has_role(nspowner, 'usage') from pg_catalog.pg_namespace where nspname = 'pm') as owns_pm,
      array(select c.relname::text from pg_catalog.pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relname in (${sql.join(platformTables)})
          and not pg_has_role(c.relowner, 'usage') order by 1) as foreign_tables,
      array(select rolname::text from pg_catalog.pg_roles where rolname in ('pm_guard', 'pm_operator')) as roles,
      -- Before PostgreSQL 16, CREATEROLE was enough to give any role away.
      (select pg_has_role(r.oid, 'member with admin option')
          or (current_setting('server_version_num')::integer < 160000 and me.rolcreaterole)
        from pg_catalog.pg_roles r where r.rolname = 'pm_guard') as grants_guard,
      ${may('select', platform)} as reads_catalogue,
      ${may('insert', platform)} as fills_catalogue
    from pg_catalog.pg_roles me where me.rolname = current_user`,
  )
  if (!rights) throw new Error('The database did not say what the login may do.')
  return rights
}

const catalogueTables = ['permissions', 'staff_roles', 'staff_role_permissions']

function may(privilege: 'select' | 'insert', platform: SetupPlan['platform']): RawBuilder<boolean> {
  if (platform === 'absent') return sql`false`
  const checks = catalogueTables.map((table) => sql`has_table_privilege(${`public.${table}`}, ${privilege})`)
  return sql`(${sql.join(checks, sql` and `)})`
}
