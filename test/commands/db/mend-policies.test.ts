import {sql} from 'kysely'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {isMendable, raisingPolicies} from '../../../src/db/raising-policies.ts'
import {openServer} from '../../../src/db/server.ts'
import {setUp} from '../../../src/db/set-up.ts'
import {readerOf} from '../../../src/db/transaction.ts'
import {Conflict} from '../../../src/rules/errors.ts'
import {emptyDatabase, type TestDatabase} from '../../support/database.ts'
import {makePlatform, originalRule} from '../../support/platform.ts'
import {type Ran, run} from '../../support/run.ts'

const session = {kind: 'session'} as const
const mendedRule =
  "(tenant_id = (( SELECT NULLIF(current_setting('app.current_tenant_id'::text, true), ''::text) AS \"nullif\"))::uuid)"
const policies = [
  'campaigns_tenant_isolation on public.campaigns',
  'companies_tenant_isolation on public.companies',
  'domains_tenant_isolation on public.domains',
  'email_accounts_tenant_isolation on public.email_accounts',
  'leads_tenant_isolation on public.leads',
  'templates_tenant_isolation on public.templates',
  'tenant_config_isolation on public.tenant_config',
  'tenant_policies_isolation on public.tenant_policies',
  'user_preferences_isolation on public.user_preferences',
]

let database: TestDatabase

beforeEach(async () => {
  database = await emptyDatabase()
  await makePlatform(database.owner.db)
  await setUp(database.owner.db, session)
})

afterEach(() => database.drop())

test('a dry run shows each policy before and after, and changes none', async () => {
  const ran = await mend(['--dry-run', '--fields', 'item,state,before,after'])

  expect(ran.exitCode).toBe(9)
  expect(ran.stderr).toContain(`
Policy campaigns_tenant_isolation on public.campaigns
  Raises where app.current_tenant_id is unset or empty.
  - using ${originalRule}
  + using (tenant_id = ((select nullif(current_setting('app.current_tenant_id', true), '')))::uuid)
`)
  const pending = ran.stdout.split('\n').filter((line) => line.includes('\tpending\t'))
  expect(pending.map((line) => line.split('\t')[0])).toEqual(policies)
  expect(pending[0]).toBe(
    `campaigns_tenant_isolation on public.campaigns\tpending\tusing ${originalRule}\t` +
      "using (tenant_id = ((select nullif(current_setting('app.current_tenant_id', true), '')))::uuid)",
  )
  expect(await ruleOf('campaigns')).toBe(originalRule)
})

test('mended policies are as pm makes them in an empty database, and raise no more', async () => {
  const ran = await mend(['--yes', '--fields', 'item,state'])

  expect(ran.exitCode).toBe(0)
  expect(ran.stdout.endsWith(policies.map((policy) => `${policy}\tapplied\n`).join(''))).toBe(true)
  expect(await ruleOf('campaigns')).toBe(mendedRule)
  const check = await run({env: here()}, ['db', 'check'])
  expect(check).toMatchObject({stdout: '', exitCode: 0})
  const operator = openServer(database.server('op_viewer'), 'psql')
  for (const setting of [sql`select 1`, sql`select set_config('app.current_tenant_id', '', false)`]) {
    await setting.execute(operator.db)
    expect((await sql`select count(*) from campaigns`.execute(operator.db)).rows).toEqual([{count: 0}])
  }
  await operator.close()
})

test('a second time there is nothing to do', async () => {
  await mend(['--yes'])

  const again = await mend([])

  expect(again.exitCode).toBe(0)
  expect(again.stderr).toMatch(/Nothing to do: the database is up to date\.\n$/)
})

test('tenants see their own rows before and after', async () => {
  await sql`insert into campaigns (tenant_id, name) values
    ('00000000-0000-4000-8000-000000000001', 'one'), ('00000000-0000-4000-8000-000000000002', 'two')`.execute(
    database.owner.db,
  )
  const before = await seenByTenant()
  await mend(['--yes'])

  expect([before, await seenByTenant()]).toEqual([['one'], ['one']])
})

