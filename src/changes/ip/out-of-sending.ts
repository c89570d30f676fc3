import type {Expression, SqlBool} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../../queries/any-of.ts'
import {liveStatuses} from '../../queries/ip/assignments.ts'
import {Conflict} from '../../rules/errors.ts'
import {isOutOfSending, outOfSending} from '../../rules/ip-lifecycle.ts'
import type {Plan, RowChange} from '../plan.ts'

/**
 * No domain sends by an IP that is quarantined or burned: neither one that the plan brought there, nor one that is on an IP
 * that the plan took out of sending. What another session did meanwhile shows here, since the IP's row is locked.
 * @throws Conflict naming a domain and its IP
 */
export async function verifyMaySend(db: Reader, {rows}: Pick<Plan<object>, 'rows'>): Promise<void> {
  const brought = keysOf(rows.filter(({table, after}) => table === 'public.domain_ip_assignments' && after !== null))
  const takenOut = keysOf(rows.filter(takesOut))
  const wrong =
    (brought.length > 0 ? await findOn(db, isAnyOf('a.id', brought, 'uuid')) : undefined) ??
    (takenOut.length > 0 ? await findOn(db, isAnyOf('a.smtp_ip_address_id', takenOut, 'uuid')) : undefined)
  if (!wrong) return
  const {domain, ip, status} = wrong
  throw new Conflict(`${domain} would send by ${ip}, which is ${status}. Nothing was changed.`, {
    hint: 'Run the command again to see how things stand now.',
    details: {domain, ip, status},
  })
}

function takesOut({table, after}: RowChange): boolean {
  return table === 'public.smtp_ip_addresses' && isOutOfSending(after?.status)
}

function keysOf(rows: readonly RowChange[]): string[] {
  return rows.map(({key}) => String(key.id))
}

function findOn(db: Reader, assignment: Expression<SqlBool>) {
  return db
    .selectFrom('domain_ip_assignments as a')
    .innerJoin('smtp_ip_addresses as i', 'i.id', 'a.smtp_ip_address_id')
    .innerJoin('domains as d', 'd.id', 'a.domain_id')
    .where(assignment)
    .where('a.status', 'in', liveStatuses)
    .where('i.status', 'in', outOfSending)
    .select(['d.domain', 'i.ip_address as ip', 'i.status'])
    .orderBy('d.domain')
    .executeTakeFirst()
}
