import type {Reader} from '../../db/transaction.ts'
import {countLiveAssignments} from '../../queries/ip/live-counts.ts'
import {Conflict} from '../../rules/errors.ts'
import type {Plan} from '../plan.ts'

/**
 * `assigned_count` of every IP the plan touches equals its live assignments. An assignment that somebody else slipped in
 * after the plan was made shows here.
 * @throws Conflict
 */
export async function verifyCounts(db: Reader, {rows}: Pick<Plan<object>, 'rows'>): Promise<void> {
  const ids = rows.flatMap(({table, key}) => (table === 'public.smtp_ip_addresses' ? [String(key.id)] : []))
  if (ids.length === 0) return
  const live = await countLiveAssignments(db, ids)
  const stored = await db
    .selectFrom('smtp_ip_addresses')
    .where('id', 'in', ids)
    .select(['id', 'ip_address', 'assigned_count'])
    .execute()
  const wrong = stored.filter(({id, assigned_count}) => assigned_count !== (live.get(id) ?? 0))
  if (wrong.length === 0) return
  throw new Conflict(
    `Domains were assigned to ${wrong.map(({ip_address}) => ip_address).join(', ')} meanwhile. Nothing was changed.`,
    {
      hint: 'Run the command again to see how things stand now.',
    },
  )
}
