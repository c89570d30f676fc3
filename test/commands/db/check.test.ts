import {sql} from 'kysely'
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest'
import type {Connection} from '../../../src/db/connection.ts'
import {openEmbedded} from '../../../src/db/embedded.ts'
import {migrationNames} from '../../../src/db/migrate.ts'
import {setUp} from '../../../src/db/set-up.ts'
import {emptyDatabase, freshDatabase, type TestDatabase} from '../../support/database.ts'
import {makePlatform} from '../../support/platform.ts'
import {type Ran, run} from '../../support/run.ts'

const asExpected = "Comparing with what pm's migrations make…\nThe database is as pm expects it.\n"
const open: TestDatabase[] = []

afterEach(async () => {
  for (const database of open.splice(0)) await database.drop()
})

describe('finds nothing', () => {
  let embedded: Connection

  beforeAll(async () => {
    embedded = await openEmbedded()
    await setUp(embedded.db, {kind: 'session'})
  })

  afterAll(() => embedded.close())

  test.each([
    ['tsv', ''],
    ['json', '[]\n'],
    ['ndjson', ''],
    ['csv', 'kind,object,finding,expected,found,hint\n'],
    ['yaml', '[]\n'],
    ['table', ''],
  ])('in a fresh embedded database: %s', async (format, stdout) => {
    const ran = await run({connection: embedded}, ['db', 'check', '-o', format])

    expect(ran).toEqual({
      stdout,
      stderr: `▸ sandbox: an embedded database with example data\n${asExpected}`,
      exitCode: 0,
    })
  })

  test('in a fresh database of a server, whoever of the operators asks', async () => {
    const database = await use(freshDatabase())

    expect(await check(database, [], 'op_viewer')).toEqual({stdout: '', stderr: asExpected, exitCode: 0})
  })

  test('where the platform has more, or calls it something else', async () => {
    const database = await use(freshDatabase())
    await arrange(
      database,
      'create table invoices (id integer primary key)',
      'alter table plans add column colour text',
      'create index on plans (name)',
      'alter table plans add unique (stripe_product_id)',
      'alter index idx_domains_tenant rename to domains_by_tenant',
      'alter table leads rename constraint leads_tenant_id_email_key to one_lead',
      `create function touch() returns trigger language plpgsql as 'begin return new; end'`,
      'create trigger touch before update on plans for each row execute function touch()',
      'create view busy_ips as select * from smtp_ip_addresses',
      'create view mine with (security_invoker = true) as select * from campaigns',
    )

    expect(await check(database)).toEqual({stdout: '', stderr: asExpected, exitCode: 0})
  })
})

