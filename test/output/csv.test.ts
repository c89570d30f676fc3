import fc from 'fast-check'
import {expect, test} from 'vitest'
import {renderList, renderRecord} from '../../src/output/format.ts'
import {sanitizeText} from '../../src/output/sanitize.ts'
import {type Address, addressView, first, inBatches, second, style, whole} from './addresses.ts'
import {attacks, hostileString, runs, unsafeCharacter} from './hostile.ts'

test('writes a header of field names and a line a row', async () => {
  const text = await whole(renderList(inBatches([first], [second]), addressView, 'csv', style))
  expect(text).toMatchInlineSnapshot(`
    "ip,status,tenant,assigned_count,reputation,pooled,last_seen,labels,notes
    203.0.113.24,active,Acme GmbH,7,98.50,true,2026-03-01T09:00:00.000Z,"eu,us","{""since"":2024,""by"":""ana""}"
    198.51.100.7,quarantined,,1250,,false,,,
    "
  `)
})

test('writes only the header when there are no rows', async () => {
  const fields = ['ip', 'status']
  expect(await whole(renderList(inBatches<Address>(), addressView, 'csv', {...style, fields}))).toBe('ip,status\n')
})

test('leaves the header out on request', async () => {
  const bare = {...style, header: false, fields: ['ip', 'status']}
  expect(await whole(renderList(inBatches([first]), addressView, 'csv', bare))).toBe('203.0.113.24,active\n')
  expect(await whole(renderList(inBatches<Address>(), addressView, 'csv', bare))).toBe('')
})

test('writes a single object as a header and one line', () => {
  expect(renderRecord(first, addressView, 'csv', {...style, fields: ['ip', 'notes']})).toMatchInlineSnapshot(`
    "ip,notes
    203.0.113.24,"{""since"":2024,""by"":""ana""}"
    "
  `)
})

test('defuses what a spreadsheet would take for a formula, in text only', () => {
  const starts = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', 'a=1', "'=1"]
  const lines = starts.map((tenant) => csv({...first, tenant, reputation: '-1.5', labels: ['-x', 'y']}))
  expect(lines.join('')).toMatchInlineSnapshot(`
    "'=1+1,-1.5,"'-x,y"
    '+1,-1.5,"'-x,y"
    '-1,-1.5,"'-x,y"
    '@SUM(A1),-1.5,"'-x,y"
    '\\u{9}=1,-1.5,"'-x,y"
    '\\u{d}=1,-1.5,"'-x,y"
    a=1,-1.5,"'-x,y"
    '=1,-1.5,"'-x,y"
    "
  `)
})

test('shows control characters instead of writing them', () => {
  expect(
    Object.values(attacks)
      .map((tenant) => csv({...second, tenant}, ['tenant']))
      .join(''),
  ).toMatchInlineSnapshot(`
    "Acme\\u{1b}[2J
    Acme\\u{9b}2J
    \\u{1b}]0;owned\\u{7}
    evil\\u{202e}txt.exe\\u{2066}
    status ok\\u{d}status BAD
    ok\\u{8}\\u{8}no
    hi\\u{e0041}\\u{e007f}
    pay\\u{200b}pal\\u{feff}
    a\\u{2028}b\\u{2029}c\\u{85}d
    a\\u{d800}b
    a\\u{dc00}
    a\\u{0}b
    "
  `)
})

test('keeps a row of one empty field from being a blank line', () => {
  expect(csv(second, ['tenant'])).toBe('""\n')
})

test('reads back as the sanitized and guarded text, whatever the text', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(hostileString, hostileString), {minLength: 1}), (pairs) => {
      const rows = pairs.map(([tenant, label]) => ({...first, tenant, labels: [label]}))
      const text = rows.map((row) => csv(row, ['tenant', 'labels', 'assigned_count'])).join('')
      expect(unsafeCharacter.test(text.replaceAll('\n', ''))).toBe(false)
      expect(parseCsv(text)).toEqual(pairs.map(([tenant, label]) => [...[tenant, label].map(expected), '7']))
    }),
    runs(3000),
  )
})

function csv(row: Address, fields = ['tenant', 'reputation', 'labels']): string {
  return renderRecord(row, addressView, 'csv', {header: false, fields})
}

function expected(text: string): string {
  return sanitizeText(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)
}

function parseCsv(text: string): string[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/gy
  const rows: string[][] = [[]]
  for (const [, quoted, bare, end] of text.matchAll(field)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '')
    if (end === '\n') rows.push([])
  }
  expect(rows.pop()).toEqual([])
  return rows
}
