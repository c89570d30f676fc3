import {setTimeout as wait} from 'node:timers/promises'
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
  await addDomains(100)
  const {exitCode, stderr} = await checkUntil(40, 'cut before')
  const row = await stored()
  expect(row?.domains).toBe(row?.changes)
  const [error = '', hint] = stderr.trimEnd().split('\n').slice(-2)
  expect([exitCode, error, hint]).toEqual([
    11,
    expect.stringMatching(/^Error: The .*database .*\. What was found of \d+ is stored\.$/),
    expect.stringMatching(
      /Go on: pm domain check (--after \S+ )?--all --write --reason 'a look'( \(\d+ behind it are checked again\))? \(database_unreachable, exit 11\)$/,
    ),
  ])
  expect(error).not.toContain('Nothing was changed')
  expect(error).toContain(`What was found of ${row?.changes} is stored.`)
})

/** Adds so many domains like Acme's. */
const addDomains = (count: number) =>
  ask(
    database,
    `insert into domains select m.* from generate_series(1, ${count}) n cross join lateral jsonb_populate_record(
       (select d from domains d where domain = 'acme.example'),
       jsonb_build_object('id', gen_random_uuid(), 'domain', 'bulk' || n || '.example', 'mailu_domain', null,
         'dns_verification_attempts', 0)) m`,
  )
const attempts = () =>
  ask(
    database,
    `select dns_verification_attempts as attempts, count(*)::int as domains from domains where domain like 'bulk%'
     group by 1 order by 1`,
  )

test('Ctrl-C lets what is under way finish, and says the command that checks what is left: each is stored once', async () => {
  await addDomains(900)
  const env = {DATABASE_URL: database.url('op_admin'), ...environmentOf(tree)}
  const {process, ended} = startPm(['domain', 'check', '--all', '--write', '--reason', 'a look', '-o', 'name'], {env})
  while (((await stored())?.changes ?? 0) < 5) await wait(5)
  process.kill('SIGINT')
  const {exitCode, stderr} = await ended
  const row = await stored()
  const [finishing, error = '', hint = ''] = stderr.trimEnd().split('\n').slice(-3)
  expect([exitCode, finishing, error]).toEqual([
    130,
    'Finishing what is under way. Ctrl-C again cancels it.',
    expect.stringMatching(
      new RegExp(`^Error: Interrupted: \\d+ were checked\\. What was found of ${row?.changes} is stored\\.$`),
    ),
  ])
  const [, last = ''] =
    hint.match(
      /^Go on: pm domain check --after (\S+) --all --write --reason 'a look' -o name \(interrupted, exit 130\)$/,
    ) ?? []
  const {exitCode: again} = await startPm(
    ['domain', 'check', '--after', last, '--all', '--write', '--reason', 'a look', '-o', 'name'],
    {env},
  ).ended
  expect([[9, 10].includes(again ?? 0), await attempts()]).toEqual([true, [{attempts: 1, domains: 900}]])
}, 120_000)
