import {describe, expect, it} from 'vitest'
import {sandboxId} from '../../../src/db/sandbox/sandbox-id.ts'
import {reading} from '../../support/reading.ts'

// How many campaigns a month has must not depend on the day.
const {pm, seen, json} = reading({arrange: 'update campaigns set created = now()'})
const names = async (...argv: string[]) =>
  (await pm('tenant', 'list', ...argv, '-o', 'tsv', '--fields', 'tenant')).stdout.split('\n').slice(0, -1)

describe('pm tenant list', () => {
  it('draws a table on a terminal', async () => {
    expect((await seen('tenant', 'list', '--status', 'past_due,unpaid,canceled')).stdout).toMatchInlineSnapshot(`
      "TENANT            PLAN     STATUS    USERS  DOMAINS  PERIOD ENDS  CREATED
      Daily Deal Blast  growth   unpaid        1        3  in 4d        4mo ago
      Café Crème        growth   past due      1        2  in 3w        8mo ago
      Copper Kettle     starter  unpaid        1        1  in 2w        9mo ago
      Sunrise Solar     growth   past due      2        3  in 3w        11mo ago
      Meadow Pets       starter  canceled      1        1  6w ago       14mo ago
      "
    `)
  })

  it('filters by plan, state, beginning of the name, and limits', async () => {
    expect(await names('--plan', 'Enterprise')).toEqual(['Lumen Health', 'Redwood Insurance', 'Atlas Freight'])
    expect(await names('--plan', 'starter', '--status', 'unpaid')).toEqual(['Copper Kettle'])
    expect(await names('--search', 'søster')).toEqual(['Søster & Co'])
    expect(await names('--search', "o'r")).toEqual(["O'Reilly's Orchard"])
    expect(await names('--over-limit')).toEqual(['Northline Recruiting'])
    expect(await names('--over-limit', '--plan', 'growth')).toEqual([])
  })

  it('shows those of a plan or state by when they subscribed, the last first, unless it is asked for another order', async () => {
    const unpaid = ['--status', 'past_due,unpaid,canceled']
    expect(await names(...unpaid, '--sort', 'subscribed')).toEqual((await names(...unpaid)).reverse())
    expect(await names(...unpaid, '--sort', 'tenant')).toEqual((await names(...unpaid)).sort())
    expect(await names(...unpaid, '--search', '')).toEqual((await names(...unpaid)).sort())
    expect((await pm('tenant', 'list', '--sort', 'subscribed')).stderr).toContain('cannot be sorted by “subscribed”')
  })

  it('leaves deleted tenants out unless they are asked for, with when they went', async () => {
    expect(await names('--search', 'Old Mill')).toEqual([])
    expect((await seen('tenant', 'list', '--deleted')).stdout).toMatchInlineSnapshot(`
      "TENANT            PLAN     STATUS    DOMAINS  CREATED   DELETED
      Ghostlight Media  starter  canceled        0  17mo ago  4mo ago
      Old Mill Bakery   starter  canceled        1  21mo ago  7w ago
      "
    `)
  })

  it('goes on from page to page', async () => {
    const first = await seen('tenant', 'list', '--limit', '20')
    const [, after = ''] = first.stderr.match(/--after (\S+)/) ?? []
    const all = await names()
    expect(all).toHaveLength(30)
    expect(await names('--after', after)).toEqual(all.slice(20))
  })

  it('says so where none is found', async () => {
    expect(await pm('tenant', 'list', '--search', 'zzz', '-o', 'json')).toEqual({
      exitCode: 0,
      stdout: '[]\n',
      stderr: 'No tenants found.\n',
    })
  })

  it('shows a hostile name harmlessly', async () => {
    const {stdout} = await seen('tenant', 'list', '--limit', '1', '--fields', 'tenant')
    expect(stdout).toContain('\\u{1b}[2J\\u{1b}[31mHello Ops\\u{1b}[0m \\u{202e}elpmaxe')
    expect(stdout).not.toMatch(/[\u001b\u202e]/)
  })
})

