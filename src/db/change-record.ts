import {sql, type Transaction} from 'kysely'
import type {Permission} from '../rules/permissions.ts'
import type {Operator} from './identity.ts'
import type {Database} from './schema.ts'

/** What the audit record says of a change besides its rows. */
export interface ChangeHeader {
  /** The command line as typed. No secret is ever an argument. */
  command: string
  permission: Permission
  reason: string | null
  /** What was touched, as `noun:name`, such as `ip:203.0.113.24`. */
  targets: readonly string[]
  undoOf: number | null
  /** The job that this is a part of: its transactions share one change of the operator's. */
  job?: number
}

/**
 * Opens a change in this transaction, or goes on with the job's, and returns its id. The database's guard checks the
 * permission as it does.
 */
export async function openChange(
  trx: Transaction<Database>,
  operator: Operator,
  header: ChangeHeader,
  requestKey: string,
): Promise<number> {
  return header.job === undefined
    ? beginChange(trx, operator, header, requestKey)
    : joinJob(trx, operator, {...header, job: header.job}, requestKey)
}

async function beginChange(
  trx: Transaction<Database>,
  operator: Operator,
  {command, permission, reason, targets, undoOf}: ChangeHeader,
  requestKey: string,
): Promise<number> {
  if (operator.enforced_by === 'database') {
    const {rows} = await sql<{id: number}>`select pm.begin_change(${command}, ${permission}, ${reason}, ${[...targets]},
      ${requestKey}, ${undoOf}) as id`.execute(trx)
    return theId(rows)
  }
  const {login, user_id, role} = operator
  const rows = await trx
    .insertInto('pm.changes')
    .values({
      command,
      permission,
      reason,
      targets: [...targets],
      login,
      user_id,
      role,
      undo_of: undoOf,
      request_key: requestKey,
      enforced_by: 'transaction',
    })
    .returning('id')
    .execute()
  const id = theId(rows)
  await recordTargets(trx, id, targets)
  return id
}

// To be found by them. Where there is a guard, the guard keeps them.
async function recordTargets(trx: Transaction<Database>, changeId: number, targets: readonly string[]): Promise<void> {
  await sql`insert into pm.change_targets select unnest(${[...targets]}::text[]), ${changeId}`.execute(trx)
}

/** Keeps what the items of a job's page touch, once the first of them are worked off. Where there is a guard, it does. */
export async function recordPageTargets(trx: Transaction<Database>, job: number, page: number): Promise<void> {
  await sql`insert into pm.change_targets select unnest(p.targets), j.change_id
    from pm.job_pages p join pm.jobs j on j.id = p.job_id where p.job_id = ${job} and p.n = ${page}`.execute(trx)
}

async function joinJob(
  trx: Transaction<Database>,
  operator: Operator,
  header: ChangeHeader & {job: number},
  requestKey: string,
): Promise<number> {
  const {job} = header
  if (operator.enforced_by === 'database') {
    const {rows} = await sql<{id: number}>`select pm.join_job(${job}, ${requestKey}) as id`.execute(trx)
    return theId(rows)
  }
  const known = await ownChangeOf(trx, operator, job)
  if (known !== undefined) return known
  const change = await beginChange(trx, operator, header, requestKey)
  await trx.insertInto('pm.job_changes').values({job_id: job, login: operator.login, change_id: change}).execute()
  return change
}

// Where identities are declared all operators share a login: it is the user who began it, or did not.
async function ownChangeOf(trx: Transaction<Database>, {login, user_id}: Operator, job: number) {
  const began = await trx
    .selectFrom('pm.jobs as j')
    .innerJoin('pm.changes as c', 'c.id', 'j.change_id')
    .where('j.id', '=', job)
    .where('c.user_id', '=', user_id)
    .select('c.id')
    .executeTakeFirst()
  if (began) return began.id
  const joined = trx.selectFrom('pm.job_changes').where('job_id', '=', job).where('login', '=', login)
  return (await joined.select('change_id as id').executeTakeFirst())?.id
}

function theId(rows: readonly {id: number}[]): number {
  const [row] = rows
  if (!row) throw new Error('The change was not opened.')
  return row.id
}