describe('finds', () => {
  test('what of the platform is not as its guide says', async () => {
    const database = await use(freshDatabase())
    await arrange(
      database,
      'alter table plans alter column name type varchar(99)',
      'alter table plans alter column is_active drop default',
      'alter table feature_flags alter column is_enabled set not null',
      'alter table vps_instances drop column current_billing_period_end',
      'alter table campaigns drop constraint campaigns_status_check',
      'drop index idx_leads_tenant',
      'drop table tags cascade',
      'alter table leads disable row level security',
      'create policy everybody on companies using (true)',
      'drop policy domains_tenant_isolation on domains',
    )

    expect(await findings(database)).toEqual([
      ['table', 'public.leads', 'differs', 'row security: on', 'row security: off'],
      ['table', 'public.tags', 'missing', 'row security: off', null],
      ['column', 'public.feature_flags.is_enabled', 'differs', 'not null: no', 'not null: yes'],
      ['column', 'public.plans.name', 'differs', 'type: character varying(100)', 'type: character varying(99)'],
      ['column', 'public.plans.is_active', 'differs', 'default: true', 'default: none'],
      [
        'column',
        'public.vps_instances.current_billing_period_end',
        'missing',
        'default: none, not null: no, type: timestamp with time zone',
        null,
      ],
      ['constraint', 'campaigns_status_check on public.campaigns', 'missing', expect.stringMatching(/^CHECK /), null],
      [
        'constraint',
        'template_tags_tag_id_fkey on public.template_tags',
        'missing',
        'FOREIGN KEY (tag_id) REFERENCES tags(id) ON DELETE CASCADE',
        null,
      ],
      [
        'index',
        'idx_leads_tenant on public.leads',
        'missing',
        'definition: CREATE INDEX ON public.leads USING btree (tenant_id), valid: yes',
        null,
      ],
      [
        'policy',
        'domains_tenant_isolation on public.domains',
        'missing',
        expect.stringMatching(/^check: none, command: all, kind: permissive, to: public, using: /),
        null,
      ],
      [
        'policy',
        'everybody on public.companies',
        'unexpected',
        null,
        'check: none, command: all, kind: permissive, to: public, using: true',
      ],
    ])
  })

  test('what of the guard is not as pm made it', async () => {
    const database = await use(freshDatabase())
    await arrange(
      database,
      'alter table plans disable trigger a_pm_guard',
      'drop trigger z_pm_images_update on domains',
      'alter table pm.changes owner to postgres',
      `create or replace function pm.is_operator() returns boolean language sql stable security definer
        set search_path = pg_catalog, pg_temp return false`,
      'alter function pm.has_permission(text) set search_path = public',
      'grant execute on function pm.guard() to public',
      'grant update on payments to pm_operator',
      'revoke select on tenants from pm_operator',
      'drop policy campaigns_staff on campaigns',
      'drop function pm.record_refusal(text, text, text[])',
    )

    expect(await findings(database)).toEqual([
      ['table', 'pm.changes', 'differs', 'owner: pm_guard', 'owner: postgres'],
      ['policy', 'campaigns_staff on public.campaigns', 'missing', expect.stringContaining("'campaign.read'"), null],
      [
        'function',
        'pm.has_permission(text)',
        'differs',
        'settings: search_path=pg_catalog, pg_temp',
        'settings: search_path=public',
      ],
      [
        'function',
        'pm.is_operator()',
        'differs',
        expect.stringMatching(/^body: \w{8}$/),
        expect.stringMatching(/^body: \w{8}$/),
      ],
      ['function', 'pm.record_refusal(text,text,text[])', 'missing', expect.stringContaining('owner: pm_guard'), null],
      [
        'trigger',
        'z_pm_images_update on public.domains',
        'missing',
        expect.stringContaining('CREATE TRIGGER z_pm_images_update'),
        null,
      ],
      ['trigger', 'a_pm_guard on public.plans', 'differs', 'enabled: always', 'enabled: no'],
      ['grant', 'public.payments to pm_operator', 'differs', 'privileges: SELECT', 'privileges: SELECT, UPDATE'],
      [
        'grant',
        'public.tenants to pm_operator',
        'differs',
        'privileges: SELECT, UPDATE (deleted, updated)',
        'privileges: UPDATE (deleted, updated)',
      ],
      ['grant', 'pm.guard() to public', 'unexpected', null, 'privileges: EXECUTE'],
      ['function', 'pm.has_permission(text)', 'unsafe', 'a search_path that ends with pg_temp', 'search_path=public'],
    ])
  })

  test('views that show every tenant’s rows', async () => {
    const database = await use(freshDatabase())
    await arrange(
      database,
      'create view all_campaigns as select c.name, d.domain from campaigns c join domains d on d.tenant_id = c.tenant_id',
      'create materialized view all_leads as select * from leads',
      'create view still_all with (security_invoker = false) as select * from companies',
    )

    expect(await findings(database)).toEqual([
      [
        'view',
        'all_campaigns',
        'unsafe',
        'security_invoker = true',
        "reads campaigns, domains with its owner's rights",
      ],
      ['view', 'all_leads', 'unsafe', 'security_invoker = true', "reads leads with its owner's rights"],
      ['view', 'still_all', 'unsafe', 'security_invoker = true', "reads companies with its owner's rights"],
    ])
  })

  test('views of pm that are gone, or show more than they should', async () => {
    const database = await use(freshDatabase())
    await arrange(
      database,
      'drop view pm.company_names',
      'create or replace view pm.domain_names as select id, domain::text as name from domains',
    )

    const shown = (condition: string) => `SELECT id, (domain)::text AS name FROM domains${condition}`
    expect(await findings(database)).toEqual([
      ['view', 'pm.company_names', 'missing', expect.stringContaining('owner: pm_guard'), null],
      [
        'view',
        'pm.domain_names',
        'differs',
        shown(" WHERE ( SELECT pm.has_permission('domain.read'::text) AS has_permission)"),
        shown(''),
      ],
    ])
  })

  test('that nothing is set up in an empty database', async () => {
    const database = await use(emptyDatabase())

    expect(await findings(database)).toEqual(
      migrationNames({kind: 'session'}).map((name) => ['migration', name, 'missing', null, null]),
    )
  })

  test('policies that raise, on a platform where pm is not set up', async () => {
    const database = await use(emptyDatabase())
    await makePlatform(database.owner.db)
    const pending = migrationNames({kind: 'session'}).length

    const found = await findings(database)

    expect(found).toHaveLength(pending + 9)
    expect(found[pending]).toEqual([
      'policy',
      'campaigns_tenant_isolation on public.campaigns',
      'raises',
      "(tenant_id = ((select nullif(current_setting('app.current_tenant_id', true), '')))::uuid)",
      "(tenant_id = (current_setting('app.current_tenant_id'::text))::uuid)",
    ])
  })

  test('the same in every format, with what to do about it', async () => {
    const database = await use(freshDatabase())
    await arrange(database, 'alter table plans disable trigger a_pm_guard')
    const finding = {
      kind: 'trigger',
      object: 'a_pm_guard on public.plans',
      finding: 'differs',
      expected: 'enabled: always',
      found: 'enabled: no',
      hint: 'alter table public.plans enable always trigger a_pm_guard',
    }
    const values = Object.values(finding)

    const outputs = {
      json: `${JSON.stringify([finding], null, 2)}\n`,
      ndjson: `${JSON.stringify(finding)}\n`,
      tsv: `${values.join('\t')}\n`,
      csv: `${Object.keys(finding).join(',')}\n${values.join(',')}\n`,
      name: 'a_pm_guard on public.plans\n',
    }
    for (const [format, stdout] of Object.entries(outputs)) {
      const ran = await check(database, ['-o', format])
      expect(ran).toEqual({stdout, stderr: expect.stringMatching(/\n1 finding\.\n$/), exitCode: 9})
    }
  })
})

