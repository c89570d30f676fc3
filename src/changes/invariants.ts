import type {Reader} from '../db/transaction.ts'
import {verifyHeldOnce, verifyOnePrimary} from './domain/once.ts'
import {verifyOneIp} from './ip/one-ip.ts'
import {verifyMaySend} from './ip/out-of-sending.ts'
import {verifyCounts} from './ip/true-counts.ts'
import type {Plan} from './plan.ts'
import {verifyAdminStays} from './staff/last-admin.ts'
import {verifyOwned} from './tenant/owned.ts'

/**
 * What must be true of the tables whatever wrote these rows; for writes that carry rows of any kind.
 * @throws Conflict
 */
export async function verifyInvariants(db: Reader, plan: Pick<Plan<object>, 'rows'>): Promise<void> {
  await verifyCounts(db, plan)
  await verifyOneIp(db, plan)
  await verifyMaySend(db, plan)
  await verifyAdminStays(db, plan)
  await verifyOwned(db, plan)
  await verifyHeldOnce(db, plan)
  await verifyOnePrimary(db, plan)
}
