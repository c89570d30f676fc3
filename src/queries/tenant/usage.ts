import {type RawBuilder, sql} from 'kysely'
import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {planWords} from '../../rules/plan-columns.ts'
import {type CountedLimit, countedLimits, type Limits, type Usage, uncountedLimits} from '../../rules/plan-limits.ts'
import {liveStatuses} from '../ip/assignments.ts'

const live = sql.join(liveStatuses.map((status) => sql.lit(status)))

/**
 * The rows that each limit counts, of all tenants: to be narrowed by `and c.tenant_id = …`, or grouped by it. Users who
 * left do not count; a month is a calendar month in UTC; a domain warms up as long as a live assignment of it does.
 */
export const countedRows: Readonly<Record<CountedLimit, RawBuilder<unknown>>> = {
  max_users: sql`tenant_users c where c.deleted is null`,
  max_domains: sql`domains c where true`,
  max_email_accounts: sql`email_accounts c where true`,
  max_campaigns_per_month: sql`campaigns c where c.created >= date_trunc('month', now(), 'UTC')`,
  max_contacts: sql`leads c where true`,
  max_warmups: sql`domains c where exists (select from domain_ip_assignments a
    where a.domain_id = c.id and a.status in (${live}) and a.warmup_state = 'warming')`,
}

/** How much a tenant uses of what its plan limits. What the operator may not see is null, and not none. */
export async function tenantUsage(
  db: Reader,
  {permissions}: Pick<Operator, 'permissions'>,
  tenantId: string,
): Promise<Usage> {
  const count = <Limit extends CountedLimit>(limit: Limit) =>
    sql<number>`(select count(*) from ${countedRows[limit]} and c.tenant_id = ${tenantId}::uuid)`.as(limit)
  const counts = await db
    .selectNoFrom([
      count('max_users'),
      count('max_domains'),
      count('max_email_accounts'),
      count('max_campaigns_per_month'),
      count('max_contacts'),
      count('max_warmups'),
    ])
    .executeTakeFirstOrThrow()
  const hidden = uncountedLimits(permissions).map(({limit}) => [limit, null])
  return {...counts, ...Object.fromEntries(hidden)}
}

/** One thing a plan limits: how much of it a tenant uses, and how much it may. */
export interface UsageRow {
  limit: CountedLimit
  what: string
  /** Null where the operator may not see it. */
  used: number | null
  /** Null for no limit, and where nothing is subscribed to. */
  max: number | null
}

/** A tenant's use beside its plan's limits. */
export function usageRows(usage: Usage, limits: Limits | undefined): UsageRow[] {
  return countedLimits.map((limit) => ({
    limit,
    what: planWords[limit],
    used: usage[limit],
    max: limits?.[limit] ?? null,
  }))
}
