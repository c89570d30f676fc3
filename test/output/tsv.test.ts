import fc from 'fast-check'
import {expect, test} from 'vitest'
import {renderList, renderRecord} from '../../src/output/format.ts'
import {type Address, addressView, first, inBatches, second, style, whole} from './addresses.ts'
import {attacks, hostileString, runs, unsafeCharacter} from './hostile.ts'

test('writes fields between tabs, null as nothing, with a header on request', async () => {
  const bare = await whole(renderList(inBatches([first], [second]), addressView, 'tsv', {...style, header: false}))
  expect(bare).toMatchInlineSnapshot(`
    "203.0.113.24	active	Acme GmbH	7	98.50	true	2026-03-01T09:00:00.000Z	eu,us	{"since":2024,"by":"ana"}
    198.51.100.7	quarantined		1250		false			
    "
  `)
  const headed = await whole(renderList(inBatches<Address>(), addressView, 'tsv', {...style, fields: ['ip', 'status']}))
  expect(headed).toBe('ip\tstatus\n')
})

test('escapes tabs, line ends and backslashes as COPY does, and shows other control characters', async () => {
  const tenants = ['tab\there', 'two\nlines\r\n', 'back\\slash', '\\N', '\b\f\v', ...Object.values(attacks)]
  const lines = await Promise.all(tenants.map((tenant) => tsv({...first, tenant})))
  expect(lines.join('')).toMatchInlineSnapshot(`
    "tab\\there
    two\\nlines\\r\\n
    back\\\\slash
    \\\\N
    \\b\\f\\v
    Acme\\u{1b}[2J
    Acme\\u{9b}2J
    \\u{1b}]0;owned\\u{7}
    evil\\u{202e}txt.exe\\u{2066}
    status ok\\rstatus BAD
    ok\\b\\bno
    hi\\u{e0041}\\u{e007f}
    pay\\u{200b}pal\\u{feff}
    a\\u{2028}b\\u{2029}c\\u{85}d
    a\\u{d800}b
    a\\u{dc00}
    a\\u{0}b
    "
  `)
})

test('writes one line with the right number of fields, whatever the text', async () => {
  await fc.assert(
    fc.asyncProperty(hostileString, hostileString, async (tenant, label) => {
      const line = await tsv({...first, tenant, labels: [label]}, ['ip', 'tenant', 'labels'])
      expect(line.split('\t')).toHaveLength(3)
      expect(line.indexOf('\n')).toBe(line.length - 1)
      expect(unsafeCharacter.test(line.replace(/[\t\n]/g, ''))).toBe(false)
    }),
    runs(3000),
  )
})

test('writes one record as a line for each field', () => {
  const fields = ['ip', 'status', 'tenant', 'labels']
  expect(renderRecord({...first, tenant: 'two\nlines'}, addressView, 'tsv', {header: false, fields})).toBe(
    'ip\t203.0.113.24\nstatus\tactive\ntenant\ttwo\\nlines\nlabels\teu,us\n',
  )
})

function tsv(row: Address, fields = ['tenant']): Promise<string> {
  return whole(renderList(inBatches([row]), addressView, 'tsv', {...style, header: false, fields}))
}
