import {expect, test} from 'vitest'
import {renderList, renderRecord} from '../../src/output/format.ts'
import {addressView, first, inBatches, second, style, whole} from './addresses.ts'
import {attacks} from './hostile.ts'

test('writes one sanitized name a line', async () => {
  const hostile = {...first, ip: attacks.clearScreen}
  const text = await whole(renderList(inBatches([first, second], [hostile]), addressView, 'name', style))
  expect(text).toBe('203.0.113.24\n198.51.100.7\nAcme\\u{1b}[2J\n')
})

test('leaves the line of what has no name empty', async () => {
  const view = {...addressView, name: 'reputation'} as const
  const text = await whole(renderList(inBatches([second, first]), view, 'name', style))
  expect(text).toBe('\n98.50\n')
})

test('writes the name of a single object', () => {
  expect(renderRecord(first, addressView, 'name', style)).toBe('203.0.113.24\n')
})
