import {describe, expect, it} from 'vitest'
import {setTenantConfig, setTenantPolicy} from '../../../src/changes/tenant/settings.ts'
import {guardedTables} from '../../../src/db/guarded-tables.ts'
import {sandboxId} from '../../../src/db/sandbox/sandbox-id.ts'
import {configNames, policyNames} from '../../../src/rules/tenant-settings.ts'
import {freshDatabase} from '../../support/database.ts'
import {applyLate, as} from '../../support/ip-write.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const config = (key: string) =>
  `select ui_timezone, theme_primary_color, billing_address, notify_on_billing_changes from tenant_config
   where tenant_id = '${sandboxId(`tenant:${key}`)}'`
const policy = (key: string) =>
  `select password_min_length, two_factor_required, max_login_attempts, company_allow_member_invites from tenant_policies
   where tenant_id = '${sandboxId(`tenant:${key}`)}'`
const shared = {consent: ['--yes'], refusedAs: 'op_operations', permission: 'tenant.write'}
const home = {line1: 'Unter den Linden 1', city: 'Berlin', postal_code: '10117', country: 'DE'}

describe('pm tenant config set', () => {
  holdsAsWrite('of several settings', {
    ...shared,
    argv: ['tenant', 'config', 'set', 'acme', 'ui_timezone=europe/berlin', `billing_address=${JSON.stringify(home)}`],
    rows: config('acme'),
    after: [
      {
        ui_timezone: 'Europe/Berlin',
        theme_primary_color: '#0b5fff',
        billing_address: home,
        notify_on_billing_changes: true,
      },
    ],
    targets: ['tenant:Acme'],
    images: ['update tenant_config 1'],
  })
  holdsAsWrite('of a tenant that has none of its own', {
    ...shared,
    argv: ['tenant', 'config', 'set', 'oldmill.example', 'theme_primary_color=#123456'],
    rows: config('oldmill'),
    after: [
      {ui_timezone: null, theme_primary_color: '#123456', billing_address: null, notify_on_billing_changes: false},
    ],
    targets: ['tenant:Old Mill Bakery'],
    images: ['insert tenant_config 1'],
  })

  it('leaves alone what is so already, an address in another order too', async () => {
    const stored = {line1: '12 Market Street', city: 'Portland', state: 'OR', postal_code: '97204', country: 'US'}
    const turned = Object.fromEntries(Object.entries(stored).reverse())
    const argv = ['acme', `billing_address=${JSON.stringify(turned)}`, 'theme_favicon_url=']
    const {exitCode, stderr} = await set('config', argv)
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain('Nothing to do.')
  })

  it('changes nothing when the setting was changed, or the first ones were made, between plan and commit', async () => {
    const values = {ui_timezone: 'UTC'}
    const changed = await applyLate(
      setTenantConfig,
      {tenant: 'acme', values},
      `update tenant_config set ui_timezone = 'Asia/Tokyo'`,
      'op_support',
    )
    expect(changed).toMatchObject({error: {reason: 'conflict', details: {changed: ['tenant config Acme']}}, changes: 0})
    const made = await applyLate(
      setTenantConfig,
      {tenant: 'oldmill.example', values},
      `insert into tenant_config (tenant_id) values ('${sandboxId('tenant:oldmill')}')`,
      'op_support',
    )
    expect(made).toMatchObject({error: {reason: 'conflict'}, changes: 0})
  })
})

describe('pm tenant policy set', () => {
  holdsAsWrite('of several policies', {
    ...shared,
    argv: ['tenant', 'policy', 'set', 'acme', 'password_min_length=12', 'max_login_attempts=3'],
    rows: policy('acme'),
    after: [
      {
        password_min_length: 12,
        two_factor_required: true,
        max_login_attempts: 3,
        company_allow_member_invites: true,
      },
    ],
    targets: ['tenant:Acme'],
    images: ['update tenant_policies 1'],
  })

  it('says what will protect the tenant less', async () => {
    const argv = ['lumenhealth.example', 'two_factor_required=off', 'password_min_length=', 'session_timeout_hours=1']
    const {stderr} = await set('policy', argv)
    expect(stderr).toContain('! two_factor_required will protect it less than before.')
    expect(stderr).toContain('! password_min_length will protect it less than before.')
    expect(stderr).not.toContain('session_timeout_hours will')
  })

  it('says that a tenant without policies gets the defaults besides', async () => {
    const {stderr} = await set('policy', ['newleaf.example', 'max_login_attempts=3'])
    expect(stderr).toContain('! It has no policy of its own yet: what is not set here begins as by default.')
  })

  it('changes nothing when the policy was changed between plan and commit', async () => {
    const {error, changes} = await applyLate(
      setTenantPolicy,
      {tenant: 'acme', values: {two_factor_required: false}},
      'update tenant_policies set two_factor_required = null',
      'op_support',
    )
    expect(error).toMatchObject({reason: 'conflict', details: {changed: ['tenant policy Acme']}})
    expect(changes).toBe(0)
  })
})

