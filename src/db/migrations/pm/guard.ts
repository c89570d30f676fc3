const definer = 'security definer set search_path = pg_catalog, pg_temp'

/** Which change, under which permissions, the current transaction belongs to. Rows of ended transactions are inert. */
export const guardTables: readonly string[] = [
  `create table pm.change_transactions (
    transaction_id xid8 primary key default pg_current_xact_id(),
    change_id bigint not null references pm.changes (id)
  )`,
  `create table pm.change_permissions (
    transaction_id xid8 not null default pg_current_xact_id(),
    permission text not null,
    primary key (transaction_id, permission)
  )`,
]

/**
 * The guard. A change is opened with the permission it needs; every statement on a guarded table asks again for the
 * table's own; and a deferred trigger asks once more at COMMIT with row locks, so that a revoke that commits first wins.
 */
export const guardFunctions: readonly string[] = [
  `create function pm.begin_change(command text, permission text, reason text, targets text[], request_key uuid, undo_of bigint)
    returns bigint language plpgsql ${definer} as $$
    declare
      who record;
      change bigint;
      needed text;
      wanted text[] := array[begin_change.permission] || case when undo_of is not null then array['audit.undo'] end;
    begin
      select * into who from pm.operator();
      foreach needed in array wanted loop
        if who.login is null or not pm.has_permission(needed) then
          raise exception 'operator % lacks the permission %', session_user, needed using errcode = '42501';
        end if;
      end loop;
      insert into pm.changes (command, permission, reason, targets, login, user_id, role, undo_of, request_key, enforced_by)
        values (begin_change.command, begin_change.permission, begin_change.reason, begin_change.targets,
                session_user, who.user_id, who.role, begin_change.undo_of, begin_change.request_key, 'database')
        returning id into change;
      insert into pm.change_transactions (change_id) values (change);
      insert into pm.change_permissions (permission) select distinct unnest(wanted);
      return change;
    end $$`,

  `create function pm.record_refusal(command text, permission text, targets text[]) returns void
    language sql ${definer}
    begin atomic
      insert into pm.refusals (command, permission, targets, login, user_id)
        values (record_refusal.command, record_refusal.permission, record_refusal.targets, session_user,
                (select l.user_id from pm.operator_logins l where l.login = session_user));
    end`,

  `create function pm.guard() returns trigger language plpgsql ${definer} as $$
    begin
      if not pm.is_operator() then return null; end if;
      if not pm.has_permission(tg_argv[0]) then
        raise exception 'operator % lacks the permission %', session_user, tg_argv[0] using errcode = '42501';
      end if;
      perform from pm.change_transactions where transaction_id = pg_current_xact_id();
      if not found then
        raise exception 'operators change % through pm only: no change is open in this transaction', tg_table_name
          using errcode = '42501';
      end if;
      insert into pm.change_permissions (permission) values (tg_argv[0]) on conflict do nothing;
      return null;
    end $$`,

  `create function pm.recheck() returns trigger language plpgsql ${definer} as $$
    begin
      if not pm.is_owner() then
        perform from pm.operator_logins l
          join public.staff_members m on m.user_id = l.user_id
          join public.staff_role_permissions g on g.role_id = m.role_id
          join public.permissions p on p.id = g.permission_id
          where l.login = session_user and l.disabled is null and p.name = new.permission
          for share of l, m, g;
        if not found then
          raise exception 'the permission % of operator % was revoked', new.permission, session_user using errcode = '42501';
        end if;
      end if;
      delete from pm.change_permissions where transaction_id = new.transaction_id and permission = new.permission;
      return null;
    end $$`,

  `create function pm.no_self_edit() returns trigger language plpgsql ${definer} as $$
    declare
      own uuid := (select user_id from pm.operator_logins where login = session_user);
      touched jsonb[] := array_remove(array[
        case when tg_op <> 'INSERT' then to_jsonb(old) end,
        case when tg_op <> 'DELETE' then to_jsonb(new) end], null);
    begin
      if exists (
        select from unnest(touched) t
        where (t ->> 'user_id')::uuid = own
           or (t ->> 'role_id')::integer = (select role_id from public.staff_members where user_id = own)
              and tg_table_name = 'staff_role_permissions'
      ) then
        raise exception 'operators cannot change their own role or its permissions' using errcode = '42501';
      end if;
      return case when tg_op = 'DELETE' then old else new end;
    end $$`,

  `create function pm.append_only() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
    begin
      raise exception '% on % refused: the record of changes is append-only', tg_op, tg_table_name using errcode = '42501';
    end $$`,
]

const callable = [
  'pm.begin_change(text, text, text, text[], uuid, bigint)',
  'pm.record_refusal(text, text, text[])',
].join(', ')
const triggerFunctions = 'pm.guard(), pm.record_images(), pm.no_self_edit()'

export const guardGrants: readonly string[] = [
  `revoke execute on function ${callable}, ${triggerFunctions}, pm.recheck(), pm.append_only() from public`,
  `grant execute on function ${callable} to pm_operator, current_user`,
  // Needed by whoever attaches the triggers, not by those who fire them.
  `grant execute on function ${triggerFunctions} to current_user`,
]

const appendOnly = (table: string) => [
  `create trigger append_only before update or delete or truncate on pm.${table}
    for each statement execute function pm.append_only()`,
  // ALWAYS: session_replication_role = replica does not switch it off.
  `alter table pm.${table} enable always trigger append_only`,
]

export const guardOwnTriggers: readonly string[] = [
  `create constraint trigger recheck after insert on pm.change_permissions
    deferrable initially deferred for each row execute function pm.recheck()`,
  'alter table pm.change_permissions enable always trigger recheck',
  ...['changes', 'row_images', 'refusals'].flatMap(appendOnly),
]

const mine = "login = session_user or (select pm.has_permission('audit.read'))"

/** Operators see their own changes; those of others need `audit.read`. */
export const auditPolicies: readonly string[] = [
  ...['changes', 'row_images', 'refusals'].map((table) => `alter table pm.${table} enable row level security`),
  ...['changes', 'refusals'].map(
    (table) => `create policy ${table}_read on pm.${table} for select to pm_operator using (${mine})`,
  ),
  `create policy row_images_read on pm.row_images for select to pm_operator
    using ((select pm.has_permission('audit.read')) or change_id in (select id from pm.changes where login = session_user))`,
]
