import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {JobState} from '../../rules/job-lifecycle.ts'

/** How far a job is, whoever works on it. */
export interface JobProgress {
  state: JobState
  /** How many items it has to do in all. */
  items: number
  /** How many of them are worked off: changed, or found not to be possible any more. */
  worked_off: number
  changed: number
  failed: number
  /** Whether an operator has stopped all jobs: system_config, key `pm.jobs_halted`. */
  halted: boolean
}

export const haltKey = 'pm.jobs_halted'

export async function jobProgress(db: Reader, id: number): Promise<JobProgress> {
  return db
    .selectFrom('pm.jobs as j')
    .leftJoin('pm.job_pages as p', 'p.job_id', 'j.id')
    .where('j.id', '=', id)
    .groupBy('j.id')
    .select((eb) => [
      'j.state',
      eb.fn.coalesce(eb.fn.sum<number>('p.size'), sql.lit(0)).as('items'),
      eb.fn.coalesce(eb.fn.sum<number>('p.position'), sql.lit(0)).as('worked_off'),
      eb.fn.coalesce(eb.fn.sum<number>('p.done'), sql.lit(0)).as('changed'),
      eb.fn.coalesce(eb.fn.sum<number>('p.failed'), sql.lit(0)).as('failed'),
      sql<boolean>`exists (select from system_config where key = ${haltKey} and value = 'true')`.as('halted'),
    ])
    .executeTakeFirstOrThrow()
}
