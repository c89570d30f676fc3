import {describe, expect, test} from 'vitest'
import {readsOf} from '../../support/reads.ts'
import {ask} from '../../support/records.ts'

const reads = readsOf()
const dashboard = 'https://dashboard.stripe.com/acct_1SandboxPenguin00/test'
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/)
const tenants = async (...argv: string[]) =>
  ((await reads.rows('subscription', 'list', ...argv, '--fields', 'tenant')) as {tenant: string}[]).map(
    ({tenant}) => tenant,
  )

describe('pm subscription list', () => {
  test('draws a table, newest first', async () => {
    expect(await reads.onTerminal('subscription', 'list', '--pending')).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "",
        "stdout": "TENANT                PLAN     THEN        STATUS  PERIOD ENDS  CANCELING
      Northline Recruiting  starter  growth      active  in 2w        no
      Verde Foods           growth   starter     active  in 7d        no
      Kestrel Analytics     scale    enterprise  active  in 11d       no
      ",
      }
    `)
  })

  test('tells programs each subscription whole, with its page at Stripe', async () => {
    const [row] = (await reads.rows('subscription', 'list', '--tenant', 'northline.example')) as Record<
      string,
      string
    >[]
    expect(row).toEqual({
      tenant: 'Northline Recruiting',
      plan: 'starter',
      pending_plan: 'growth',
      status: 'active',
      current_period_start: moment,
      current_period_end: moment,
      cancel_at_period_end: false,
      stripe_subscription_id: row?.stripe_subscription_id,
      stripe_url: `${dashboard}/subscriptions/${row?.stripe_subscription_id}`,
      created: moment,
      tenant_id: expect.any(String),
      id: expect.any(String),
    })
  })

  test('filters by state, plan, tenant and what is pending', async () => {
    expect(await tenants('--status', 'unpaid,past_due')).toEqual([
      'Daily Deal Blast',
      'Café Crème',
      'Copper Kettle',
      'Sunrise Solar',
    ])
    expect(await tenants('--plan', 'founder')).toEqual(['Fenwick Legal', 'Quill and Press'])
    expect(await tenants('--tenant', 'granitepeak.example')).toEqual(['Granite Peak Outdoors', 'Granite Peak Outdoors'])
    expect(await tenants('--pending', '--plan', 'scale')).toEqual(['Kestrel Analytics'])
  })

  test('lists what ends before a moment, the next first, and of the canceled none unless they are asked for', async () => {
    expect(await tenants('--ending-before', '10d')).toEqual([
      'Summit Dental Group',
      'Daily Deal Blast',
      'Verde Foods',
      'Marlow Bikes',
      'Harbor & Pine',
    ])
    expect(await tenants('--ending-before', '10d', '--status', 'canceled')).toHaveLength(4)
    expect(await tenants('--ending-before', '2001-01-01')).toEqual([])
  })

  test('goes on behind a cursor, and meets every subscription once', async () => {
    const all = await reads.pm('subscription', 'list', '-o', 'name')
    const met: string[] = []
    for (let after: string | undefined = ''; after !== undefined; ) {
      const argv = ['subscription', 'list', '--limit', '7', '-o', 'table', '--fields', 'id', '--no-header']
      const page = await reads.pm(...argv, ...(after === '' ? [] : ['--after', after]))
      met.push(...page.stdout.split('\n').filter(Boolean))
      after = page.stderr.match(/--after (\S+)/)?.[1]
    }
    expect(met).toEqual(all.stdout.split('\n').filter(Boolean))
  })

  test('says so where there are none', async () => {
    expect(await reads.pm('subscription', 'list', '--plan', 'agency')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'No subscriptions found.\n',
    })
  })

  test.each([
    [['--status', 'paused'], 2, 'paused'],
    [['--ending-before', 'soon'], 2, '“soon” is no moment'],
    [['--plan', 'nobody'], 3, 'No plan nobody'],
    [['--tenant', 'nobody'], 3, 'No tenant nobody'],
  ])('%j exits %i', async (argv, code, words) => {
    const {exitCode, stdout, stderr} = await reads.pm('subscription', 'list', ...argv)
    expect({exitCode, stdout}).toEqual({exitCode: code, stdout: ''})
    expect(stderr).toContain(words)
  })
})

describe('pm subscription show', () => {
  test('shows plan, period, contact, add-ons, payments and where they are at Stripe', async () => {
    const {stdout} = await reads.onTerminal('subscription', 'show', 'acme')
    expect(stdout.replaceAll(/(sub|cus|pi)_\w+|[0-9a-f-]{36}/g, '$1…')).toMatchInlineSnapshot(`
      "Tenant           Acme
      Plan             growth
      Then             -
      Status           active
      Billing contact  chloe@acme.example
      Created          2y ago
      ID               …

      Period
        Period began  11d ago
        Period ends   in 2w
        Canceling     no

      In the dashboard
        Stripe              https://dashboard.stripe.com/acct_1SandboxPenguin00/test/subscriptions/sub…
        Customer at Stripe  https://dashboard.stripe.com/acct_1SandboxPenguin00/test/customers/cus…

      Add-ons
        TYPE            QUANTITY  MONTHLY  STATE
        dedicated ip           1    30.00  active
        extra contacts         2    10.00  active

      Last payments
        MADE     AMOUNT  CURRENCY  STATUS     STRIPE
        11d ago   79.00  USD       succeeded  pi…
        5w ago    79.00  USD       succeeded  pi…
        2mo ago   79.00  USD       succeeded  pi…
        3mo ago   79.00  USD       succeeded  pi…
        4mo ago   79.00  USD       succeeded  pi…

      Recent changes
        No changes.
      "
    `)
  })

  test('says why one ends, and who gets its invoices', async () => {
    const fields = 'tenant,cancel_at_period_end,cancel_reason,cancel_date,billing_contact,addons,stripe'
    expect(await reads.rows('subscription', 'show', 'pixelfoundry.example', '--fields', fields)).toEqual({
      tenant: 'Pixel Foundry',
      cancel_at_period_end: true,
      cancel_reason: 'Moving to a tool made in house',
      cancel_date: moment,
      billing_contact: expect.stringContaining('@'),
      addons: [],
      stripe: null,
    })
    const {stdout} = await reads.onTerminal('subscription', 'show', 'pixelfoundry.example')
    expect(stdout).toContain('Why it ends')
  })

  test('of a tenant takes the live one, else the last; by an id any', async () => {
    const show = (named: string) => reads.rows('subscription', 'show', named, '--fields', 'plan,status')
    expect(await show('granitepeak.example')).toEqual({plan: 'growth', status: 'active'})
    expect(await show('meadowpets.example')).toEqual({plan: 'starter', status: 'canceled'})
    const [past] = await ask<{id: string; stripe: string}>(
      reads.database,
      `select s.id, stripe_subscription_id as stripe from subscriptions s join tenants t on t.id = s.tenant_id
       where t.name = 'Granite Peak Outdoors' and status = 'canceled'`,
    )
    expect(await show(String(past?.id))).toEqual({plan: 'starter', status: 'canceled'})
    expect(await show(String(past?.stripe))).toEqual({plan: 'starter', status: 'canceled'})
  })

  test.each([
    [['nobody'], 3, 'No tenant nobody'],
    [['sub_nobody'], 3, 'Those that only Stripe knows: pm subscription drift'],
    [['newleaf.example'], 3, 'Newleaf Gardens has no subscription'],
    [[], 2, 'Which subscription?'],
  ])('%j exits %i', async (argv, code, words) => {
    const {exitCode, stdout, stderr} = await reads.pm('subscription', 'show', ...argv)
    expect({exitCode, stdout}).toEqual({exitCode: code, stdout: ''})
    expect(stderr).toContain(words)
  })
})

test('hostile names and reasons draw nothing, in any format, and hostile ids make no link', async () => {
  await ask(
    reads.database,
    `update subscriptions set cancel_reason = E'\\u001b[2Jbye\\u202E', stripe_subscription_id = E'sub_\\u001b[31m/../x'
     where tenant_id = (select tenant_id from domains where domain = 'hello-ops.example')`,
  )
  const id = (await reads.pm('subscription', 'list', '--tenant', 'hello-ops.example', '-o', 'name')).stdout.trim()
  for (const format of ['table', 'wide', 'json', 'ndjson', 'csv', 'tsv', 'yaml']) {
    for (const argv of [['list'], ['show', id]]) {
      const {stdout, exitCode} = await reads.pm('subscription', ...argv, '-o', format)
      expect(exitCode).toBe(0)
      expect(stdout).not.toMatch(/[\u001b\u202e]/)
    }
  }
  expect(await reads.rows('subscription', 'show', id, '--fields', 'stripe_url')).toEqual({stripe_url: null})
})
