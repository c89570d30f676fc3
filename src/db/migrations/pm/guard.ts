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

  // Whoever began the job goes on with its change; anybody else who may do the same gets a change of their own.
  `create function pm.join_job(job bigint, request_key uuid) returns bigint language plpgsql ${definer} as $$
    declare
      began pm.changes;
      change bigint;
    begin
      select c.* into began from pm.jobs j join pm.changes c on c.id = j.change_id where j.id = job;
      if began.login = session_user then
        change := began.id;
      else
        select c.change_id into change from pm.job_changes c where c.job_id = job and c.login = session_user;
      end if;
      if change is null then
        change := pm.begin_change(began.command, began.permission, began.reason, began.targets, request_key, null);
        insert into pm.job_changes (job_id, login, change_id) values (job, session_user, change);
        return change;
      end if;
      if not pm.has_permission(began.permission) then
        raise exception 'operator % lacks the permission %', session_user, began.permission using errcode = '42501';
      end if;
      insert into pm.change_transactions (change_id) values (change);
      insert into pm.change_permissions (permission) values (began.permission);
      return change;
    end $$`,

  `create function pm.may_work_on(job bigint) returns boolean language sql stable ${definer}
    return exists (
      select from pm.jobs j join pm.changes c on c.id = j.change_id where j.id = job and pm.has_permission(c.permission))`,

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
  'pm.join_job(bigint, uuid)',
  'pm.may_work_on(bigint)',
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

const ownChange = 'change_id in (select id from pm.changes where login = session_user)'

/** Who began a job fills it; whoever may do what it does can see it and work it off. */
export const jobPolicies: readonly string[] = [
  ...['jobs', 'job_pages', 'job_changes'].map((table) => `alter table pm.${table} enable row level security`),
  `create policy jobs_read on pm.jobs for select to pm_operator using (true)`,
  `create policy jobs_begin on pm.jobs for insert to pm_operator with check (${ownChange})`,
  `create policy jobs_control on pm.jobs for update to pm_operator using (true)`,
  `create policy job_changes_read on pm.job_changes for select to pm_operator using (true)`,
  `create policy job_pages_read on pm.job_pages for select to pm_operator
    using ((select pm.has_permission('audit.read')) or pm.may_work_on(job_id))`,
  `create policy job_pages_begin on pm.job_pages for insert to pm_operator
    with check (job_id in (select id from pm.jobs where ${ownChange}))`,
  `create policy job_pages_work on pm.job_pages for update to pm_operator using (pm.may_work_on(job_id))`,
  'grant select on pm.jobs to pm_operator',
  'grant select, insert on pm.job_pages to pm_operator',
  'grant select on pm.job_changes to pm_operator',
  'grant update (position, done, failed, missed, touched) on pm.job_pages to pm_operator',
]
