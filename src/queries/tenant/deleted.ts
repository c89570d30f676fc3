import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../any-of.ts'

/** The names of those of these tenants that are deleted. */
export async function listDeleted(db: Reader, tenantIds: readonly string[]): Promise<string[]> {
  const tenants = await db
    .selectFrom('tenants')
    .where(isAnyOf('id', tenantIds, 'uuid'))
    .where('deleted', 'is not', null)
    .select(['name', 'id'])
    .orderBy('name')
    .orderBy('id')
    .execute()
  return tenants.map(({name, id}) => name ?? id)
}
