import {expect, test} from 'vitest'
import {nearest} from '../../src/output/nearest.ts'

const words = ['active', 'warming', 'warmed', 'quarantined', 'id']

test('finds the word with the fewest edits', () => {
  expect(['actve', 'Active', 'warmd', 'quarantine', 'wraming'].map((word) => nearest(word, words))).toEqual([
    'active',
    'active',
    'warmed',
    'quarantined',
    'warming',
  ])
})

test('finds nothing further than three edits away', () => {
  expect([nearest('acxxxxve', words), nearest('retired', words), nearest('', words)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('does not correct a short word into a wholly different one', () => {
  expect([nearest('xy', words), nearest('ix', words), nearest('nope', ['cost'])]).toEqual([undefined, 'id', undefined])
})
