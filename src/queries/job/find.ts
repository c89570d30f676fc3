import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {NotFound} from '../../rules/errors.ts'
import type {JobState} from '../../rules/job-lifecycle.ts'
import type {Permission} from '../../rules/permissions.ts'

/** A job as whoever works on it must know it. */
export interface FoundJob {
  id: number
  headline: string
  state: JobState
  command: string
  permission: Permission
  reason: string | null
  targets: string[]
  max_failures: number
}

/** @throws NotFound */
export async function getJob(db: Reader, id: number): Promise<FoundJob> {
  const job = await db
    .selectFrom('pm.jobs as j')
    .innerJoin('pm.changes as c', 'c.id', 'j.change_id')
    .where('j.id', '=', id)
    .select(['j.id', 'j.headline', 'j.state', 'c.command', 'c.reason', 'c.targets', 'j.max_failures'])
    .select(sql<Permission>`c.permission`.as('permission'))
    .executeTakeFirst()
  if (job) return job
  throw new NotFound(`There is no job ${id}.`, {hint: 'See which there are: pm job list'})
}