describe('pm tenant config show and policy show', () => {
  it('show what is set, and what is not as by default', async () => {
    const acme = await read(['config', 'show', 'acme', '-o', 'table'])
    expect(acme.stdout).toMatch(/^Tenant +Acme\n/)
    expect(acme.stdout).toContain('https://dashboard.stripe.com/acct_1SandboxPenguin00/test/customers/cus_')
    expect(acme.stdout).toMatch(/\n {2}ui_timezone +America\/New_York\n/)
    const none = await read(['policy', 'show', 'newleaf.example', '-o', 'table'])
    expect(none.stdout).toMatch(/\n {2}password_min_length +not set; 8 by default\n/)
    expect(none.stdout).toContain('It has no policies of its own: the defaults hold.')
  })

  it('show programs every setting by the name it is set under', async () => {
    const {stdout} = await read([
      'config',
      'show',
      'acme',
      '-o',
      'json',
      '--fields',
      'tenant,ui_timezone,theme_favicon_url,stored',
    ])
    expect(JSON.parse(stdout)).toEqual({
      tenant: 'Acme',
      ui_timezone: 'America/New_York',
      theme_favicon_url: null,
      stored: true,
    })
    const all = JSON.parse((await read(['policy', 'show', 'oldmill.example', '-o', 'json'])).stdout)
    expect(all).toEqual({
      tenant: 'Old Mill Bakery',
      ...Object.fromEntries(policyNames.map((name) => [name, null])),
      stored: false,
      updated: null,
      tenant_id: sandboxId('tenant:oldmill'),
    })
  })

  it('show a hostile setting harmlessly', async () => {
    const {stdout} = await read(
      ['config', 'show', 'acme', '-o', 'table'],
      String.raw`update tenant_config set ui_date_format = E'\x1b[2J'`,
    )
    expect(stdout).toContain('\\u{1b}[2J')
    expect(stdout).not.toContain('\u001b')
  })
})

it.each([
  [['config', 'set', 'acme', 'ui_timezone=Mars/Phobos'], 2, 'ui_timezone cannot be “Mars/Phobos”.'],
  [['policy', 'set', 'acme', 'password_min_length=4'], 2, 'It takes a whole number from 8 to 128.'],
  [['config', 'set', 'acme', 'password_min_length=9'], 2, 'There is no setting “password_min_length”.'],
  [['config', 'set', 'acme'], 2, 'Which setting?'],
  [['config', 'set', 'nobody', 'ui_timezone=UTC'], 3, 'No tenant nobody.'],
  [['policy', 'show', 'nobody'], 3, 'No tenant nobody.'],
])('pm tenant %j ends with %i', async (argv, exitCode, message) => {
  const {stderr, ...rest} = await read(argv)
  expect(rest).toEqual({exitCode, stdout: '', changes: 0})
  expect(stderr).toContain(message)
})

it('are all the columns that operators may write', () => {
  expect([...configNames, 'updated']).toEqual(guardedTables['public.tenant_config'].update)
  expect([...policyNames, 'updated']).toEqual(guardedTables['public.tenant_policies'].update)
})

const set = (topic: string, argv: readonly string[]) => read([topic, 'set', ...argv, '--dry-run'])

async function read(argv: readonly string[], arrange = 'select 1') {
  const database = await freshDatabase()
  await ask(database, arrange)
  const ran = await run(as(database, 'op_support'), ['tenant', ...argv])
  const changes = (await changesOf(database)).length
  await database.drop()
  return {...ran, changes}
}
