import {describe, expect, test} from 'vitest'
import type {JobItem} from '../../src/changes/job/item.ts'
import {assertWithin} from '../../src/changes/job/within.ts'
import type {RevocationStep} from '../../src/rules/revocation.ts'

const login = 'op_sam'
const disabled = {
  table: 'pm.operator_logins',
  label: `login ${login}`,
  key: {login},
  before: {disabled: null},
  after: {disabled: '2026-11-02T12:00:00Z'},
} as const
const step = (name: RevocationStep['step'], target = login): RevocationStep => ({step: name, target, what: ''})
const item = (besides: object | undefined, rows: JobItem['rows'] = [disabled]): JobItem =>
  JSON.parse(JSON.stringify({target: 'sam', targets: [], rows, besides}))

describe('a job under staff.write', () => {
  test('shuts out the login whose row it disables, and names whom it removes', () => {
    const steps = [step('remove', 'sam@penguinmails.example'), step('disable'), step('shut out'), step('no login')]
    expect(() => assertWithin('staff.write', [item({does: 'revocation', steps}), item(undefined)])).not.toThrow()
  })

  test.each([
    ['another login than its row’s', item({does: 'revocation', steps: [step('no login', 'postgres')]})],
    [
      'a login whose row it enables',
      item({does: 'revocation', steps: [step('shut out')]}, [
        {...disabled, before: disabled.after, after: disabled.before},
      ]),
    ],
    ['what nobody knows', item({does: 'toString', steps: []})],
  ])('does nothing to %s', (_what, one) => {
    expect(() => assertWithin('staff.write', [one])).toThrow(
      'A job under staff.write does nothing of the kind besides its rows for sam.',
    )
  })
})

test('a job under another permission shuts nobody out, whatever its rows', () => {
  const rows: JobItem['rows'] = [
    {table: 'public.smtp_ip_addresses', label: 'ip', key: {id: 1}, before: {status: 'x'}, after: {status: 'y'}},
  ]
  expect(() => assertWithin('ip.write', [item({does: 'revocation', steps: []}, rows)])).toThrow(
    'A job under ip.write does',
  )
  expect(() => assertWithin('ip.write', [item(undefined)])).toThrow(
    'A job under ip.write does not write pm.operator_logins.',
  )
})
