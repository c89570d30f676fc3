/**
 * Shuts a login out of the server by the rights of whoever set pm up: an operator who may revoke a login is seldom its
 * administrator. It answers for nothing but a login of an operator that pm has disabled: one that is in pm_operator, or
 * that cannot log in any more. Never for a superuser or an owner of pm. Returns the sessions that it told to end.
 */
export const shutOutFunction: readonly string[] = [
  `create function pm.shut_out(login text, step text) returns setof integer language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
    declare
      target pg_roles;
      giver text;
      borrows boolean;
      session integer;
    begin
      if not pm.has_permission('staff.write') then
        raise exception 'operator % lacks the permission staff.write', session_user using errcode = '42501';
      end if;
      select r.* into target from pm.operator_logins l join pg_roles r on r.rolname = l.login
        where l.login = shut_out.login and l.disabled is not null
          and not pg_has_role(r.oid, (select nspowner from pg_namespace where nspname = 'pm'), 'member')
          and (not r.rolcanlogin or exists (
            select from pg_auth_members m where m.member = r.oid and m.roleid = 'pm_operator'::regrole));
      if not found then
        raise exception '% is no revoked login of an operator', shut_out.login using errcode = '42501';
      end if;
      if step = 'no login' then
        execute format('alter role %I nologin', login);
      elsif step = 'shut out' then
        for giver in select pg_get_userbyid(m.grantor) from pg_auth_members m
          where m.member = target.oid and m.roleid = 'pm_operator'::regrole
        loop
          -- Before PostgreSQL 16, who gave a membership made no difference.
          execute format('revoke pm_operator from %I', login) || case
            when current_setting('server_version_num')::integer >= 160000 then format(' granted by %I', giver) else '' end;
        end loop;
      elsif step = 'end sessions' then
        -- Whoever administers a login may lend themselves its own right, and gives it back at once.
        borrows := not (pg_has_role(current_user, target.oid, 'usage') or pg_has_role(current_user, 'pg_signal_backend', 'usage'));
        if borrows then execute format('grant %I to current_user', login); end if;
        for session in select a.pid from pg_stat_activity a where a.usesysid = target.oid loop
          perform pg_terminate_backend(session);
          return next session;
        end loop;
        if borrows then execute format('revoke %I from current_user', login); end if;
      end if;
    end $$`,
  'revoke execute on function pm.shut_out(text, text) from public',
  'grant execute on function pm.shut_out(text, text) to pm_operator',
]
