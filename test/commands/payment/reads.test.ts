import {describe, expect, test} from 'vitest'
import {readsOf} from '../../support/reads.ts'
import {ask} from '../../support/records.ts'

const reads = readsOf()
const dashboard = 'https://dashboard.stripe.com/acct_1SandboxPenguin00/test'
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/)
const list = async (...argv: string[]) =>
  (await reads.rows('payment', 'list', ...argv, '--fields', 'tenant,status,created')) as {
    tenant: string
    status: string
    created: string
  }[]

describe('pm payment list', () => {
  test('draws a table, newest first', async () => {
    expect(await reads.onTerminal('payment', 'list', '--tenant', 'cafecreme.example')).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "",
        "stdout": "MADE     TENANT      AMOUNT  CURRENCY  STATUS     DESCRIPTION
      18h ago  Café Crème   79.00  EUR       failed     Growth Plan - Monthly (second…
      2d ago   Café Crème   79.00  EUR       failed     Growth Plan - Monthly
      4w ago   Café Crème   79.00  EUR       succeeded  Growth Plan - Monthly
      8w ago   Café Crème   79.00  EUR       succeeded  Growth Plan - Monthly
      3mo ago  Café Crème   79.00  EUR       succeeded  Growth Plan - Monthly
      4mo ago  Café Crème   79.00  EUR       succeeded  Growth Plan - Monthly
      4mo ago  Café Crème   79.00  EUR       succeeded  Growth Plan - Monthly
      ",
      }
    `)
  })

  test('tells programs each payment whole: the amount as exact text, and its page at Stripe', async () => {
    const [row] = (await reads.rows('payment', 'list', '--tenant', 'acme', '--limit', '1')) as Record<string, string>[]
    expect(row).toEqual({
      created: moment,
      tenant: 'Acme',
      amount: '79.00',
      currency: 'USD',
      status: 'succeeded',
      description: 'Growth Plan - Monthly',
      processed: moment,
      stripe_payment_intent_id: row?.stripe_payment_intent_id,
      stripe_url: `${dashboard}/payments/${row?.stripe_payment_intent_id}`,
      subscription_id: expect.any(String),
      tenant_id: expect.any(String),
      id: expect.any(String),
    })
  })

  test('filters by tenant, state and since when', async () => {
    const failed = await list('--status', 'failed', '--since', '7d')
    expect(failed.map(({tenant, status}) => `${tenant} ${status}`)).toEqual([
      'Café Crème failed',
      'Café Crème failed',
      'Sunrise Solar failed',
      'Sunrise Solar failed',
    ])
    expect(new Set((await list('--status', 'failed,refunded')).map(({status}) => status))).toEqual(
      new Set(['failed', 'refunded']),
    )
    expect(new Set((await list('--tenant', 'acme')).map(({tenant}) => tenant))).toEqual(new Set(['Acme']))
    const since = await list('--since', '7d')
    const all = await list()
    expect(since.length).toBeGreaterThan(0)
    expect(since).toEqual(all.slice(0, since.length))
  })

  test('goes on behind a cursor, and meets every payment once', async () => {
    const all = await reads.pm('payment', 'list', '-o', 'name')
    const met: string[] = []
    for (let after: string | undefined = ''; after !== undefined; ) {
      const argv = ['payment', 'list', '--limit', '40', '-o', 'table', '--fields', 'id', '--no-header']
      const page = await reads.pm(...argv, ...(after === '' ? [] : ['--after', after]))
      met.push(...page.stdout.split('\n').filter(Boolean))
      after = page.stderr.match(/--after (\S+)/)?.[1]
    }
    expect(met).toEqual(all.stdout.split('\n').filter(Boolean))
  })

  test('says so where there are none', async () => {
    const none = {exitCode: 0, stdout: '', stderr: 'No payments found.\n'}
    expect(await reads.pm('payment', 'list', '--status', 'lost')).toEqual(none)
    expect(await reads.pm('payment', 'list', '--tenant', 'newleaf.example')).toEqual(none)
    expect((await reads.pm('payment', 'list', '--status', 'lost', '-o', 'json')).stdout).toBe('[]\n')
  })

  test.each([
    [['--since', 'yesterday'], 2, '“yesterday” is no moment'],
    [['--tenant', 'nobody'], 3, 'No tenant nobody'],
  ])('%j exits %i', async (argv, code, words) => {
    const {exitCode, stdout, stderr} = await reads.pm('payment', 'list', ...argv)
    expect({exitCode, stdout}).toEqual({exitCode: code, stdout: ''})
    expect(stderr).toContain(words)
  })
})

describe('pm payment show', () => {
  const intentOf = async (where: string) =>
    (
      await ask<{id: string; intent: string}>(
        reads.database,
        `select y.id, y.stripe_payment_intent_id as intent from payments y join subscriptions s on s.id = y.subscription_id
         join tenants t on t.id = s.tenant_id where ${where} order by y.created desc limit 1`,
      )
    )[0]

  test('shows whose it is, what it paid for, and where it is at Stripe', async () => {
    const payment = await intentOf(`t.name = 'Acme'`)
    const {stdout} = await reads.onTerminal('payment', 'show', String(payment?.intent))
    expect(stdout.replaceAll(/(sub|cus|pi)_\w+|[0-9a-f-]{36}/g, '$1…')).toMatchInlineSnapshot(`
      "Amount        79.00
      Currency      USD
      Status        succeeded
      Description   Growth Plan - Monthly
      Made          11d ago
      Processed     11d ago
      Initiated by  -
      ID            …

      For
        Tenant      Acme
        Plan        growth
        Pays from   11d ago
        Pays until  in 2w

      In the dashboard
        Stripe                  https://dashboard.stripe.com/acct_1SandboxPenguin00/test/payments/pi…
        Subscription at Stripe  https://dashboard.stripe.com/acct_1SandboxPenguin00/test/subscriptions/sub…
        Customer at Stripe      https://dashboard.stripe.com/acct_1SandboxPenguin00/test/customers/cus…
      "
    `)
  })

  test('is found by its id as well; one by bank transfer has no page at Stripe', async () => {
    const payment = await intentOf(`y.stripe_payment_intent_id is null`)
    const fields = 'tenant,description,stripe_payment_intent_id,stripe_url,stripe'
    expect(await reads.rows('payment', 'show', String(payment?.id), '--fields', fields)).toEqual({
      tenant: 'Redwood Insurance',
      description: 'Enterprise Plan - Yearly (bank transfer)',
      stripe_payment_intent_id: null,
      stripe_url: null,
      stripe: null,
    })
  })

  test('where two payments refer to one intent, the id must be given', async () => {
    const payment = await intentOf(`t.name = 'Acme'`)
    await ask(
      reads.database,
      `insert into payments (amount, status, stripe_payment_intent_id) values (1, 'succeeded', '${payment?.intent}')`,
    )
    const {exitCode, stdout, stderr} = await reads.pm('payment', 'show', String(payment?.intent))
    expect({exitCode, stdout}).toEqual({exitCode: 6, stdout: ''})
    expect(stderr).toContain(`Give the id: `)
    await ask(reads.database, 'delete from payments where amount = 1')
  })

  test.each([
    [['pi_nobody'], 3, 'No payment pi_nobody'],
    [['00000000-0000-0000-0000-000000000000'], 3, 'No payment 0000'],
    [[], 2, 'Which payment?'],
  ])('%j exits %i', async (argv, code, words) => {
    const {exitCode, stdout, stderr} = await reads.pm('payment', 'show', ...argv)
    expect({exitCode, stdout}).toEqual({exitCode: code, stdout: ''})
    expect(stderr).toContain(words)
  })
})

test('hostile words draw nothing, in any format, and hostile ids make no link', async () => {
  await ask(
    reads.database,
    `insert into payments (amount, currency, status, description, stripe_payment_intent_id, created) values
     (5, 'X', E'\\u001b[31mpaid', E'\\u001b]0;t\\u0007\\u202E', E'pi_\\u001b[2J/../x', now() + interval '1 day')`,
  )
  const id = (await reads.pm('payment', 'list', '--limit', '1', '-o', 'name')).stdout.trim()
  for (const format of ['table', 'wide', 'json', 'ndjson', 'csv', 'tsv', 'yaml']) {
    for (const argv of [
      ['list', '--limit', '3'],
      ['show', id],
    ]) {
      const {stdout, exitCode} = await reads.pm('payment', ...argv, '-o', format)
      expect(exitCode).toBe(0)
      expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/)
    }
  }
  expect(await reads.rows('payment', 'show', id, '--fields', 'stripe_url')).toEqual({stripe_url: null})
})
