import type {Reader} from '../../db/transaction.ts'
import {NotFound} from '../../rules/errors.ts'
import type {JobStanding} from '../../rules/job-lifecycle.ts'
import {type Ordering, plainly} from '../paging.ts'
import {type JobRow, selectJobs} from './columns.ts'

export const jobOrdering: Ordering = {by: {job: plainly, made: plainly}, default: '-job', key: 'job'}

export interface JobFilter {
  standing?: readonly JobStanding[] | undefined
}

export function listJobs(db: Reader, {standing}: JobFilter) {
  const jobs = selectJobs(db)
  if (standing === undefined) return jobs
  return db.selectFrom(jobs.as('j')).selectAll().where('standing', 'in', standing)
}

/** @throws NotFound */
export async function showJob(db: Reader, id: number): Promise<JobRow> {
  const job = await selectJobs(db).where('j.id', '=', id).executeTakeFirst()
  if (job) return job
  throw new NotFound(`There is no job ${id}.`, {hint: 'See which there are: pm job list'})
}
