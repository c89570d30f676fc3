import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {isOfTarget} from '../audit/list.ts'

/** What a change made of an IP: its status and reputation before and after, where the change set them. */
export interface IpStep {
  change: number
  made: string
  status_before: string | null
  status_after: string | null
  reputation_before: string | null
  reputation_after: string | null
}

const mostSteps = 50

/**
 * The last changes of an IP's status and reputation, the oldest first, out of the record of changes: the platform itself
 * keeps only what they are now, so what others than operators changed is not in it.
 */
export async function listIpSteps(db: Reader, {id, ip}: {id: string; ip: string}): Promise<IpStep[]> {
  const of = (side: 'before' | 'after', column: string) =>
    sql<string | null>`${sql.ref(`r.${side}`)} ->> ${sql.lit(column)}`
  const steps = await db
    .selectFrom('pm.changes as c')
    .innerJoin('pm.row_images as r', 'r.change_id', 'c.id')
    .where(isOfTarget(db, 'c.id', [`ip:${ip}`]))
    .where('r.table_name', '=', 'public.smtp_ip_addresses')
    .where(sql<boolean>`coalesce(${of('after', 'id')}, ${of('before', 'id')}) = ${id}`)
    .where(
      sql<boolean>`(${of('before', 'status')}, ${of('before', 'reputation_state')})
        is distinct from (${of('after', 'status')}, ${of('after', 'reputation_state')})`,
    )
    .select(['c.id as change', 'c.made'])
    .select([
      of('before', 'status').as('status_before'),
      of('after', 'status').as('status_after'),
      of('before', 'reputation_state').as('reputation_before'),
      of('after', 'reputation_state').as('reputation_after'),
    ])
    .orderBy('c.id', 'desc')
    .orderBy('r.id', 'desc')
    .limit(mostSteps)
    .execute()
  return steps.toReversed()
}
