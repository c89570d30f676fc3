import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {type Ordering, plainly} from '../paging.ts'

/** A change as it stands in the record. `undone_by` is the change that put it back. */
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
  permission: string
  enforced_by: 'database' | 'transaction'
}

export interface ChangeFilter {
  /** `noun:name`, or a name alone for any noun. */
  target?: string | undefined
  /** Login or e-mail. */
  by?: string | undefined
  since?: string | undefined
  /** How the command begins: `ip quarantine`. */
  command?: string | undefined
}

export const changeOrdering: Ordering = {by: {id: plainly, made: plainly}, default: '-id', key: 'id'}

/** The one choice of a change's columns. */
export function selectChanges(db: Reader) {
  return db
    .selectFrom('pm.changes as c')
    .leftJoin('users as u', 'u.id', 'c.user_id')
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
      eb
        .selectFrom('pm.changes as n')
        .whereRef('n.undo_of', '=', 'c.id')
        .select((undos) => undos.fn.max('n.id').as('id'))
        .as('undone_by'),
      'c.permission',
      'c.enforced_by',
    ])
}

export function listChanges(db: Reader, {target, by, since, command}: ChangeFilter) {
  let changes = selectChanges(db)
  if (target !== undefined) changes = changes.where(sql<boolean>`c.id in (${touching(targetNames(target))})`)
  if (by !== undefined)
    changes = changes.where((eb) => eb.or([eb('c.login', '=', by), eb(sql`lower(u.email)`, '=', by.toLowerCase())]))
  if (since !== undefined) changes = changes.where('c.made', '>=', since)
  if (command !== undefined)
    changes = changes.where('c.command', 'like', `pm ${command.replaceAll(/[\\%_]/g, '\\$&')}%`)
  return changes
}

/** The last changes that touched something, newest first. */
export function listChangesOf(db: Reader, target: string, limit: number) {
  return listChanges(db, {target}).orderBy('c.id', 'desc').limit(limit).execute()
}

// What a job touches stands with its pages. A union, so that each half finds its index.
function touching(names: readonly string[]) {
  const some = sql`${[...names]}::text[]`
  const jobs = sql`select p.job_id from pm.job_pages p where p.targets && ${some}`
  return sql`select id from pm.changes where targets && ${some}
    union all select change_id from pm.jobs where id in (${jobs})
    union all select change_id from pm.job_changes where job_id in (${jobs})`
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

function targetNames(target: string): string[] {
  const noun = nouns.find((known) => target.startsWith(`${known}:`))
  return noun ? [target] : nouns.map((known) => `${known}:${target}`)
}
