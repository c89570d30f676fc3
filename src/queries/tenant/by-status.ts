import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'

/** How many there are in a state. */
export interface StatusCount {
  status: string | null
  count: number
}

/** A tenant's domains by verification state, most first. */
export async function domainsByStatus(db: Reader, tenantId: string): Promise<StatusCount[]> {
  return byStatus(db, tenantId, 'domains', 'verification_status')
}

/** A tenant's campaigns by state, most first. */
export async function campaignsByStatus(db: Reader, tenantId: string): Promise<StatusCount[]> {
  return byStatus(db, tenantId, 'campaigns', 'status')
}

/** A tenant's leads by state, most first. */
export async function leadsByStatus(db: Reader, tenantId: string): Promise<StatusCount[]> {
  return byStatus(db, tenantId, 'leads', 'status')
}

async function byStatus(
  db: Reader,
  tenantId: string,
  table: 'domains' | 'campaigns' | 'leads',
  column: string,
): Promise<StatusCount[]> {
  return db
    .selectFrom(table)
    .where('tenant_id', '=', tenantId)
    .select((eb) => [sql<string | null>`${sql.ref(column)}`.as('status'), eb.fn.countAll<number>().as('count')])
    .groupBy(sql.ref(column))
    .orderBy('count', 'desc')
    .orderBy('status')
    .execute()
}
