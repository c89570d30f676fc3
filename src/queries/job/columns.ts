import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {type MissedItem, skippedOutcomes} from '../../rules/item-outcome.ts'
import {type JobStanding, stalledAfterSeconds} from '../../rules/job-lifecycle.ts'

/** A job with how far it is. */
export interface JobRow {
  job: number
  made: string
  by: string
  headline: string
  standing: JobStanding
  /** What it has to do in all. */
  items: number
  changed: number
  /** What could not be changed when its turn came. */
  failed: number
  /** What was there already. */
  already: number
  /** What it left out from the start, or found changed when its turn came. */
  skipped: number
  left: number
  change: number
  undo_of: number | null
  /** When somebody last gave a sign of working on it. */
  touched: string | null
  /** Since when nobody works on it, though it should run. */
  stalled_since: string | null
  /** Why whoever worked on it last stopped, if nobody has gone on since. */
  stopped: string | null
}

/** The one choice of a job's columns. */
export function selectJobs(db: Reader) {
  return db
    .selectFrom('pm.jobs as j')
    .innerJoin('pm.changes as c', 'c.id', 'j.change_id')
    .leftJoin('users as u', 'u.id', 'c.user_id')
    .innerJoinLateral(
      (eb) => eb.selectFrom('pm.job_pages as p').whereRef('p.job_id', '=', 'j.id').select(totals).as('p'),
      (join) => join.onTrue(),
    )
    .select((eb) => [
      'j.id as job',
      'j.made',
      eb.fn.coalesce('u.email', 'c.login').as('by'),
      'j.headline',
      standing.as('standing'),
      'p.items',
      'p.changed',
      'p.failed',
      'p.already',
      'p.skipped',
      'p.left',
      'c.id as change',
      'j.undo_of',
      'p.touched',
      sql<string | null>`case when ${standing} = 'stalled' then ${lastSign} end`.as('stalled_since'),
      sql<string | null>`case when ${standing} = 'stopped' then p.stopped end`.as('stopped'),
    ])
}

const totals = [
  sql<number>`coalesce(sum(size), 0)::bigint`.as('items'),
  sql<number>`coalesce(sum(done), 0)::bigint`.as('changed'),
  sql<number>`coalesce(sum(failed), 0)::bigint`.as('failed'),
  sql<number>`coalesce(sum(${countMissed('already')}), 0)::bigint`.as('already'),
  sql<number>`coalesce(sum(${countMissed(...skippedOutcomes)}), 0)::bigint`.as('skipped'),
  sql<number>`coalesce(sum(size - position), 0)::bigint`.as('left'),
  sql<number>`count(*)::bigint`.as('pages'),
  sql<boolean>`(array_agg(open order by n desc))[1]`.as('open'),
  sql<string | null>`max(touched)`.as('touched'),
  sql<string | null>`(array_agg(stopped order by touched desc nulls last))[1]`.as('stopped'),
]

// Who may not see what a job has to do sees no pages at all.
const lastSign = sql`coalesce(p.touched, j.made)`
const standing = sql<JobStanding>`case
  when p.left = 0 and p.pages > 0 and not p.open then 'finished'
  when j.state = 'running' and p.stopped is not null then 'stopped'
  when j.state = 'running' and ${lastSign} < clock_timestamp() - make_interval(secs => ${sql.lit(stalledAfterSeconds)})
    then 'stalled'
  else j.state end`

function countMissed(...outcomes: MissedItem['outcome'][]) {
  return sql`(select count(*) from unnest(missed) told where told ->> 'outcome' in (${sql.join(outcomes)}))`
}