test('what makes something of null itself is left to a person, and said', async () => {
  await sql`create policy own on tags using (coalesce(current_setting('app.tag'), '') = name)`.execute(
    database.owner.db,
  )

  const ran = await mend(['--yes', '--fields', 'item,state'])

  expect(ran.exitCode).toBe(0)
  expect(ran.stdout).toContain('own on public.tags\tleft alone\n')
  expect(ran.stderr).toContain(
    'Raises where app.tag is unset or empty, and makes something of null itself: mend it by hand.\n' +
      "  - using (COALESCE(current_setting('app.tag'::text), ''::text) = name)\n  It is left alone.",
  )
})

test('both sides of a rule are mended', async () => {
  await sql`create policy own on tags as restrictive for update
    using (name = current_setting('app.tag')) with check (name <> current_setting('app.tag', true))`.execute(
    database.owner.db,
  )

  await mend(['--yes'])

  const {rows} = await sql`select qual, with_check, permissive, cmd from pg_policies where policyname = 'own'`.execute(
    database.owner.db,
  )
  expect(rows).toEqual([
    {
      qual: "(name = ( SELECT NULLIF(current_setting('app.tag'::text, true), ''::text) AS \"nullif\"))",
      with_check: "(name <> current_setting('app.tag'::text, true))",
      permissive: 'RESTRICTIVE',
      cmd: 'UPDATE',
    },
  ])
})

describe('in production', () => {
  test('--yes is not enough: the name of the database is', async () => {
    const {database: name} = database.server('')

    const refused = await mend(['--yes', '--write'], 'production')
    const wrong = await mend(['--confirm', 'another', '--write'], 'production')
    expect([refused.exitCode, wrong.exitCode]).toEqual([7, 2])
    expect(refused.stderr).toContain(`pm db setup --mend-policies --yes --write --confirm ${name}`)
    expect(await ruleOf('campaigns')).toBe(originalRule)

    expect((await mend(['--confirm', name, '--write'], 'production')).exitCode).toBe(0)
    expect(await ruleOf('campaigns')).toBe(mendedRule)
  })
})

test('a policy that was changed since it was planned is left alone, and so is every other', async () => {
  const {db} = database.owner
  const planned = (await raisingPolicies(readerOf(db))).filter(isMendable)
  await sql`alter policy leads_tenant_isolation on leads using (false)`.execute(db)

  const refused = await setUp(db, session, {policies: planned}).catch((error: unknown) => error)

  expect(refused).toBeInstanceOf(Conflict)
  expect(refused).toMatchObject({
    message: 'The policy leads_tenant_isolation on public.leads was changed meanwhile. Nothing was done.',
  })
  expect(await ruleOf('campaigns')).toBe(originalRule)
})

function here() {
  return {DATABASE_URL: database.url('postgres')}
}

function mend(argv: readonly string[], kind = 'development'): Promise<Ran> {
  return run({env: {...here(), PM_KIND: kind}}, ['db', 'setup', '--mend-policies', ...argv])
}

async function ruleOf(table: string): Promise<string | undefined> {
  const {rows} = await sql<{qual: string}>`
    select qual from pg_policies where tablename = ${table} and policyname like '%isolation'`.execute(database.owner.db)
  return rows[0]?.qual
}

/** The campaigns that a tenant of the platform sees, through a role that owns nothing. */
async function seenByTenant(): Promise<string[]> {
  const seen = database.owner.db.transaction().execute(async (trx) => {
    // Any role will do that is neither owner nor operator.
    await sql`set local role pg_read_all_data`.execute(trx)
    await sql`select set_config('app.current_tenant_id', '00000000-0000-4000-8000-000000000001', true)`.execute(trx)
    return (await sql<{name: string}>`select name from public.campaigns order by 1`.execute(trx)).rows
  })
  return (await seen).map(({name}) => name)
}
