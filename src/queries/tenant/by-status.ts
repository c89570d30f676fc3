import type {Reader} from '../../db/transaction.ts'

/** How many there are in a state. */
export interface StatusCount {
  status: string | null
  count: number
}

/** A tenant's domains by verification state, most first. */
export async function domainsByStatus(db: Reader, tenantId: string): Promise<StatusCount[]> {
  return db
    .selectFrom('domains')
    .where('tenant_id', '=', tenantId)
    .select((eb) => ['verification_status as status', eb.fn.countAll<number>().as('count')])
    .groupBy('verification_status')
    .orderBy('count', 'desc')
    .orderBy('status')
    .execute()
}

/** A tenant's campaigns by state, most first. */
export async function campaignsByStatus(db: Reader, tenantId: string): Promise<StatusCount[]> {
  return db
    .selectFrom('campaigns')
    .where('tenant_id', '=', tenantId)
    .select((eb) => ['status', eb.fn.countAll<number>().as('count')])
    .groupBy('status')
    .orderBy('count', 'desc')
    .orderBy('status')
    .execute()
}

/** A tenant's leads by state, most first. */
export async function leadsByStatus(db: Reader, tenantId: string): Promise<StatusCount[]> {
  return db
    .selectFrom('leads')
    .where('tenant_id', '=', tenantId)
    .select((eb) => ['status', eb.fn.countAll<number>().as('count')])
    .groupBy('status')
    .orderBy('count', 'desc')
    .orderBy('status')
    .execute()
}
