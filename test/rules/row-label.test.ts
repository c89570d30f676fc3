import {describe, expect, it} from 'vitest'
import {guardedTables} from '../../src/db/guarded-tables.ts'
import {isQuietColumn, rowLabel} from '../../src/rules/row-label.ts'

describe('the label of a row', () => {
  it.each([
    ['public.smtp_ip_addresses', {id: 'b', ip_address: '203.0.113.24'}, 'ip 203.0.113.24'],
    ['smtp_ip_addresses', {id: 'b', ip_address: '203.0.113.24'}, 'ip 203.0.113.24'],
    ['public.tenants', {id: 'b', name: 'Acme'}, 'tenant Acme'],
    ['pm.operator_logins', {login: 'op_night', user_id: 'u'}, 'login op_night'],
    ['public.subscriptions', {id: 'b', stripe_subscription_id: null}, 'subscription b'],
    ['public.domain_ip_assignments', {id: 'b'}, 'assignment b'],
    ['public.payments', {id: 'b'}, 'payments b'],
    ['public.payments', {}, 'payments ?'],
  ])('of %s %j is %s', (table, row, label) => {
    expect(rowLabel(table, row)).toBe(label)
  })

  it('is in words for every table that pm writes', () => {
    const named = Object.keys(guardedTables).map((table) => rowLabel(table, {id: 'b'}).replace(/ \S+$/, ''))
    expect(named.filter((noun) => noun.includes('_'))).toEqual([])
  })
})

describe('a quiet column', () => {
  it.each(['id', 'tenant_id', 'created', 'updated'])('is %s', (name) => {
    expect(isQuietColumn(name)).toBe(true)
  })

  it.each(['status', 'ip_address', 'identity', 'expires', 'assigned'])('is not %s', (name) => {
    expect(isQuietColumn(name)).toBe(false)
  })
})