describe('pm tenant show', () => {
  it('tells a person all about a tenant, in sections', async () => {
    expect((await seen('tenant', 'show', 'acme')).stdout).toMatchInlineSnapshot(`
      "Tenant              Acme
      Customer at Stripe  https://dashboard.stripe.com/acct_1SandboxPenguin00/test/customers/cus_cGNGukjmYlrdkH
      Owners              alice@acme.example
      Billing e-mail      billing@acme.example
      Created             2y ago
      ID                  cef41eed-96b2-8b03-b04f-8adef1c9def6

      Subscription
        Plan          growth
        Then          -
        Status        active
        Period ends   in 2w
        Ends with it  no
        Stripe        https://dashboard.stripe.com/acct_1SandboxPenguin00/test/subscriptions/sub_h8OaFO5Bg0eQiv4m41lbc6nr

      Last payment
        Status       succeeded
        Amount       79.00
        Currency     USD
        Created      11d ago
        Description  Growth Plan - Monthly
        Stripe       https://dashboard.stripe.com/acct_1SandboxPenguin00/test/payments/pi_Y7YQwuAPWBKvn9PMKXEvqEvz

      Use of the plan growth
        Users              ▓▓▓▓▓▓░░░░░░░░░░░░░░  3 / 10 (30%)
        Domains            ▓▓▓▓▓▓▓▓▓▓░░░░░░░░░░  5 / 10 (50%)
        E-mail accounts    ▓▓▓▓▓░░░░░░░░░░░░░░░  6 / 25 (24%)
        Campaigns a month  ▓▓░░░░░░░░░░░░░░░░░░  4 / 50 (8%)
        Warm-ups           ░░░░░░░░░░░░░░░░░░░░  0 / 10 (0%)
        Not visible to you: Contacts.

      Domains: 5
        verified  ▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░░  3 / 5 (60%)
        failed    ▓▓▓▓░░░░░░░░░░░░░░░░  1 / 5 (20%)
        pending   ▓▓▓▓░░░░░░░░░░░░░░░░  1 / 5 (20%)

      IPs it sends by
        IP            STATUS  REPUTATION  DOMAINS
        203.0.113.24  warmed  poor              3
        203.0.113.21  warmed  good              1

      Campaigns: 4
        completed  ▓▓▓▓▓░░░░░░░░░░░░░░░  1 / 4 (25%)
        draft      ▓▓▓▓▓░░░░░░░░░░░░░░░  1 / 4 (25%)
        paused     ▓▓▓▓▓░░░░░░░░░░░░░░░  1 / 4 (25%)
        sending    ▓▓▓▓▓░░░░░░░░░░░░░░░  1 / 4 (25%)

      Companies
        COMPANY         WORKSPACE       STATUS
        Acme Outlet     acme-outlet     inactive
        Acme Retail     acme-retail     active
        Acme Wholesale  acme-wholesale  active

      Recent changes
        No changes.
      "
    `)
  })

  it('tells programs the same, with its pages in the dashboard', async () => {
    const dashboard = 'https://dashboard.stripe.com/acct_1SandboxPenguin00/test'
    expect(await json('tenant', 'show', 'northline.example')).toMatchObject({
      tenant: 'Northline Recruiting',
      plan: 'starter',
      owners: ['nadia@northline.example'],
      stripe_customer_url: expect.stringMatching(new RegExp(`^${dashboard}/customers/cus_`)),
      subscription: {
        plan: 'starter',
        pending_plan: 'growth',
        status: 'active',
        stripe_url: expect.stringMatching(new RegExp(`^${dashboard}/subscriptions/sub_`)),
      },
      last_payment: {status: 'succeeded', stripe_url: expect.stringMatching(new RegExp(`^${dashboard}/payments/pi_`))},
      domains_by_status: expect.arrayContaining([{status: 'verified', count: expect.any(Number)}]),
      hidden: [],
    })
  })

  it('is found by a domain, an id, a Stripe customer and subscription', async () => {
    const id = sandboxId('tenant:acme')
    const acme = (await json('tenant', 'show', id)) as {
      stripe_customer_id: string
      subscription: {stripe_subscription_id: string}
    }
    for (const named of [
      'ACME',
      'news.acme.example',
      acme.stripe_customer_id,
      acme.subscription.stripe_subscription_id,
    ])
      expect(await json('tenant', 'show', named, '--fields', 'id')).toEqual({id})
  })

  it('of two of a name means the one that lives', async () => {
    expect(await json('tenant', 'show', 'ghostlight media', '--fields', 'id,deleted')).toEqual({
      id: sandboxId('tenant:ghostlight'),
      deleted: null,
    })
  })

  it('says nothing, and not that there is nothing, of a tenant that does not pay yet', async () => {
    expect(await json('tenant', 'show', 'newleaf.example')).toMatchObject({
      plan: null,
      subscription: null,
      last_payment: null,
      stripe_customer_url: null,
      ips: [],
    })
  })

  it('of a tenant that is not there ends with 3', async () => {
    const ran = await pm('tenant', 'show', 'nobody')
    expect(ran).toMatchObject({exitCode: 3, stdout: ''})
    expect(ran.stderr).toContain('No tenant nobody.')
  })

  it('asks for a name that is not empty', async () => {
    expect(await pm('tenant', 'show', ' ')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'Error: Which tenant?\nIts name is empty. (usage, exit 2)\n',
    })
  })

  it('says of campaigns as of anything else which field they do not have', async () => {
    const {stderr} = await pm('campaign', 'list', '--fields', 'nope')
    expect(stderr).toContain('Error: Campaigns have no field “nope”.')
  })
})

