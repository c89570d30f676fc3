import {expect, test} from 'vitest'
import {chooseFields, UnknownField} from '../../src/output/fields.ts'
import {addressView} from './addresses.ts'

test('takes a plain list as exactly that, in its order', () => {
  expect(chooseFields(addressView, 'tenant, ip')).toEqual(['tenant', 'ip'])
})

test('names a repeated field once', () => {
  expect(chooseFields(addressView, 'ip,status,ip,')).toEqual(['ip', 'status'])
})

test('takes all as every field', () => {
  expect(chooseFields(addressView, 'all')).toEqual(Object.keys(addressView.fields))
  expect(chooseFields(addressView, 'all,-notes,-labels')).toEqual(Object.keys(addressView.fields).slice(0, 7))
})

test('takes signs as changes to what the table shows', () => {
  expect(chooseFields(addressView, '+pooled,-tenant,-reputation')).toEqual([
    'ip',
    'status',
    'assigned_count',
    'last_seen',
    'pooled',
  ])
  expect(chooseFields(addressView, '+ip')).toEqual(addressView.table)
})

test('refuses an unknown field with the valid ones', () => {
  const valid = Object.keys(addressView.fields)
  expect(refusal('ip,statsu')).toEqual({message: "Unknown field 'statsu'", field: 'statsu', valid})
  expect(refusal('-zzzzzz')).toEqual({message: "Unknown field 'zzzzzz'", field: 'zzzzzz', valid})
  expect(refusal('constructor').field).toBe('constructor')
})

test('refuses a choice of nothing', () => {
  expect(refusal('').field).toBe('')
  expect(refusal('-all').field).toBe('-all')
})

function refusal(spec: string): Pick<UnknownField, 'message' | 'field' | 'valid'> {
  try {
    chooseFields(addressView, spec)
  } catch (error) {
    if (error instanceof UnknownField) {
      const {message, field, valid} = error
      return {message, field, valid}
    }
  }
  throw new Error(`${spec} was not refused`)
}
