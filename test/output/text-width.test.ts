import fc from 'fast-check'
import {expect, test} from 'vitest'
import {sanitize} from '../../src/output/sanitize.ts'
import {displayWidth, padEnd, truncate} from '../../src/output/text-width.ts'
import {hostileString, runs} from './hostile.ts'

test('counts the columns that terminals use', () => {
  const texts = ['abc', '漢字', 'ｶﾅ', '👍', '👍🏽', '🇩🇪', '❤️', '❤', '1️⃣', '🫠', 'e\u0301', '한글', '…→✓', '𝕏', '𠀀', '']
  expect(Object.fromEntries(texts.map((text) => [text, displayWidth(text)]))).toMatchInlineSnapshot(`
    {
      "": 0,
      "1️⃣": 2,
      "abc": 3,
      "é": 1,
      "…→✓": 3,
      "❤": 1,
      "❤️": 2,
      "漢字": 4,
      "한글": 4,
      "𝕏": 1,
      "🇩🇪": 2,
      "👍": 2,
      "👍🏽": 2,
      "🫠": 2,
      "𠀀": 2,
      "ｶﾅ": 2,
    }
  `)
})

test('cuts between characters, never within one, and says so by an ellipsis', () => {
  expect(
    ['abcdef', '漢字漢字', '👍🏽👍🏽👍🏽', 'e\u0301e\u0301e\u0301e\u0301e\u0301', 'abcd', 'a'].map((text) =>
      truncate(text, 4),
    ),
  ).toEqual(['abc…', '漢…', '👍🏽…', 'e\u0301e\u0301e\u0301…', 'abcd', 'a'])
  expect(truncate('abc', 1)).toBe('…')
  expect(truncate('abc', 0)).toBe('')
})

test('pads by columns, not by characters', () => {
  expect([padEnd('ab', 4), padEnd('漢', 4), padEnd('abcde', 4)]).toEqual(['ab  ', '漢  ', 'abcde'])
})

test('never cuts a text longer than the width', () => {
  fc.assert(
    fc.property(hostileString, fc.integer({min: 0, max: 40}), (text, width) => {
      return displayWidth(truncate(sanitize(text), width)) <= width
    }),
    runs(5000),
  )
})
