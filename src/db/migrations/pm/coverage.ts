import {type GuardedTable, guardedTables} from '../../guarded-tables.ts'
import {platformTables} from '../../platform-tables.ts'

const grants = (table: string, {update, insert, delete: remove}: GuardedTable) => [
  `grant update (${update.join(', ')}) on ${table} to pm_operator`,
  ...(insert ? [`grant insert on ${table} to pm_operator`] : []),
  ...(remove ? [`grant delete on ${table} to pm_operator`] : []),
]

const guardTrigger = (table: string, {permission}: GuardedTable) => [
  `create trigger a_pm_guard before insert or update or delete or truncate on ${table}
    for each statement execute function pm.guard('${permission}')`,
  `alter table ${table} enable always trigger a_pm_guard`,
]

const transitions = {
  insert: 'new table as new_rows',
  update: 'old table as old_rows new table as new_rows',
  delete: 'old table as old_rows',
}

const imageTriggers = (table: string, {key}: GuardedTable) =>
  Object.entries(transitions).flatMap(([op, referencing]) => [
    `create trigger z_pm_images_${op} after ${op} on ${table} referencing ${referencing}
      for each statement execute function pm.record_images('${table}', '${key.join(', ')}')`,
    `alter table ${table} enable always trigger z_pm_images_${op}`,
  ])

const selfEdit = (table: string) => [
  `create trigger b_pm_no_self_edit before insert or update or delete on ${table}
    for each row execute function pm.no_self_edit()`,
  `alter table ${table} enable always trigger b_pm_no_self_edit`,
]

const staffTables = ['public.staff_members', 'public.staff_role_permissions', 'pm.operator_logins']

/** Reads, writes, guard and audit of every table `pm` touches, made from the one list of guarded tables. */
export const coverage: readonly string[] = [
  `grant select on ${platformTables.map((table) => `public.${table}`).join(', ')} to pm_operator`,
  ...Object.entries(guardedTables).flatMap(([table, guarded]) => [
    ...grants(table, guarded),
    ...guardTrigger(table, guarded),
    ...imageTriggers(table, guarded),
  ]),
  ...staffTables.flatMap(selfEdit),
]

/** The tables under row-level security (guide: RLS Policies), with the topic whose permissions open them to operators. */
const tenantTables = {
  campaigns: 'campaign',
  leads: 'lead',
  domains: 'domain',
  email_accounts: 'account',
  templates: 'template',
  companies: 'company',
  user_preferences: 'user',
  tenant_config: 'tenant',
  tenant_policies: 'tenant',
}

// The permission is asked for in a subselect, so that it is evaluated once a query and not once a row.
const staffPolicy = ([table, topic]: [string, string]) => `create policy ${table}_staff on public.${table}
  for all to pm_operator
  using ((select pm.has_permission('${topic}.read')))
  with check ((select pm.has_permission('${topic}.write')))`

/** Operators across tenants, without BYPASSRLS; the platform's own tenant policies stay as they are. */
export const staffPolicies: readonly string[] = Object.entries(tenantTables).map(staffPolicy)
