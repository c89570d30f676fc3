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
  const tenants = sql`any(${[...tenantIds]}::uuid[])`
  const over = new Map<string, ExceededLimit[]>()
  for (const limit of countedLimits) {
    const max = limits[limit]
    if (max === null || hidden.has(limit)) continue
    for (const {tenant_id, used} of await countBeyond(db, limit, tenants, max))
      over.set(tenant_id, [...(over.get(tenant_id) ?? []), {limit, used, max}])
  }
  return over
}

function countBeyond(db: Reader, limit: CountedLimit, tenants: RawBuilder<unknown>, max: number) {
  return readRaw(
    db,
    sql<{tenant_id: string; used: number}>`select c.tenant_id, count(*) as used from ${countedRows[limit]}
      and c.tenant_id = ${tenants} group by c.tenant_id having count(*) > ${max}`,
  )
}
