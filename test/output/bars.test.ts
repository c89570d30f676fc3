import {expect, test} from 'vitest'
import {bar} from '../../src/output/bars.ts'

test('fills by the share that is used', () => {
  expect([0, 25, 50, 100].map((value) => bar(value, 100, 8))).toEqual(['░░░░░░░░', '▓▓░░░░░░', '▓▓▓▓░░░░', '▓▓▓▓▓▓▓▓'])
})

test('shows the least use, and is full only at the limit', () => {
  expect([bar(1, 10_000, 8), bar(9999, 10_000, 8), bar(20_000, 10_000, 8)]).toEqual([
    '▓░░░░░░░',
    '▓▓▓▓▓▓▓░',
    '▓▓▓▓▓▓▓▓',
  ])
})

test('is full when there is use without any allowance', () => {
  expect([bar(0, 0, 4), bar(1, 0, 4), bar(1, Number.POSITIVE_INFINITY, 4)]).toEqual(['░░░░', '▓▓▓▓', '▓░░░'])
})

test('does without Unicode on request', () => {
  expect(bar(1, 2, 4, {ascii: true})).toBe('##..')
})
