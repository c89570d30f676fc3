import type {Reader} from '../../db/transaction.ts'

/** Whether there is a tenant, deleted or not. */
export async function hasTenants(db: Reader): Promise<boolean> {
  return (await db.selectFrom('tenants').select('id').limit(1).execute()).length > 0
}
