import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {ItemOutcome} from '../../rules/item-outcome.ts'
import {type Ordering, plainly} from '../paging.ts'

/** What became of one item of a job. */
export interface JobResult {
  /** Its number in the job, in the order of the work; what was left out comes behind what was planned with it. */
  row: number
  /** The line of the list in which it was named; null where it came from no list. */
  line: number | null
  target: string
  outcome: ItemOutcome
  reason: string | null
}

// What a canceled job left is still to do, and no longer by that job.
const whyWaiting = sql`case j.state when 'canceled' then 'The job was canceled before its turn.' else 'It is not its turn yet.' end`

export const resultOrdering: Ordering = {by: {row: plainly}, default: 'row', key: 'row', neverNull: ['row']}

// A page without items tells what was left out.
const told = sql`case p.size when 0 then cardinality(p.missed) else p.size end`

/** The items of a job, worked off and waiting, and what was left out when it was planned. */
export function listResults(db: Reader, job: number, outcomes: readonly ItemOutcome[] | undefined) {
  const pages = sql`select p.position, p.items, p.missed, sum(${told}) over (order by p.n) - ${told} as before
    from pm.job_pages p where p.job_id = ${job}`
  const results = sql<JobResult>`(
    select (p.before + i.at)::int as row, (i.item ->> 'line')::int as line, i.item ->> 'target' as target,
      case when i.at > p.position then 'waiting' else coalesce(m.told ->> 'outcome', 'changed') end as outcome,
      case when i.at > p.position then ${whyWaiting} else m.told ->> 'reason' end as reason
    from (${pages}) p join pm.jobs j on j.id = ${job}
    cross join lateral json_array_elements(p.items) with ordinality i (item, at)
    left join lateral (
      select told from unnest(p.missed) told where told ->> 'target' = i.item ->> 'target' limit 1
    ) m on true
    union all
    select (p.before + m.at)::int, (m.told ->> 'line')::int, m.told ->> 'target', m.told ->> 'outcome', m.told ->> 'reason'
    from (${pages}) p cross join lateral unnest(p.missed) with ordinality m (told, at)
    where json_array_length(p.items) = 0)`
  const all = db
    .selectFrom(results.as<'r'>(sql.ref('r')))
    .select(['r.row', 'r.line', 'r.target', 'r.outcome', 'r.reason'])
  return outcomes === undefined ? all : all.where('r.outcome', 'in', outcomes)
}
