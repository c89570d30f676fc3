import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../../queries/any-of.ts'
import {liveStatuses} from '../../queries/ip/assignments.ts'
import {Conflict} from '../../rules/errors.ts'
import type {Plan} from '../plan.ts'

/**
 * A domain that the plan assigned sends by one IP. Nothing in the tables says so: two operators who assign a domain
 * that had no IP meet at a lock of its own, and the second sees the first.
 * @throws Conflict
 */
export async function verifyOneIp(db: Reader, {rows}: Pick<Plan<object>, 'rows'>): Promise<void> {
  const written = rows.filter(({table, after}) => table === 'public.domain_ip_assignments' && after !== null)
  const ids = written.map(({key}) => String(key.id))
  if (ids.length === 0) return
  const domains = domainsOf(db, ids)
  await lock(db, domains)
  const twice = await db
    .selectFrom('domain_ip_assignments as a')
    .innerJoin('domains as d', 'd.id', 'a.domain_id')
    .where('a.domain_id', 'in', domains)
    .where('a.status', 'in', liveStatuses)
    .groupBy('d.domain')
    .having((eb) => eb.fn.countAll(), '>', 1)
    .select('d.domain')
    .orderBy('d.domain')
    .execute()
  if (twice.length === 0) return
  throw new Conflict(
    `Assigned to another IP meanwhile: ${twice.map(({domain}) => domain).join(', ')}. Nothing was changed.`,
    {
      hint: 'Run the command again to see how things stand now.',
    },
  )
}

// One after the other in the same order everywhere, and held until the end of the transaction.
async function lock(db: Reader, domains: ReturnType<typeof domainsOf>): Promise<void> {
  const key = sql`pg_advisory_xact_lock(hashtextextended(sorted.domain_id::text, 0))`
  await db.selectFrom(domains.orderBy('domain_id').as('sorted')).select(key.as('locked')).execute()
}

function domainsOf(db: Reader, assignmentIds: readonly string[]) {
  return db
    .selectFrom('domain_ip_assignments')
    .where(isAnyOf('id', assignmentIds, 'uuid'))
    .where('status', 'in', liveStatuses)
    .select('domain_id')
    .distinct()
}
