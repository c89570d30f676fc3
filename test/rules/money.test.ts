import {expect, test} from 'vitest'
import {amount, major, priceInWords} from '../../src/rules/money.ts'

test.each([
  [7900, '79.00'],
  [0, '0.00'],
  [5, '0.05'],
  [-123_456, '-1,234.56'],
])('%i cents are %s', (cents, text) => {
  expect(major(cents)).toBe(text)
})

test.each([
  [7900, 'usd', '79.00 USD'],
  [500, 'jpy', '500 JPY'],
  [12_345, 'kwd', '12.345 KWD'],
])('%i of %s is %s', (minor, currency, text) => {
  expect(amount(minor, currency)).toBe(text)
})

test.each([
  [{amount: 7900, currency: 'usd', interval: 'month', interval_count: 1}, '79.00 USD a month'],
  [{amount: 19_900, currency: 'eur', interval: 'month', interval_count: 3}, '199.00 EUR every 3 months'],
  [{amount: null, currency: 'usd', interval: 'year', interval_count: 1}, 'USD in tiers a year'],
  [{amount: 100, currency: 'usd', interval: null, interval_count: null}, '1.00 USD once'],
])('%j is %s', (price, text) => {
  expect(priceInWords(price)).toBe(text)
})
