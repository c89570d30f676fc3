import fc from 'fast-check'
import {expect, test} from 'vitest'
import {escapeJson, sanitize, sanitizeText} from '../../src/output/sanitize.ts'
import {attacks, hostileString, runs, unsafeCharacter} from './hostile.ts'

test('shows what would drive, reorder or hide on a terminal as a visible escape', () => {
  const shown = Object.fromEntries(Object.entries(attacks).map(([name, text]) => [name, sanitize(text)]))
  expect(shown).toMatchInlineSnapshot(`
    {
      "backspace": "ok\\u{8}\\u{8}no",
      "bidi": "evil\\u{202e}txt.exe\\u{2066}",
      "clearScreen": "Acme\\u{1b}[2J",
      "eightBitClear": "Acme\\u{9b}2J",
      "highSurrogate": "a\\u{d800}b",
      "lowSurrogate": "a\\u{dc00}",
      "nul": "a\\u{0}b",
      "overwrite": "status ok\\u{d}status BAD",
      "separators": "a\\u{2028}b\\u{2029}c\\u{85}d",
      "tags": "hi\\u{e0041}\\u{e007f}",
      "title": "\\u{1b}]0;owned\\u{7}",
      "zeroWidth": "pay\\u{200b}pal\\u{feff}",
    }
  `)
})

test('leaves ordinary text of any script alone', () => {
  for (const text of ['', 'Acme GmbH', 'Ünïcödé', '漢字 かな', '👍🏽 ❤️ 🇩🇪', 'עברית', 'हिन्दी', '“quoted” – dash…']) {
    expect(sanitize(text)).toBe(text)
  }
})

test('keeps line feeds, and only those, in text of several lines', () => {
  expect(sanitizeText('one\ntwo\r\nthree\t\u001b[2J')).toMatchInlineSnapshot(`
    "one
    two\\u{d}
    three\\u{9}\\u{1b}[2J"
  `)
})

test('lets nothing unsafe through in 100,000 hostile strings', () => {
  fc.assert(
    fc.property(hostileString, (text) => !unsafeCharacter.test(sanitize(text))),
    runs(100_000),
  )
})

test('changes nothing the second time', () => {
  fc.assert(
    fc.property(hostileString, (text) => sanitize(sanitize(text)) === sanitize(text)),
    runs(5000),
  )
})

test('makes JSON safe to print without changing what it says', () => {
  fc.assert(
    fc.property(fc.dictionary(hostileString, hostileString), (value) => {
      const json = escapeJson(JSON.stringify(value))
      expect(unsafeCharacter.test(json)).toBe(false)
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
    runs(5000),
  )
})

test('escapes tag characters in JSON as the surrogate pairs they are', () => {
  expect(escapeJson(JSON.stringify('\u{e0041}\u009b'))).toBe(String.raw`"\udb40\udc41\u009b"`)
})
