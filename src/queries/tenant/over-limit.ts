import {type RawBuilder, sql} from 'kysely'
import type {Operator} from '../../db/identity.ts'
import {readRaw} from '../../db/read-raw.ts'
import type {Reader} from '../../db/transaction.ts'
import {
  type CountedLimit,
  countedLimits,
  type ExceededLimit,
  type Limits,
  uncountedLimits,
} from '../../rules/plan-limits.ts'
import {countedRows} from './usage.ts'

/** The limits that each of many tenants is beyond already; tenants within all of them are not among the keys. */
export async function listOverLimit(
  db: Reader,
  {permissions}: Pick<Operator, 'permissions'>,
  tenantIds: readonly string[],
  limits: Limits,
): Promise<Map<string, ExceededLimit[]>> {
  const hidden = new Set(uncountedLimits(permissions).map(({limit}) => limit))
  const counts = countedLimits.flatMap((limit) => {
    const max = limits[limit]
    return max === null || hidden.has(limit) ? [] : [countBeyond(limit, max)]
  })
  const over = new Map<string, ExceededLimit[]>()
  if (counts.length === 0 || tenantIds.length === 0) return over
  const found = await readRaw(
    db,
    sql<
      ExceededLimit & {tenant_id: string}
    >`with wanted as materialized (select unnest(${[...tenantIds]}::uuid[]) as id)
      ${sql.join(counts, sql` union all `)}`,
  )
  for (const {tenant_id, ...exceeded} of found) over.set(tenant_id, [...(over.get(tenant_id) ?? []), exceeded])
  return over
}

function countBeyond(limit: CountedLimit, max: number): RawBuilder<unknown> {
  return sql`select c.tenant_id, ${sql.lit(limit)} as limit, count(*) as used, ${max}::integer as max
    from ${countedRows[limit]} and c.tenant_id in (select id from wanted) group by c.tenant_id having count(*) > ${max}`
}
