import type {AuditedTransaction, Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../../queries/any-of.ts'
import {countLiveAssignments} from '../../queries/ip/live-counts.ts'
import {writeRows} from '../apply.ts'
import type {RowChange} from '../plan.ts'

const assignments = 'public.domain_ip_assignments'
const ips = 'public.smtp_ip_addresses'

/**
 * The IPs whose `assigned_count` follows from what `rows` do to assignments, and is not planned among them: as rows to be
 * locked together with these. They rely on nothing; whatever a count is, `recount` makes it true.
 */
export async function countsThatFollow(db: Reader, rows: readonly RowChange[]): Promise<RowChange[]> {
  const assigned = rows.filter(({table}) => table === assignments)
  if (assigned.length === 0) return []
  const stored = await db
    .selectFrom('domain_ip_assignments')
    .where(
      isAnyOf(
        'id',
        assigned.map(({key}) => String(key.id)),
        'uuid',
      ),
    )
    .select('smtp_ip_address_id as ip')
    .distinct()
    .execute()
  // A new assignment is not stored yet.
  const named = assigned.map(({after}) => after?.smtp_ip_address_id)
  const planned = new Set(rows.filter(isCount).map(({key}) => key.id))
  const following = new Set([...stored.map(({ip}) => ip), ...named].filter((id) => id != null && !planned.has(id)))
  return [...following].map((id) => countOf(String(id), {}, {}))
}

/** Makes counts true, whose rows are locked and whose assignments are written. One that is true is left as it is. */
export async function recount(trx: AuditedTransaction, following: readonly RowChange[]): Promise<void> {
  if (following.length === 0) return
  const ids = following.map(({key}) => String(key.id))
  const live = await countLiveAssignments(trx.reader, ids)
  const stored = await trx.reader
    .selectFrom('smtp_ip_addresses')
    .where(isAnyOf('id', ids, 'uuid'))
    .select(['id', 'assigned_count'])
    .execute()
  const rows = stored.map(({id, assigned_count}) => countOf(id, {assigned_count}, {assigned_count: live.get(id) ?? 0}))
  await writeRows(
    trx,
    rows.filter(({before, after}) => before?.assigned_count !== after?.assigned_count),
  )
}

/** Rows without the counts of IPs, which follow when the others are written. A row that was nothing else is left out. */
export function withoutCounts(rows: readonly RowChange[]): RowChange[] {
  return rows.flatMap((row) => {
    if (!isCount(row) || row.before === null) return row
    const {assigned_count: _before, ...before} = row.before
    const {assigned_count: _after, ...after} = row.after ?? {}
    return Object.keys(after).length === 0 ? [] : {...row, before, after}
  })
}

function countOf(id: string, before: Counted, after: Counted): RowChange {
  return {table: ips, label: `ip ${id}`, key: {id}, before: {...before}, after: {...after}}
}

interface Counted {
  assigned_count?: number | null
}

function isCount({table, after}: RowChange): boolean {
  return table === ips && after !== null && Object.hasOwn(after, 'assigned_count')
}
