const roleExists = (name: string) => `exists (select from pg_roles where rolname = '${name}')`

const createRole = (name: string) => `do $$ begin
  if not ${roleExists(name)} then create role ${name} nologin; end if;
end $$`

// Whoever sets pm up becomes a member of pm_guard for the length of this transaction only. From PostgreSQL 16 on, who
// made a role may grant it to themselves, and must say for what.
const becomeGuard = `do $$ begin
  if current_setting('server_version_num')::integer >= 160000 then
    execute 'grant pm_guard to current_user with inherit true, set true';
  else
    grant pm_guard to current_user;
  end if;
end $$`

/**
 * `pm_guard` owns pm's functions and records and nobody is a member of it; `pm_operator` is the group that operators'
 * logins belong to. Roles live in the cluster, not in the database, so they may be there already.
 */
export const pmRoles: readonly string[] = [
  createRole('pm_guard'),
  createRole('pm_operator'),
  becomeGuard,
  'grant usage, create on schema pm to pm_guard',
  'grant usage on schema pm to pm_operator',
  'grant usage on schema public to pm_guard, pm_operator',
]

const records = ['operator_logins', 'changes', 'row_images', 'refusals', 'jobs', 'job_pages', 'job_changes']

/** Hands the tables of 0002 to `pm_guard`, so that not even their creator writes them by accident. */
export const pmOwnership: readonly string[] = [
  ...records.map((table) => `alter table pm.${table} owner to pm_guard`),
  `grant select on ${records.map((table) => `pm.${table}`).join(', ')} to pm_operator`,
  'grant select on pm.migrations to pm_operator',
  'grant select, insert, update on pm.operator_logins to current_user',
]

/** What a later migration needs to hand pm_guard something more; `leaveGuard` takes it back. */
export const enterGuard: readonly string[] = [becomeGuard, 'grant create on schema pm to pm_guard']

export const leaveGuard: readonly string[] = [
  'revoke create on schema pm from pm_guard',
  'revoke pm_guard from current_user',
]
