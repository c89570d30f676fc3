/** What pm keeps in its own schema, on any PostgreSQL: who operates, what they changed, what they were refused. */
export const pmTables: readonly string[] = [
  `create table pm.operator_logins (
    login text primary key,
    user_id uuid not null unique,
    enrolled timestamptz not null default now(),
    disabled timestamptz
  )`,

  `create table pm.changes (
    id bigint generated always as identity primary key,
    command text not null,
    permission text not null,
    reason text,
    targets text[] not null,
    login text not null,
    user_id uuid,
    role text not null,
    undo_of bigint references pm.changes (id),
    -- chosen by the client, so that it can ask after a lost connection whether its commit arrived
    request_key uuid not null unique,
    enforced_by text not null check (enforced_by in ('database', 'transaction')),
    client inet default inet_client_addr(),
    made timestamptz not null default clock_timestamp()
  )`,
  'create index changes_targets on pm.changes using gin (targets)',
  'create index changes_login on pm.changes (login, id)',
  'create index changes_made on pm.changes (made)',
  // Unique: of two operators who undo the same change at once, one does.
  'create unique index changes_undo_of on pm.changes (undo_of) where undo_of is not null',

  // The images of an open change, which nobody deletes: a foreign key would only be looked up for every row of a job.
  `create table pm.row_images (
    id bigint generated always as identity primary key,
    change_id bigint not null,
    table_name text not null,
    op text not null check (op in ('insert', 'update', 'delete')),
    before jsonb,
    after jsonb
  )`,
  'create index row_images_change on pm.row_images (change_id, id)',

  `create table pm.refusals (
    id bigint generated always as identity primary key,
    command text not null,
    permission text not null,
    targets text[] not null,
    login text not null,
    user_id uuid,
    made timestamptz not null default clock_timestamp()
  )`,

  `create table pm.jobs (
    id bigint generated always as identity primary key,
    -- who began it, with which command and permission; what its creator's transactions write belongs to this change
    change_id bigint not null unique references pm.changes (id),
    headline text not null,
    undo_of bigint references pm.jobs (id),
    -- it stops by itself once more items than this have failed
    max_failures integer not null,
    state text not null default 'running' check (state in ('running', 'paused', 'canceled')),
    made timestamptz not null default clock_timestamp()
  )`,

  // A page never changes but for how far its items are worked off, so that nobody can slip work into another's job.
  `create table pm.job_pages (
    job_id bigint not null references pm.jobs (id),
    n integer not null,
    items json not null,
    -- noun:name of all that its items touch, for looking up what was done to one of them
    targets text[] not null,
    size integer not null,
    position integer not null default 0 check (position between 0 and size),
    done integer not null default 0,
    failed integer not null default 0,
    missed json[] not null default '{}',
    touched timestamptz,
    primary key (job_id, n)
  )`,
  'create index job_pages_targets on pm.job_pages using gin (targets)',
  'create index job_pages_open on pm.job_pages (job_id, n) where position < size',

  // Under which change others than its creator work on a job.
  `create table pm.job_changes (
    job_id bigint not null references pm.jobs (id),
    login text not null,
    change_id bigint not null references pm.changes (id),
    primary key (job_id, login)
  )`,
]
