import {seed} from '../../db/seed.ts'
import type {Session} from '../../db/transaction.ts'

/** What seeding left behind. */
export interface Seeded {
  tenants: number
  rows: number
}

/** Fills a database for measuring and trying; see db/seed.ts. */
export async function seedDatabase({primary}: Session, tenants: number): Promise<Seeded> {
  return {tenants, rows: await seed(primary.db, tenants)}
}
