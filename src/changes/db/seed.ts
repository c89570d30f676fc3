import type {Server} from '../../db/connection.ts'
import {type SeedProgress, type SeedWatch, seed} from '../../db/seed.ts'

export type {SeedProgress}

/** What seeding left behind. */
export interface Seeded {
  tenants: number
  rows: number
}

/** Fills a database for measuring and trying; see db/seed.ts. */
export async function seedDatabase(server: Server, tenants: number, watch: SeedWatch): Promise<Seeded> {
  return {tenants, rows: await seed(server, tenants, watch)}
}
