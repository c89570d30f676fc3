import {type RawBuilder, sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../any-of.ts'
import {type Ordering, plainly} from '../paging.ts'

/**
 * A change as it stands in the record. `undone_by` is the last change that put all of it back, `partly_undone_by` the last
 * that put a part back; one that put nothing back is neither.
 */
export interface ChangeRow {
  id: number
  made: string
  by: string
  role: string
  command: string
  targets: string[]
  rows: number
  reason: string | null
  undo_of: number | null
  undone_by: number | null
  partly_undone_by: number | null
  permission: string
  enforced_by: 'database' | 'transaction'
}

export interface ChangeFilter {
  /** `noun:name`, or a name alone for any noun. */
  target?: string | undefined
  /** Login or e-mail. */
  by?: string | undefined
  since?: string | undefined
  /** How the command begins, with or without `pm`: `ip quarantine`. */
  command?: string | undefined
}

export const changeOrdering: Ordering = {
  by: {id: plainly, made: plainly},
  default: '-id',
  key: 'id',
  neverNull: ['id', 'made'],
}

/** The one choice of a change's columns. */
export function selectChanges(db: Reader) {
  return db
    .selectFrom('pm.changes as c')
    .leftJoin('users as u', 'u.id', 'c.user_id')
    .innerJoinLateral(undos.as<'n'>(sql.ref('n')), (join) => join.onTrue())
    .select((eb) => [
      'c.id',
      'c.made',
      eb.fn.coalesce('u.email', 'c.login').as('by'),
      'c.role',
      'c.command',
      'c.targets',
      eb
        .selectFrom('pm.row_images as r')
        .whereRef('r.change_id', '=', 'c.id')
        .select((images) => images.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('rows'),
      'c.reason',
      'c.undo_of',
      'n.undone_by',
      'n.partly_undone_by',
      'c.permission',
      'c.enforced_by',
    ])
}

// What a job has put back stands in its pages; without such, a change was undone at once, and whole.
const undos = sql<Pick<ChangeRow, 'undone_by' | 'partly_undone_by'>>`(
  select max(m.id) filter (where coalesce(p.done > 0 and p.whole, true)) as undone_by,
    max(m.id) filter (where p.done > 0 and not p.whole) as partly_undone_by
  from pm.changes m left join pm.jobs j on j.change_id = m.id cross join lateral (
    select sum(done) as done, bool_and(position = size and not exists (
      select from unnest(missed) told where told ->> 'outcome' <> 'already')) as whole
    from pm.job_pages where job_id = j.id) p
  where m.undo_of = c.id)`

export function listChanges(db: Reader, {target, by, since, command}: ChangeFilter) {
  let changes = selectChanges(db)
  if (target !== undefined) changes = changes.where(isOfTarget(db, 'c.id', targetNames(target)))
  if (by !== undefined)
    changes = changes.where((eb) =>
      eb.or([eb('c.login', '=', by), sql<boolean>`c.user_id = any(array(${usersOf(db, by)}))`]),
    )
  if (since !== undefined) changes = changes.where('c.made', '>=', since)
  if (command !== undefined)
    changes = changes.where('c.command', 'like', `pm ${command.replace(/^pm /, '').replaceAll(/[\\%_]/g, '\\$&')}%`)
  return changes
}

/** The last changes that touched something, newest first. */
export function listChangesOf(db: Reader, target: string, limit: number) {
  return listChanges(db, {target}).orderBy('c.id', 'desc').limit(limit).execute()
}

const nouns = [
  'ip',
  'domain',
  'tenant',
  'plan',
  'subscription',
  'user',
  'staff',
  'role',
  'flag',
  'config',
  'vps',
  'campaign',
  'account',
  'login',
  'company',
  'job',
]

/** Whether the change with this id touched one of these, itself or as a part of somebody's job that did. */
export function isOfTarget(db: Reader, id: string, targets: readonly string[]): RawBuilder<boolean> {
  const began = db
    .selectFrom('pm.change_targets as g')
    .where(isAnyOf('g.target', targets, 'text'))
    .select('g.change_id')
  const joined = began
    .innerJoin('pm.jobs as w', 'w.change_id', 'g.change_id')
    .innerJoin('pm.job_changes as x', 'x.job_id', 'w.id')
    .clearSelect()
    .select('x.change_id')
  return sql`${sql.ref(id)} = any(array(${began.unionAll(joined)}))`
}

/** The users with this e-mail address, in any case. */
export function usersOf(db: Reader, email: string) {
  return db.selectFrom('users').where(sql<string>`lower(email)`, '=', email.toLowerCase()).select('id')
}

function targetNames(target: string): string[] {
  const noun = nouns.find((known) => target.startsWith(`${known}:`))
  return noun ? [target] : nouns.map((known) => `${known}:${target}`)
}
