/**
 * The names that people look things up by. Under row-level security an index on lower(name) answers nobody but the
 * table's owner: neither lower() nor LIKE is leakproof, and the planner must not ask them about rows that a policy has not
 * let through. These views read as pm_guard, which a policy shows every row, and ask for the
 * permission once a query, before the first row.
 */
const names = {
  account_names: {permission: 'account.read', columns: {email_accounts: 'email'}},
  campaign_names: {permission: 'campaign.read', columns: {campaigns: 'name'}},
  company_names: {permission: 'company.read', columns: {companies: 'name'}},
  domain_names: {permission: 'domain.read', columns: {domains: 'domain'}},
  template_names: {permission: 'template.read', columns: {templates: 'name'}},
}

type Names = (typeof names)[keyof typeof names]

/** As they are without a guard: there is nobody to ask, and nobody but the owner to answer. */
export const nameViews: readonly string[] = Object.entries(names).map(([view, {columns}]) => define(view, columns, ''))

/** The same behind the guard. */
export const guardedNameViews: readonly string[] = Object.entries(names).flatMap(([view, {permission, columns}]) => [
  ...Object.entries(columns).flatMap(shown),
  define(view, columns, ` where (select pm.has_permission('${permission}'))`),
  `alter view pm.${view} owner to pm_guard`,
  `grant select on pm.${view} to pm_operator`,
])

function define(view: string, columns: Names['columns'], condition: string): string {
  const parts = Object.entries(columns).map(
    ([table, column]) => `select id, ${column}::text as name from public.${table}${condition}`,
  )
  return `create or replace view pm.${view} as ${parts.join(' union all ')}`
}

function shown([table, column]: [string, string]): string[] {
  return [
    `grant select (id, ${column}) on public.${table} to pm_guard`,
    `create policy ${table}_guard on public.${table} for select to pm_guard using (true)`,
  ]
}
