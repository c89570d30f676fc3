import {afterEach, beforeEach, expect, test} from 'vitest'
import {seed} from '../../../src/db/seed.ts'
import {setUp} from '../../../src/db/set-up.ts'
import {TimedOut} from '../../../src/rules/errors.ts'
import {emptyDatabase, type TestDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'
import {type Ran, run} from '../../support/run.ts'

const perTenant = {
  campaigns: 1,
  campaign_sequence_steps: 3,
  companies: 1,
  domain_ip_assignments: 5,
  domains: 5,
  email_accounts: 5,
  email_templates: 1,
  folders: 1,
  leads: 10,
  payments: 3,
  subscription_addons: 1,
  subscriptions: 1,
  tags: 1,
  template_dictionaries: 1,
  template_folders: 1,
  template_tags: 1,
  templates: 2,
  tenant_config: 1,
  tenant_policies: 1,
  tenant_users: 2,
  tenants: 1,
  user_preferences: 1,
  users: 2,
}

let database: TestDatabase

beforeEach(async () => {
  database = await emptyDatabase()
  await setUp(database.owner.db, {kind: 'session'})
})

afterEach(() => database.drop())

test('fills a database with tenants and all that is theirs, and leaves it as pm expects it', async () => {
  const pool = {smtp_ip_addresses: 150, vps_instances: 19}
  const rows = Object.values(perTenant).reduce((sum, each) => sum + each * 3_000, 0) + 169

  expect(await pm(['--tenants', '3000', '--yes', '-o', 'json'])).toEqual({
    stdout: `[\n  {\n    "tenants": 3000,\n    "rows": ${rows}\n  }\n]\n`,
    stderr: expect.stringMatching(
      /^Fill 127\.0\.0\.1:\d+\/pm_\w+ with 3,000 made-up tenants\. This cannot be undone\.\nSeeding…\n$/,
    ),
    exitCode: 0,
  })
  const expected = Object.fromEntries(Object.entries(perTenant).map(([table, each]) => [table, each * 3_000]))
  expect(await counts()).toEqual({...expected, ...pool})
  // As ANALYZE counted them.
  expect(await ask(database, "select reltuples::integer as leads from pg_class where oid = 'leads'::regclass")).toEqual(
    [{leads: 30_000}],
  )
  expect(await shares('p.slug')).toEqual({starter: 1_500, growth: 990, scale: 420, enterprise: 90})
  expect(await shares('s.status')).toEqual({active: 2_865, past_due: 60, canceled: 60, unpaid: 15})
  expect(await ask(database, 'select from subscriptions where pending_plan_id is not null')).toHaveLength(14)
  expect(
    await ask(
      database,
      `select from payments y join subscriptions s on s.id = y.subscription_id join plans p on p.id = s.plan_id
      where y.amount * 100 <> p.price_monthly`,
    ),
  ).toEqual([])
  expect(await ask(database, 'select from smtp_ip_addresses where assigned_count <> 100')).toEqual([])
  const checked = await run({env: {DATABASE_URL: database.url('postgres')}}, ['db', 'check'])
  expect(checked).toMatchObject({stdout: '', exitCode: 0})
})

test('has no IP carry more than there is', async () => {
  await seed(database.server('postgres'), 21)

  expect(await ask(database, 'select ip_address, assigned_count from smtp_ip_addresses order by 1')).toEqual([
    {ip_address: '2001:db8:5eed:1::1', assigned_count: 100},
    {ip_address: '2001:db8:5eed:1::2', assigned_count: 5},
  ])
})

test('refuses a database that has tenants', async () => {
  await ask(database, "insert into tenants (id, name) values (gen_random_uuid(), 'Acme')")

  const {stderr, exitCode} = await pm(['--tenants', '1', '--yes'])

  expect({stderr, exitCode}).toEqual({
    stderr: expect.stringMatching(
      /^Error: pm_\w+ has tenants already\.\nMade-up tenants go into a database of their own\. \(conflict, exit 6\)\n$/,
    ),
    exitCode: 6,
  })
})

test('refuses production, whatever is consented to', async () => {
  expect(await pm(['--tenants', '1', '--yes'], {PM_KIND: 'production'})).toMatchObject({stdout: '', exitCode: 6})
  expect((await counts()).tenants).toBe(0)
})

test('asks for consent', async () => {
  expect(await pm(['--tenants', '1'])).toMatchObject({stdout: '', exitCode: 7})
  expect((await counts()).tenants).toBe(0)
})

test('leaves nothing behind, and no index out, when it is called off', async () => {
  const before = await ask(database, 'select indexdef from pg_indexes order by 1')
  const calling = new AbortController()

  const seeding = seed(database.server('postgres'), 5_000, {
    signal: calling.signal,
    onProgress: () => calling.abort(),
  })

  await expect(seeding).rejects.toThrow(TimedOut)
  expect((await counts()).tenants).toBe(0)
  expect(await ask(database, 'select indexdef from pg_indexes order by 1')).toEqual(before)
})

test('leaves nothing behind where what is there does not fit', async () => {
  await ask(database, "insert into vps_instances (hostwinds_instance_id, status) values ('hw-seeded-1', 'active')")

  await expect(seed(database.server('postgres'), 10)).rejects.toThrow('vps_instances_hostwinds_instance_id_key')
  expect((await counts()).tenants).toBe(0)
})

function pm(argv: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  return run({env: {DATABASE_URL: database.url('postgres'), ...env}}, ['db', 'seed', ...argv])
}

/** How many subscriptions there are of each. */
async function shares(column: string): Promise<Record<string, number>> {
  const rows = await ask<{name: string; many: number}>(
    database,
    `select ${column} as name, count(*)::integer as many from subscriptions s join plans p on p.id = s.plan_id group by 1`,
  )
  return Object.fromEntries(rows.map(({name, many}) => [name, many]))
}

/** How many rows each table has that is seeded. */
async function counts(): Promise<Record<string, number>> {
  const tables = [...Object.keys(perTenant), 'smtp_ip_addresses', 'vps_instances']
  const counted = tables.map((table) => `select '${table}' as name, count(*)::integer as rows from ${table}`)
  const rows = await ask<{name: string; rows: number}>(database, counted.join(' union all '))
  return Object.fromEntries(rows.map(({name, rows: many}) => [name, many]))
}
