import {expect, test} from 'vitest'
import {describeExceeded, exceededLimits, type Usage, uncountedLimits} from '../../src/rules/plan-limits.ts'

const usage: Usage = {
  max_users: 4,
  max_domains: 10,
  max_email_accounts: 0,
  max_campaigns_per_month: 3,
  max_contacts: 1200,
  max_warmups: 2,
}
const unlimited = {
  max_users: null,
  max_domains: null,
  max_email_accounts: null,
  max_campaigns_per_month: null,
  max_contacts: null,
  max_warmups: null,
}

test('only what is beyond a limit exceeds it: what is at the limit, or has none, does not', () => {
  const limits = {...unlimited, max_contacts: 1000, max_users: 3, max_domains: 10, max_warmups: 0}
  expect(exceededLimits(usage, limits)).toEqual([
    {limit: 'max_users', used: 4, max: 3},
    {limit: 'max_contacts', used: 1200, max: 1000},
    {limit: 'max_warmups', used: 2, max: 0},
  ])
  expect(exceededLimits(usage, unlimited)).toEqual([])
})

test('what could not be counted exceeds nothing', () => {
  expect(exceededLimits({...usage, max_contacts: null}, {...unlimited, max_contacts: 0})).toEqual([])
})

test('an exceeded limit is said with both numbers', () => {
  expect(describeExceeded({limit: 'max_contacts', used: 1200, max: 1000})).toBe('Contacts 1,200 of 1,000')
})

test('what somebody may not count is told with the permission they lack', () => {
  const all = ['tenant.read', 'domain.read', 'account.read', 'campaign.read', 'lead.read']
  expect(uncountedLimits(all)).toEqual([])
  expect(uncountedLimits(all.filter((name) => name !== 'lead.read' && name !== 'domain.read'))).toEqual([
    {limit: 'max_domains', permission: 'domain.read'},
    {limit: 'max_contacts', permission: 'lead.read'},
    {limit: 'max_warmups', permission: 'domain.read'},
  ])
})
