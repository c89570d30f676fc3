import pg from 'pg'
import type {Server} from '../src/db/connection.ts'
import {seed} from '../src/db/seed.ts'
import {startPostgres} from '../test/support/postgres.ts'
import {makeTemplate, templateDatabase} from '../test/support/template.ts'

/** Databases of platforms of several sizes on one server. */
export interface Platforms {
  port: number
  at(size: number, user: string): Server & {tls: false}
  stop(): Promise<void>
}

/**
 * One seeded database for each number of tenants. SEEDED is the port of a server where `npm run bench:platforms` made them
 * and keeps them: a million tenants are seeded once for many measurements.
 */
export async function openPlatforms(sizes: readonly number[]): Promise<Platforms> {
  const seeded = process.env.SEEDED
  if (seeded !== undefined) return platformsOn(Number(seeded), async () => {})
  const server = await startPostgres({max_wal_size: '8GB'})
  const platforms = platformsOn(server.port, () => server.stop())
  try {
    await makeTemplate(server.port)
    for (const size of sizes) await fill(platforms, size)
    return platforms
  } catch (error) {
    await server.stop()
    throw error
  }
}

function platformsOn(port: number, stop: () => Promise<void>): Platforms {
  return {port, at: (size, user) => ({host: '127.0.0.1', port, database: nameOf(size), user, tls: false}), stop}
}

async function fill({port, at}: Platforms, size: number): Promise<void> {
  const maintenance = new pg.Client({host: '127.0.0.1', port, user: 'postgres', database: 'postgres'})
  await maintenance.connect()
  await maintenance.query(`create database ${nameOf(size)} template ${templateDatabase} strategy file_copy`)
  await maintenance.end()
  const start = performance.now()
  const rows = await seed(at(size, 'postgres'), size)
  const seconds = ((performance.now() - start) / 1_000).toFixed(0)
  console.log(`${size.toLocaleString('en')} tenants: ${rows.toLocaleString('en')} rows in ${seconds} s`)
}

function nameOf(size: number): string {
  return `scale_${size}`
}
