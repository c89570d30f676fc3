import fc from 'fast-check'
import {expect, test} from 'vitest'
import {renderList, renderRecord} from '../../src/output/format.ts'
import {yaml} from '../../src/output/yaml.ts'
import {type Address, addressView, first, inBatches, second, style, whole} from './addresses.ts'
import {attacks, hostileString, runs, unsafeCharacter} from './hostile.ts'

test('writes rows as items of one block list', async () => {
  const text = await whole(renderList(inBatches([first], [second]), addressView, 'yaml', style))
  expect(text).toMatchInlineSnapshot(`
    "- ip: "203.0.113.24"
      status: active
      tenant: Acme GmbH
      assigned_count: 7
      reputation: "98.50"
      pooled: true
      last_seen: "2026-03-01T09:00:00.000Z"
      labels:
        - eu
        - us
      notes:
        since: 2024
        by: ana
    - ip: "198.51.100.7"
      status: quarantined
      tenant: null
      assigned_count: 1250
      reputation: null
      pooled: false
      last_seen: null
      labels: []
      notes: null
    "
  `)
})

test('writes an empty list when there are no rows', async () => {
  expect(await whole(renderList(inBatches<Address>(), addressView, 'yaml', style))).toBe('[]\n')
})

test('writes a single object as a bare mapping', () => {
  expect(renderRecord(first, addressView, 'yaml', {...style, fields: ['ip', 'labels']})).toMatchInlineSnapshot(`
    "ip: "203.0.113.24"
    labels:
      - eu
      - us
    "
  `)
})

test('quotes every string that some reader would take for something else', () => {
  const words = ['no', 'Yes', 'y', 'N', 'on', 'OFF', 'true', 'null', 'Null', '~', 'NaN', '.inf', 'Infinity', 'e8', '']
  const numbers = ['1e3', '0x1F', '0o7', '012', '1_000', '12:30', '1.5', '-1', '+1', '203.0.113.24', '2026-03-01']
  const marks = [
    '- a',
    '---',
    '...',
    '? a',
    'a: b',
    'a #b',
    '#a',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a',
    '<<',
    '=',
  ]
  const breaks = [' a', 'a ', 'a  b', 'a\nb', 'a\tb', '"a"', "it's", '[a]', '{a}', 'a,b', 'a\\b', 'é', '👍']
  expect(yaml([...words, ...numbers, ...marks, ...breaks])).toMatchInlineSnapshot(`
    "- "no"
    - "Yes"
    - "y"
    - "N"
    - "on"
    - "OFF"
    - "true"
    - "null"
    - "Null"
    - "~"
    - "NaN"
    - ".inf"
    - "Infinity"
    - "e8"
    - ""
    - "1e3"
    - "0x1F"
    - "0o7"
    - "012"
    - "1_000"
    - "12:30"
    - "1.5"
    - "-1"
    - "+1"
    - "203.0.113.24"
    - "2026-03-01"
    - "- a"
    - "---"
    - "..."
    - "? a"
    - "a: b"
    - "a #b"
    - "#a"
    - "&a"
    - "*a"
    - "!a"
    - "|"
    - ">"
    - "%a"
    - "@a"
    - "\`a"
    - "<<"
    - "="
    - " a"
    - "a "
    - "a  b"
    - "a\\nb"
    - "a\\tb"
    - "\\"a\\""
    - "it's"
    - "[a]"
    - "{a}"
    - "a,b"
    - "a\\\\b"
    - "é"
    - "👍"
    "
  `)
})

test('leaves ordinary words unquoted', () => {
  expect(yaml(['active', 'Acme GmbH', 'mail.example.com', 'a/b-c_d', 'plan 2'])).toMatchInlineSnapshot(`
    "- active
    - Acme GmbH
    - mail.example.com
    - a/b-c_d
    - plan 2
    "
  `)
})

test('writes nested lists and mappings as blocks, and empty ones as [] and {}', () => {
  const value = {a: {b: [], c: {}, no: [1, [2, [3]], {d: null, e: [true]}]}, 'x: y': -0.5, big: 1e21, small: -2e-7}
  expect(yaml(value)).toMatchInlineSnapshot(`
    "a:
      b: []
      c: {}
      "no":
        - 1
        - - 2
          - - 3
        - d: null
          e:
            - true
    "x: y": -0.5
    big: 1.0e+21
    small: -2.0e-7
    "
  `)
})

test('escapes hostile text', () => {
  expect(yaml(attacks)).toMatchInlineSnapshot(`
    "clearScreen: "Acme\\u001b[2J"
    eightBitClear: "Acme\\u009b2J"
    title: "\\u001b]0;owned\\u0007"
    bidi: "evil\\u202etxt.exe\\u2066"
    overwrite: "status ok\\rstatus BAD"
    backspace: "ok\\b\\bno"
    tags: "hi\\U000e0041\\U000e007f"
    zeroWidth: "pay\\u200bpal\\ufeff"
    separators: "a\\u2028b\\u2029c\\u0085d"
    highSurrogate: "a�b"
    lowSurrogate: "a�"
    nul: "a\\u0000b"
    "
  `)
})

test('writes any string on one safe line that reads back as JSON unless it is plain', () => {
  fc.assert(
    fc.property(hostileString, (text) => {
      const line = yaml(text)
      expect(unsafeCharacter.test(line.slice(0, -1))).toBe(false)
      if (line !== `${text}\n`) expect(JSON.parse(withSurrogates(line))).toBe(text.toWellFormed())
    }),
    runs(5000),
  )
})

// JSON has no escape for a whole code point beyond the first plane.
function withSurrogates(line: string): string {
  return line.replace(/(?<!\\)((?:\\\\)*)\\U([0-9a-f]{8})/g, (_, before: string, hex: string) => {
    return before + String.fromCodePoint(Number.parseInt(hex, 16))
  })
}
