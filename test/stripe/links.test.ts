import {expect, test} from 'vitest'
import {dashboardLink} from '../../src/stripe/links.ts'

test.each([
  ['customer', 'cus_NcI8FsMbh0OeFs', 'customers'],
  ['subscription', 'sub_1MowQVLkdIwHu7ixeRlqHVzs', 'subscriptions'],
  ['product', 'prod_NWjs8kKbJWmuuc', 'products'],
  ['payment', 'pi_3MtwBwLkdIwHu7ix28a3tqPa', 'payments'],
  ['payment', 'ch_3MmlLrLkdIwHu7ix0snN0B15', 'payments'],
  ['invoice', 'in_1MtHbELkdIwHu7ixl4OzzPMv', 'invoices'],
] as const)('a %s %s has its page in both modes and in the named account', (noun, id, page) => {
  expect(dashboardLink(noun, id, {mode: 'live'})).toBe(`https://dashboard.stripe.com/${page}/${id}`)
  expect(dashboardLink(noun, id, {mode: 'test'})).toBe(`https://dashboard.stripe.com/test/${page}/${id}`)
  expect(dashboardLink(noun, id, {mode: 'live', account: 'acct_1PJBLEBBLEfV'})).toBe(
    `https://dashboard.stripe.com/acct_1PJBLEBBLEfV/${page}/${id}`,
  )
  expect(dashboardLink(noun, id, {mode: 'test', account: 'acct_1PJBLEBBLEfV'})).toBe(
    `https://dashboard.stripe.com/acct_1PJBLEBBLEfV/test/${page}/${id}`,
  )
})

test('an account that is not known is left out', () => {
  expect(dashboardLink('customer', 'cus_NcI8FsMbh0OeFs', {mode: 'live', account: null})).toBe(
    'https://dashboard.stripe.com/customers/cus_NcI8FsMbh0OeFs',
  )
})

test.each([
  '',
  'cus_',
  'sub_1MowQVLkdIwHu7ixeRlqHVzs',
  'CUS_NcI8FsMbh0OeFs',
  ' cus_NcI8FsMbh0OeFs',
  'cus_NcI8FsMbh0OeFs\n',
  'cus_../../settings',
  'cus_x?redirect=https://evil.example',
  'cus_x#/evil',
  'cus_%2e%2e',
  'cus_\u001b]8;;https://evil.example\u001b\\',
  'cus_аdmin_in_cyrillic',
  'javascript:alert(1)//cus_NcI8FsMbh0OeFs',
  `cus_${'a'.repeat(300)}`,
])('what is no id of a customer becomes no link: %j', (id) => {
  expect(dashboardLink('customer', id, {mode: 'live'})).toBeUndefined()
})

test.each(['', 'acct_', 'acct_1/../..', 'evil.example', 'cus_NcI8FsMbh0OeFs'])(
  'with an account that is none there is no link, since it would open another account: %j',
  (account) => {
    expect(dashboardLink('customer', 'cus_NcI8FsMbh0OeFs', {mode: 'live', account})).toBeUndefined()
  },
)
