import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../../queries/any-of.ts'
import {countLiveAssignments} from '../../queries/ip/live-counts.ts'
import {Conflict} from '../../rules/errors.ts'
import type {Plan} from '../plan.ts'

/**
 * Every `assigned_count` that the plan sets equals the IP's live assignments. An assignment that somebody else slipped in
 * after the plan was made shows here. An IP whose count the plan leaves alone may be off: that is not this plan's doing.
 * @throws Conflict
 */
export async function verifyCounts(db: Reader, {rows}: Pick<Plan<object>, 'rows'>): Promise<void> {
  const counted = rows.filter(({table, after}) => table === 'public.smtp_ip_addresses' && after?.assigned_count != null)
  const ids = counted.map(({key}) => String(key.id))
  if (ids.length === 0) return
  const live = await countLiveAssignments(db, ids)
  const stored = await db
    .selectFrom('smtp_ip_addresses')
    .where(isAnyOf('id', ids, 'uuid'))
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
