import {describe, expect, test} from 'vitest'
import {readsOf} from '../../support/reads.ts'
import {ask} from '../../support/records.ts'
import {run} from '../../support/run.ts'

const reads = readsOf()
const dashboard = 'https://dashboard.stripe.com/acct_1SandboxPenguin00/test'

describe('pm plan list', () => {
  test('draws a table, the cheapest first', async () => {
    expect(await reads.onTerminal('plan', 'list')).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "",
        "stdout": "PLAN               STATE     MONTHLY    YEARLY   DOMAINS  E-MAILS A MONTH
      founder            inactive    19.00    190.00         5           30,000
      starter            active      29.00    290.00         3           10,000
      black-friday-2025  inactive    39.00    390.00        10           75,000
      growth             active      79.00    790.00        10           75,000
      scale              active     249.00  2,490.00        25          500,000
      agency             inactive   399.00  3,990.00        80          600,000
      enterprise         active     999.00  9,990.00  no limit         no limit
      ",
      }
    `)
  })

  test('tells programs each plan whole, with its page at Stripe', async () => {
    const {stdout, stderr} = await reads.pm('plan', 'list', '-o', 'json', '--limit', '1')
    const [plan] = JSON.parse(stdout)
    expect(plan).toEqual({
      slug: 'founder',
      name: 'Founder',
      is_active: false,
      price_monthly: 1900,
      price_yearly: 19_000,
      max_users: 5,
      max_domains: 5,
      max_email_accounts: 10,
      max_campaigns_per_month: 25,
      max_emails_per_month: 30_000,
      max_contacts: 10_000,
      max_warmups: 5,
      max_storage_gb: 20,
      api_rate_limit: 120,
      api_access: true,
      priority_support: false,
      advanced_analytics: false,
      white_label: false,
      description: 'Thanks to our first customers.',
      notes: 'Grandfathered: renews, is not sold.',
      stripe_product_id: plan.stripe_product_id,
      stripe_url: `${dashboard}/products/${plan.stripe_product_id}`,
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      updated: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(stderr).toMatch(/^There are more\. Next: --after/)
  })

  test.each([
    [['--active'], ['starter', 'growth', 'scale', 'enterprise']],
    [['--inactive'], ['founder', 'black-friday-2025', 'agency']],
    [
      ['--sort', '-slug', '--limit', '2'],
      ['starter', 'scale'],
    ],
  ])('%j', async (argv, slugs) => {
    expect((await reads.pm('plan', 'list', ...argv, '-o', 'name')).stdout).toBe(`${slugs.join('\n')}\n`)
  })

  test('goes on behind a cursor', async () => {
    const {stderr} = await reads.onTerminal('plan', 'list', '--limit', '6')
    const [, after = ''] = stderr.match(/--after (\S+)/) ?? []
    expect((await reads.pm('plan', 'list', '--after', after, '-o', 'name')).stdout).toBe('enterprise\n')
  })

  test('active and inactive contradict each other, and an unknown order is none', async () => {
    expect((await reads.pm('plan', 'list', '--active', '--inactive')).exitCode).toBe(2)
    expect((await reads.pm('plan', 'list', '--sort', 'notes')).exitCode).toBe(2)
  })
})

describe('pm plan show', () => {
  test('shows limits, prices, subscribers and the Stripe product', async () => {
    const product = (await reads.rows('plan', 'show', 'growth', '--fields', 'stripe_product_id')) as object
    const {stdout} = await reads.onTerminal('plan', 'show', 'growth')
    expect(stdout.replaceAll(String(Object.values(product)[0]), 'prod_growth')).toMatchInlineSnapshot(`
      "Plan         growth
      Name         Growth
      State        active
      Description  More domains, the API and analytics.
      Notes        -
      Stripe       https://dashboard.stripe.com/acct_1SandboxPenguin00/test/products/prod_growth
      Created      2y ago
      Updated      6mo ago

      Prices
        Monthly  79.00
        Yearly   790.00

      Limits
        Users              10
        Domains            10
        E-mail accounts    25
        Campaigns a month  50
        E-mails a month    75,000
        Contacts           25,000
        Warm-ups           10
        Storage (GB)       50
        API rate limit     300

      Features
        API access          yes
        Priority support    no
        Advanced analytics  yes
        White label         no

      Subscribers
        Subscribers  10
        Arriving     1
        Leaving      1

      Recent changes
        No changes.
      "
    `)
  })

  test.each(['growth', 'Growth', 'GROWTH'])('finds it as %s', async (named) => {
    expect(await reads.rows('plan', 'show', named, '--fields', 'slug,subscribers,arriving,leaving,stripe')).toEqual({
      slug: 'growth',
      subscribers: 10,
      arriving: 1,
      leaving: 1,
      stripe: null,
    })
  })

  test('finds it by its id and its product', async () => {
    const [plan] = await ask<{id: string; product: string}>(
      reads.database,
      `select id, stripe_product_id as product from plans where slug = 'scale'`,
    )
    for (const named of [plan?.id, plan?.product]) {
      expect(await reads.rows('plan', 'show', String(named), '--fields', 'slug')).toEqual({slug: 'scale'})
    }
  })

  test('shows who changed it last', async () => {
    const env = {DATABASE_URL: reads.database.url('op_billing')}
    await run({env}, ['plan', 'edit', 'enterprise', '--notes', 'seen', '--yes'])
    expect(await reads.rows('plan', 'show', 'enterprise', '--fields', 'notes,changes')).toEqual({
      notes: 'seen',
      changes: [
        {
          id: 1,
          made: expect.any(String),
          by: 'bill@penguinmails.example',
          command: 'pm plan edit enterprise --notes seen --yes',
        },
      ],
    })
  })

  test.each([
    [['plan', 'show', 'nobody'], 3, 'No plan nobody'],
    [['plan', 'show', '%'], 3, 'No plan %'],
    [['plan', 'show'], 2, 'Which plan?'],
  ])('pm %j exits %i', async (argv, code, words) => {
    const {exitCode, stdout, stderr} = await reads.pm(...argv)
    expect({exitCode, stdout}).toEqual({exitCode: code, stdout: ''})
    expect(stderr).toContain(words)
  })
})

describe('pm plan compare', () => {
  test('sets two plans side by side, and marks what differs', async () => {
    expect((await reads.onTerminal('plan', 'compare', 'growth', 'enterprise')).stdout).toMatchInlineSnapshot(`
      "growth and enterprise
                            GROWTH     ENTERPRISE
        Price a month       79.00   ≠  999.00
        Price a year        790.00  ≠  9,990.00
        Users               10      ≠  no limit
        Domains             10      ≠  no limit
        E-mail accounts     25      ≠  no limit
        Campaigns a month   50      ≠  no limit
        E-mails a month     75,000  ≠  no limit
        Contacts            25,000  ≠  no limit
        Warm-ups            10      ≠  200
        Storage (GB)        50      ≠  2,000
        API rate limit      300     ≠  6,000
        API access          yes        yes
        Priority support    no      ≠  yes
        Advanced analytics  yes        yes
        White label         no      ≠  yes
      "
    `)
  })

  test('tells programs each column', async () => {
    const rows = await reads.rows('plan', 'compare', 'growth', 'founder')
    expect(rows).toHaveLength(15)
    expect(rows).toEqual(
      expect.arrayContaining([
        {column: 'price_monthly', first: 7900, second: 1900, differs: true},
        {column: 'max_warmups', first: 10, second: 5, differs: true},
        {column: 'api_access', first: true, second: true, differs: false},
      ]),
    )
    const lines = await reads.pm('plan', 'compare', 'growth', 'enterprise')
    expect(lines.stdout.split('\n')[3]).toBe('max_domains\t10\t\ttrue')
  })

  test('needs two plans that there are', async () => {
    expect(await reads.pm('plan', 'compare', 'growth', 'nobody')).toMatchObject({exitCode: 3, stdout: ''})
    expect(await reads.pm('plan', 'compare', 'growth')).toMatchObject({exitCode: 2, stdout: ''})
  })
})

describe('pm plan subscribers', () => {
  test('lists the live subscriptions of a plan, newest first', async () => {
    expect((await reads.onTerminal('plan', 'subscribers', 'founder')).stdout).toMatchInlineSnapshot(`
      "TENANT           PLAN     THEN  STATUS  PERIOD ENDS  CANCELING
      Fenwick Legal    founder  -     active  in 6mo       no
      Quill and Press  founder  -     active  in 3w        no
      "
    `)
  })

  test('filters by state, the canceled too if they are asked for', async () => {
    const names = async (...argv: string[]) =>
      ((await reads.rows('plan', 'subscribers', ...argv, '--fields', 'tenant')) as {tenant: string}[]).map(
        ({tenant}) => tenant,
      )
    expect(await names('growth', '--status', 'past_due')).toEqual(['Café Crème', 'Sunrise Solar'])
    expect(await names('--status', 'past_due', '--status', 'unpaid', 'growth')).toHaveLength(3)
    expect(await names('starter')).toHaveLength(8)
    expect(await names('starter', '--status', 'canceled')).toHaveLength(4)
  })

  test('says so where there are none', async () => {
    expect(await reads.pm('plan', 'subscribers', 'agency')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'No subscriptions found.\n',
    })
  })
})

test('hostile names and notes draw nothing, in any format', async () => {
  await ask(
    reads.database,
    `insert into plans (slug, name, notes, description, stripe_product_id) values
     ('evil', E'\\u001b[2JEvil\\u202E', E'a\\nb\\u0007', E'\\u001b]8;;https://evil.example\\u001b\\\\x', E'prod_\\u001b[31m')`,
  )
  for (const format of ['table', 'wide', 'json', 'ndjson', 'csv', 'tsv', 'yaml', 'name']) {
    for (const argv of [
      ['plan', 'list'],
      ['plan', 'show', 'evil'],
      ['plan', 'compare', 'evil', 'growth'],
    ]) {
      const {stdout, exitCode} = await reads.pm(...argv, '-o', format)
      expect(exitCode).toBe(0)
      expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/)
    }
  }
  expect(await reads.rows('plan', 'show', 'evil', '--fields', 'stripe_url')).toEqual({stripe_url: null})
})
