import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../../queries/any-of.ts'
import {liveStatuses} from '../../queries/ip/assignments.ts'
import {Conflict} from '../../rules/errors.ts'
import type {Plan, RowChange} from '../plan.ts'

/**
 * A domain that the plan assigned sends by one IP. Nothing in the tables says so: two operators who assign a domain
 * that had no IP meet at a lock of its own, and the second sees the first. One that the plan takes off another IP as well
 * only moves: whoever else assigns it sees the one or the other, and if it sent by two before, that is not this plan's doing.
 * @throws Conflict
 */
export async function verifyOneIp(db: Reader, {rows}: Pick<Plan<object>, 'rows'>): Promise<void> {
  const assignments = rows.filter(({table}) => table === 'public.domain_ip_assignments')
  if (assignments.every(({after}) => after === null)) return
  const domains = addedTo(db, assignments)
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
async function lock(db: Reader, domains: ReturnType<typeof addedTo>): Promise<void> {
  const key = sql`pg_advisory_xact_lock(hashtextextended(sorted.domain_id::text, 0))`
  await db.selectFrom(domains.orderBy('domain_id').as('sorted')).select(key.as('locked')).execute()
}

/** The domains of assignments that are live now, but of those of which another ended. */
function addedTo(db: Reader, assignments: readonly RowChange[]) {
  const ids = assignments.map(({key}) => String(key.id))
  const gone = assignments.flatMap(({before, after}) => (after === null ? (before?.domain_id ?? []) : []))
  return db
    .selectFrom('domain_ip_assignments as one')
    .where(isAnyOf('one.id', ids, 'uuid'))
    .where('one.status', 'in', liveStatuses)
    .where((eb) => eb.not(isAnyOf('one.domain_id', gone.map(String), 'uuid')))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('domain_ip_assignments as ended')
            .whereRef('ended.domain_id', '=', 'one.domain_id')
            .where(isAnyOf('ended.id', ids, 'uuid'))
            .where('ended.status', 'not in', liveStatuses)
            .select('ended.id'),
        ),
      ),
    )
    .select('one.domain_id')
    .distinct()
}