test('who may not see how far pm is set up is refused', async () => {
  const database = await use(freshDatabase())
  await arrange(database, 'revoke usage on schema pm from pm_operator')

  const ran = await check(database, [], 'op_viewer')

  expect(ran).toMatchObject({exitCode: 5, stdout: ''})
  expect(ran.stderr).toContain('Error: This login may not see how far this database is set up for pm.')
})

async function use(making: Promise<TestDatabase>): Promise<TestDatabase> {
  const database = await making
  open.push(database)
  return database
}

async function arrange({owner}: TestDatabase, ...statements: string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(owner.db)
}

function check(database: TestDatabase, argv: readonly string[] = [], login = 'postgres'): Promise<Ran> {
  return run({env: {DATABASE_URL: database.url(login)}}, ['db', 'check', ...argv])
}

interface Finding {
  kind: string
  object: string
  finding: string
  expected: string | null
  found: string | null
  hint: string
}

async function findings(database: TestDatabase): Promise<unknown[]> {
  const ran = await check(database, ['--json'])
  const rows: Finding[] = JSON.parse(ran.stdout)
  expect(ran.exitCode).toBe(9)
  expect(ran.stderr).toContain(`${rows.length} findings.`)
  return rows.map(({kind, object, finding, expected, found}) => [kind, object, finding, expected, found])
}
