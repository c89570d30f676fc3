// pg_temp stands last in every search_path: left out, it would be searched first, and a temporary table named
// like one of ours would answer in its place (data-safety §1.4).
const definer = 'security definer set search_path = pg_catalog, pg_temp'

/**
 * Who is it, and may they? Identity is `session_user`, which nothing but a login can set. Who owns the schema `pm`, a
 * superuser included, and is not enrolled holds `staff.*` alone, to enroll the first operator. Owners are told apart
 * first: whoever made the role `pm_operator` counts as a member of it (PostgreSQL 16 and later).
 */
export const identityFunctions: readonly string[] = [
  `create function pm.is_owner() returns boolean language sql stable ${definer}
    return not exists (select from pm.operator_logins l where l.login = session_user)
      and pg_has_role(session_user, (select nspowner from pg_namespace where nspname = 'pm'), 'member')`,

  `create function pm.is_operator() returns boolean language sql stable ${definer}
    return exists (select from pm.operator_logins l where l.login = session_user)
      or (pg_has_role(session_user, 'pm_operator', 'member') and not pm.is_owner())`,

  `create function pm.has_permission(wanted text) returns boolean language sql stable ${definer}
    return exists (
      select from pm.operator_logins l
      join public.staff_members m on m.user_id = l.user_id
      join public.staff_role_permissions g on g.role_id = m.role_id
      join public.permissions p on p.id = g.permission_id
      where l.login = session_user and l.disabled is null and p.name = wanted
    ) or (wanted like 'staff.%' and pm.is_owner())`,

  `create function pm.operator(
      out login text, out user_id uuid, out email text, out name text, out role text, out permissions text[],
      out disabled boolean
    ) returns setof record language sql stable ${definer}
    begin atomic
      select l.login, l.user_id, u.email, u.name, r.name::text,
        array(select p.name::text from public.staff_role_permissions g join public.permissions p on p.id = g.permission_id
              where g.role_id = m.role_id order by p.name),
        l.disabled is not null
      from pm.operator_logins l
      left join public.users u on u.id = l.user_id
      left join public.staff_members m on m.user_id = l.user_id
      left join public.staff_roles r on r.id = m.role_id
      where l.login = session_user
      union all
      select session_user::text, null, null, null, 'owner', array['staff.read', 'staff.write'], false
      where pm.is_owner();
    end`,
]

export const identityGrants: readonly string[] = [
  'revoke execute on function pm.is_operator(), pm.is_owner(), pm.has_permission(text), pm.operator() from public',
  `grant execute on function pm.is_operator(), pm.is_owner(), pm.has_permission(text), pm.operator()
    to pm_operator, current_user`,
]

/** What pm_guard must read to know an operator, and lock to make a revoke and a write wait for each other. */
export const identityReads: readonly string[] = [
  'grant select on public.users, public.staff_members, public.staff_roles, public.staff_role_permissions, public.permissions to pm_guard',
  // SELECT … FOR SHARE needs UPDATE on some column; these are the harmless ones.
  'grant update (created) on public.staff_members, public.staff_role_permissions to pm_guard',
]
