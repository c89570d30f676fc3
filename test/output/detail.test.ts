import {expect, test} from 'vitest'
import {fieldsSection, renderSections, type Section, tableSection} from '../../src/output/detail.ts'
import {addressView, first, second, style, withVisibleEscapes} from './addresses.ts'
import {attacks, unsafeCharacter} from './hostile.ts'

const about: Section = {
  pairs: [
    ['IP', first.ip],
    ['Status', {text: 'active', tone: 'good'}],
    ['Tenant', {text: 'Acme GmbH', href: 'https://ops.example/acme'}],
  ],
}

const usage: Section = {
  title: 'Usage',
  bars: [
    {label: 'Emails', value: 8200, max: 10_000},
    {label: 'Domains', value: 3, max: 3},
    {label: 'Contacts', value: 12_345, max: null},
    {label: 'Seats', value: 0, max: 0},
  ],
}

const notes: Section = {title: 'Notes', lines: ['first\nsecond', {text: 'careful', tone: 'warn'}]}

test('shows pairs, bars, tables and lines under their titles', async () => {
  const sections = [about, usage, tableSection('Siblings', [first, second], addressView), notes]
  expect(await renderSections(sections, style)).toMatchInlineSnapshot(`
    "IP      203.0.113.24
    Status  active
    Tenant  Acme GmbH  https://ops.example/acme

    Usage
      Emails    ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░  8,200 / 10,000 (82%)
      Domains   ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓  3 / 3 (100%)
      Contacts  ▓░░░░░░░░░░░░░░░░░░░  12,345 (no limit)
      Seats     ░░░░░░░░░░░░░░░░░░░░  0 / 0

    Siblings
      IP            STATUS       TENANT     ASSIGNED  REPUTATION  LAST SEEN
      203.0.113.24  active       Acme GmbH         7       98.50  3h ago
      198.51.100.7  quarantined  -              1250           -  -

    Notes
      first
      second
      careful
    "
  `)
})

test('writes addresses out where a terminal has no links, once where the words are their end', async () => {
  const pairs: Section['pairs'] = [
    ['Tenant', {text: 'Acme GmbH', href: 'https://ops.example/acme', tone: 'good'}],
    ['Payment', {text: 'pi_123', href: 'https://ops.example/payments/pi_123'}],
  ]
  expect(await renderSections([{pairs}], style)).toBe(
    'Tenant   Acme GmbH  https://ops.example/acme\nPayment  https://ops.example/payments/pi_123\n',
  )
})

test('breaks a sentence between words and under itself where the terminal is narrow, and nothing else', async () => {
  const text = 'Change 5 subscriptions to scale when their periods end.'
  const pairs: Section['pairs'] = [
    ['What', {text, breaks: true}],
    ['To copy', text],
  ]
  expect(await renderSections([{pairs}], {...style, width: 40})).toMatchInlineSnapshot(`
    "What     Change 5 subscriptions to scale
             when their periods end.
    To copy  Change 5 subscriptions to scale when their periods end.
    "
  `)
})

test('colours and links on request', async () => {
  const text = await renderSections([about, usage, notes], {...style, color: true, links: true, ascii: true})
  expect(withVisibleEscapes(text)).toMatchInlineSnapshot(`
    "␛[2mIP    ␛[22m  203.0.113.24
    ␛[2mStatus␛[22m  ␛[32mactive␛[39m
    ␛[2mTenant␛[22m  ␛]8;;https://ops.example/acme␛\\Acme GmbH␛]8;;␛\\

    ␛[1mUsage␛[22m
      ␛[2mEmails  ␛[22m  ␛[33m################....␛[39m  8,200 / 10,000 (82%)
      ␛[2mDomains ␛[22m  ␛[31m####################␛[39m  3 / 3 (100%)
      ␛[2mContacts␛[22m  ␛[32m#...................␛[39m  12,345 (no limit)
      ␛[2mSeats   ␛[22m  ␛[32m....................␛[39m  0 / 0

    ␛[1mNotes␛[22m
      first
      second
      ␛[33mcareful␛[39m
    "
  `)
})

test('describes a row by its fields', async () => {
  expect(await renderSections([fieldsSection(first, addressView)], style)).toMatchInlineSnapshot(`
    "IP          https://ops.example/ips/203.0.113.24
    Status      active
    Tenant      Acme GmbH
    Assigned    7
    Reputation  98.50
    Pooled      yes
    Last seen   3h ago
    Labels      eu, us
    Notes       {"since":2024,"by":"ana"}
    "
  `)
  const some = {title: 'Where', ...fieldsSection(second, addressView, ['ip', 'tenant'])}
  expect(await renderSections([some], style)).toMatchInlineSnapshot(`
    "Where
      IP      https://ops.example/ips/198.51.100.7
      Tenant  -
    "
  `)
})

test('says that a nested table has no rows', async () => {
  expect(await renderSections([tableSection('Siblings', [], addressView)], style)).toBe('Siblings\n  No IPs.\n')
})

test('fits nested tables beside their indentation and tells what it hid', async () => {
  const hidden: (readonly string[])[] = []
  const narrow = {...style, width: 40, onHidden: (columns: readonly string[]) => hidden.push(columns)}
  const text = await renderSections([tableSection('Siblings', [first, second], addressView)], narrow)
  expect(text).toMatchInlineSnapshot(`
    "Siblings
      IP            STATUS       TENANT
      203.0.113.24  active       Acme GmbH
      198.51.100.7  quarantined  -
    "
  `)
  expect(hidden).toMatchInlineSnapshot(`
    [
      [
        "assigned_count",
        "reputation",
        "last_seen",
      ],
    ]
  `)
})

test('lets nothing hostile through, and no line feed but in lines', async () => {
  const hostile = Object.values(attacks).join('')
  const section = {title: hostile, pairs: [[hostile, `${hostile}\n`]], lines: [hostile]} as const
  const text = await renderSections([section], style)
  expect(unsafeCharacter.test(text.replaceAll('\n', ''))).toBe(false)
  expect(text.split('\n')).toHaveLength(4)
})

test('says what no value means where that is something', async () => {
  const view = {
    ...addressView,
    fields: {...addressView.fields, tenant: {...addressView.fields.tenant, none: 'nobody’s'}},
  }
  expect(await renderSections([fieldsSection(second, view, ['tenant', 'reputation'])], style)).toBe(
    'Tenant      nobody’s\nReputation  -\n',
  )
})
