import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {haltKey} from '../../rules/config-key.ts'
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
  /** Whether it gets more to do while it is worked on. */
  open: boolean
  /** Whether an operator has stopped all jobs. Whoever got anything but false in there meant to. */
  halted: boolean
  /** For how long nobody has given a sign of working on it. */
  quiet_seconds: number
}

export async function jobProgress(db: Reader, id: number): Promise<JobProgress> {
  return db
    .selectFrom('pm.jobs as j')
    .leftJoin('pm.job_pages as p', 'p.job_id', 'j.id')
    .where('j.id', '=', id)
    .groupBy('j.id')
    .select([
      'j.state',
      sql<number>`coalesce(sum(p.size), 0)::bigint`.as('items'),
      sql<number>`coalesce(sum(p.position), 0)::bigint`.as('worked_off'),
      sql<number>`coalesce(sum(p.done), 0)::bigint`.as('changed'),
      sql<number>`coalesce(sum(p.failed), 0)::bigint`.as('failed'),
      sql<boolean>`coalesce((array_agg(p.open order by p.n desc))[1], false)`.as('open'),
      sql<number>`extract(epoch from clock_timestamp() - coalesce(max(p.touched), j.made))::float8`.as('quiet_seconds'),
      sql<boolean>`exists (select from system_config where key = ${haltKey} and value not in ('false', 'null'))`.as(
        'halted',
      ),
    ])
    .executeTakeFirstOrThrow()
}
