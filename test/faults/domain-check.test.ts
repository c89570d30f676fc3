import {afterEach, beforeEach, expect, inject, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {behaviours, environmentOf, type FakeTree, startTree} from '../support/dns/fake-tree.ts'
import {startPm} from '../support/process.ts'
import {type Fate, type ProxyServer, startProxy} from '../support/proxy.ts'
import {ask} from '../support/records.ts'

let database: TestDatabase
let tree: FakeTree
beforeEach(async () => {
  database = await freshDatabase()
  tree = await startTree()
  tree.resolver.behaviour = behaviours.refusing
})
afterEach(async () => {
  await tree.close()
  await database.drop()
})

/** Checks all domains; at the n-th COMMIT of a write the server goes away for good. */
async function checkUntil(commits: number, fate: Fate) {
  let stores = 0
  const proxy: ProxyServer = await startProxy(inject('postgresPort'), ({from, data}): Fate => {
    // The last statement before each COMMIT of a write.
    if (from === 'server' || !data.includes('pg_advisory_xact_lock')) return 'deliver'
    stores += 1
    if (stores < commits) return 'deliver'
    proxy.refuse()
    return fate
  })
  const env = {DATABASE_URL: database.url('op_admin', proxy.port), ...environmentOf(tree)}
  const ended = await startPm(['domain', 'check', '--all', '--write', '--reason', 'a look'], {env}).ended
  await proxy.stop()
  return ended
}

/** How many domains the check left something with, and how many changes it left. */
async function stored() {
  const [row] = await ask<{domains: number; changes: number}>(
    database,
    `select (select count(*)::int from domains where dns_verification_attempts > 0 and id in (
        select (after ->> 'id')::uuid from pm.row_images where table_name = 'public.domains')) as domains,
      (select count(*)::int from pm.changes where permission = 'domain.write') as changes`,
  )
  return row
}

test('a server that goes away in the middle: each domain is stored whole or not at all, and how many is said', async () => {
  const {exitCode, stderr} = await checkUntil(4, 'cut before')
  const row = await stored()
  expect(row?.domains).toBe(row?.changes)
  const [error = '', hint] = stderr.trimEnd().split('\n').slice(-2)
  expect([exitCode, error, hint]).toEqual([
    11,
    expect.stringMatching(/^Error: The .*database .*\. What was found of \d+ is stored\.$/),
    expect.stringMatching(/^Run it again to check them all\. .*\(database_unreachable, exit 11\)$/),
  ])
  expect(error).not.toContain('Nothing was changed')
  expect(error).toContain(`What was found of ${row?.changes} is stored.`)
})
