import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../any-of.ts'
import type {FoundTenant} from './find.ts'

/** Those of these tenants that are deleted, by name. */
export async function listDeleted(db: Reader, tenantIds: readonly string[]): Promise<FoundTenant[]> {
  return db
    .selectFrom('tenants')
    .where(isAnyOf('id', tenantIds, 'uuid'))
    .where('deleted', 'is not', null)
    .select(['id', 'name', 'deleted'])
    .orderBy('name')
    .orderBy('id')
    .execute()
}
