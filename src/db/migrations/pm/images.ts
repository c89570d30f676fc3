const definer = 'security definer set search_path = pg_catalog, pg_temp'

/**
 * Row images: what each changed row was before and after, written by statement triggers over transition tables
 * (half the cost of row triggers). Secrets never reach them: a masked column says only whether it changed.
 */
export const imageFunctions: readonly string[] = [
  `create function pm.hide(image jsonb, other jsonb, columns text[]) returns jsonb language sql immutable
    set search_path = pg_catalog, pg_temp
    return image || (
      select coalesce(jsonb_object_agg(c, case when image -> c is distinct from other -> c and other is not null
        then '(masked, differs)' else '(masked)' end), '{}')
      from unnest(columns) c where image -> c <> 'null')`,

  `create function pm.masked(table_name text, image jsonb, other jsonb) returns jsonb language sql immutable
    set search_path = pg_catalog, pg_temp
    return case
      when table_name = 'email_accounts' then pm.hide(image, other, '{vault_key_path,imap_settings,smtp_settings}')
      when table_name = 'system_config' and (image -> 'is_sensitive' = 'true' or other -> 'is_sensitive' = 'true')
        then pm.hide(image, other, '{value}')
      else image end`,

  `create function pm.record_images() returns trigger language plpgsql ${definer} as $$
    declare
      change bigint := (select change_id from pm.change_transactions where transaction_id = pg_current_xact_id_if_assigned());
      -- Asked once a statement: the call of a function per row would double what the images of a hundred thousand rows cost.
      secret boolean := tg_table_name in ('email_accounts', 'system_config');
    begin
      if change is null then return null; end if;
      if tg_op = 'INSERT' then
        insert into pm.row_images (change_id, table_name, op, after)
          select change, tg_argv[0], 'insert', case when secret then pm.masked(tg_table_name, to_jsonb(n), null) else to_jsonb(n) end
          from new_rows n;
      elsif tg_op = 'DELETE' then
        insert into pm.row_images (change_id, table_name, op, before)
          select change, tg_argv[0], 'delete', case when secret then pm.masked(tg_table_name, to_jsonb(o), null) else to_jsonb(o) end
          from old_rows o;
      else
        execute format(
          'insert into pm.row_images (change_id, table_name, op, before, after)
           select $1, $2, ''update'',
             case when $4 then pm.masked($3, to_jsonb(o), to_jsonb(n)) else to_jsonb(o) end,
             case when $4 then pm.masked($3, to_jsonb(n), to_jsonb(o)) else to_jsonb(n) end
           from old_rows o join new_rows n using (%s) where o is distinct from n', tg_argv[1])
          using change, tg_argv[0], tg_table_name::text, secret;
      end if;
      return null;
    end $$`,
]