describe('what of a tenant an operator may not see', () => {
  const little = reading({
    arrange: `delete from staff_role_permissions where permission_id in
      (select id from permissions where name in ('payment.read', 'domain.read', 'company.read'))
      and role_id = (select id from staff_roles where name = 'viewer')`,
  })

  it('is left out and said to be, and is null for programs', async () => {
    const {stdout} = await little.seen('tenant', 'show', 'acme')
    expect(stdout).not.toMatch(/\n(Last payment|Domains: |Companies)/)
    expect(stdout).toContain('Not shown without payment.read, company.read, domain.read.')
    expect(await little.json('tenant', 'show', 'acme', '--fields', 'last_payment,companies,domains_by_status')).toEqual(
      {
        last_payment: null,
        companies: null,
        domains_by_status: null,
      },
    )
  })

  it('is no use that counts as none', async () => {
    expect(await little.json('tenant', 'usage', 'acme', '--fields', 'limit,used')).toContainEqual({
      limit: 'max_domains',
      used: null,
    })
    const {stderr} = await little.pm('tenant', 'list', '--over-limit', '-o', 'json')
    expect(stderr).toContain('! max_domains is left out: to count it needs domain.read.')
  })
})

describe('pm tenant usage', () => {
  it('draws bars against the limits of the plan', async () => {
    expect((await seen('tenant', 'usage', 'northline.example')).stdout).toMatchInlineSnapshot(`
      "Use of the plan starter
        Users              ▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░  2 / 3 (66%)
        Domains            ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓  6 / 3 (200%)
        E-mail accounts    ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓  7 / 5 (140%)
        Campaigns a month  ▓▓▓▓░░░░░░░░░░░░░░░░  2 / 10 (20%)
        Warm-ups           ▓▓▓▓▓▓▓▓▓▓░░░░░░░░░░  1 / 2 (50%)
        Not visible to you: Contacts.
      "
    `)
  })
})

describe('pm tenant users', () => {
  it('lists who is there with their roles, and on request who left', async () => {
    expect((await seen('tenant', 'users', 'acme', '--left')).stdout).toMatchInlineSnapshot(`
      "E-MAIL              NAME          ROLES            JOINED    LEFT
      alice@acme.example  Alice Archer  owner            2y ago    -
      ben@acme.example    Ben Okafor    admin            21mo ago  -
      chloe@acme.example  Chloe Nguyen  member, billing  18mo ago  -
      derek@acme.example  Derek Hall    member           15mo ago  2mo ago
      "
    `)
    expect((await pm('tenant', 'users', 'acme', '-o', 'name')).stdout).toBe(
      'alice@acme.example\nben@acme.example\nchloe@acme.example\n',
    )
  })

  it('says so where nobody is', async () => {
    expect(await pm('tenant', 'users', 'oldmill.example', '-o', 'json')).toEqual({
      exitCode: 0,
      stdout: '[]\n',
      stderr: 'No users found.\n',
    })
  })
})
