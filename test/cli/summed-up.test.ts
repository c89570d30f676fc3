import {expect, test} from 'vitest'
import {summedUp} from '../../src/cli/summed-up.ts'

const sending = (count: number) => Array.from({length: count}, (_, n) => `Sending by them now: Campaign ${n + 1}.`)

test('a few warnings are told one by one', () => {
  expect(summedUp([...sending(3), 'Stripe is not told.'])).toEqual([...sending(3), 'Stripe is not told.'])
})

test('many of a kind are one line: how many, and the first of them', () => {
  expect(summedUp([...sending(600), 'Stripe is not told.'])).toEqual([
    'Sending by them now (600): Campaign 1, Campaign 2, Campaign 3, Campaign 4, Campaign 5 and 595 more.',
    'Stripe is not told.',
  ])
})

test('many kinds are cut, and where all of them are is said', () => {
  const kinds = Array.from({length: 12}, (_, n) => `Kind ${n}: x.`)
  expect(summedUp(kinds)).toEqual([...kinds.slice(0, 10), '… and 2 more warnings: -o json has them all.'])
})
