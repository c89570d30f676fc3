import {expect, test} from 'vitest'
import {readsOf} from '../../support/reads.ts'
import {ask} from '../../support/records.ts'

const reads = readsOf()
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/)

test('draws a table, newest first', async () => {
  expect(await reads.onTerminal('addon', 'list', '--tenant', 'acme')).toMatchInlineSnapshot(`
    {
      "exitCode": 0,
      "stderr": "",
      "stdout": "TENANT  TYPE            QUANTITY  MONTHLY  STATE   CREATED
    Acme    extra contacts         2    10.00  active  4mo ago
    Acme    dedicated ip           1    30.00  active  6mo ago
    ",
    }
  `)
})

test('tells programs each add-on whole', async () => {
  expect(await reads.rows('addon', 'list', '--tenant', 'verdefoods.example')).toEqual([
    {
      tenant: 'Verde Foods',
      type: 'extra_domains',
      quantity: 3,
      price_monthly: '5.00',
      is_active: true,
      plan: 'growth',
      stripe_subscription_id: expect.stringMatching(/^sub_\w+$/),
      stripe_price_id: expect.stringMatching(/^price_\w+$/),
      created: moment,
      updated: moment,
      subscription_id: expect.any(String),
      tenant_id: expect.any(String),
      id: expect.stringMatching(/^si_\w+$/),
    },
  ])
})

test('filters by tenant and by what runs', async () => {
  expect(await reads.rows('addon', 'list', '--tenant', 'acme', '--fields', 'type,quantity')).toEqual([
    {type: 'extra_contacts', quantity: 2},
    {type: 'dedicated_ip', quantity: 1},
  ])
  expect(await reads.rows('addon', 'list')).toHaveLength(9)
  expect(await reads.rows('addon', 'list', '--active')).toHaveLength(7)
})

test('says so where there are none, and where there is no such tenant', async () => {
  expect(await reads.pm('addon', 'list', '--tenant', 'newleaf.example')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'No add-ons found.\n',
  })
  expect(await reads.pm('addon', 'list', '--tenant', 'nobody')).toMatchObject({exitCode: 3, stdout: ''})
})

test('hostile words draw nothing, in any format', async () => {
  await ask(
    reads.database,
    `insert into subscription_addons (id, addon_type, stripe_price_id)
     values (E'si_\\u001b[31m', E'\\u001b[2Jmore\\u202E', E'price_\\u0007')`,
  )
  for (const format of ['table', 'wide', 'json', 'ndjson', 'csv', 'tsv', 'yaml', 'name']) {
    const {stdout, exitCode} = await reads.pm('addon', 'list', '-o', format)
    expect(exitCode).toBe(0)
    expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/)
  }
})
