/**
 * Which changes touched a thing, one row a target; what a job is to touch, the change that begins it does. The arrays of
 * pm.changes and pm.job_pages cannot be looked up: their operator is not leakproof, so behind the policies an index on them
 * answers nobody (as in names.ts). Without a foreign key, as the images of rows are.
 */
export const targetTable: readonly string[] = [
  `create table pm.change_targets (
    target text not null,
    change_id bigint not null,
    primary key (target, change_id)
  )`,
  `insert into pm.change_targets
    select unnest(targets), id from pm.changes
    union select unnest(p.targets), j.change_id from pm.job_pages p join pm.jobs j on j.id = p.job_id`,
  'drop index pm.changes_targets, pm.job_pages_targets',
  'drop index pm.changes_made',
  'create index changes_made on pm.changes (made, id)',
  'create index changes_user on pm.changes (user_id, id)',
]

/**
 * Two pages of a job may name the same target, which stands there twice then. Nobody minds who looks it up, and to ask of
 * each whether it is there already cost as much as to write it.
 */
export const repeatableTargets: readonly string[] = [
  'alter table pm.change_targets drop constraint change_targets_pkey',
  'create index change_targets_target on pm.change_targets (target, change_id)',
]

const definer = 'security definer set search_path = pg_catalog, pg_temp'

/** Where there is a guard, it keeps them: operators write no record of theirs. */
export const guardedTargets: readonly string[] = [
  'alter table pm.change_targets owner to pm_guard',
  'grant select on pm.change_targets to pm_operator',
  'set local role pm_guard',
  ...keepTargets('changes', 'record_targets', 'new.id'),
  ...keepTargets('job_pages', 'record_page_targets', '(select change_id from pm.jobs where id = new.job_id)'),
  `create trigger append_only before update or delete or truncate on pm.change_targets
    for each statement execute function pm.append_only()`,
  'alter table pm.change_targets enable always trigger append_only',
  'alter table pm.change_targets enable row level security',
  `create policy change_targets_read on pm.change_targets for select to pm_operator
    using ((select pm.has_permission('audit.read')) or change_id in (select id from pm.changes where login = session_user))`,
  'reset role',
]

function keepTargets(table: string, name: string, change: string): string[] {
  return [
    `create function pm.${name}() returns trigger language plpgsql ${definer} as $$
      begin
        insert into pm.change_targets select unnest(new.targets), ${change} on conflict do nothing;
        return null;
      end $$`,
    `revoke execute on function pm.${name}() from public`,
    `create trigger ${name} after insert on pm.${table} for each row execute function pm.${name}()`,
    `alter table pm.${table} enable always trigger ${name}`,
  ]
}

/**
 * What a page's items touch is kept when the first of them are worked off, rather than for all of a job when it begins:
 * then several sessions do it at the same time, and what a job never came to is not told of as touched. Nothing conflicts
 * any more, and to be ready for it cost a third more records of the log.
 */
export const targetsOfWork: readonly string[] = [
  `create or replace function pm.record_page_targets() returns trigger language plpgsql ${definer} as $$
    begin
      insert into pm.change_targets select unnest(new.targets), (select change_id from pm.jobs where id = new.job_id);
      return null;
    end $$`,
  'drop trigger record_page_targets on pm.job_pages',
  `create trigger record_page_targets after update of position on pm.job_pages for each row
    when (old.position = 0 and new.position > 0) execute function pm.record_page_targets()`,
  'alter table pm.job_pages enable always trigger record_page_targets',
  // Whose job a page is of, operators cannot change: that need not be asked again of what they wrote.
  'alter policy job_pages_work on pm.job_pages with check (true)',
]
