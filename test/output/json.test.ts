import fc from 'fast-check'
import {expect, test} from 'vitest'
import {renderList, renderRecord} from '../../src/output/format.ts'
import {type Address, addressView, first, inBatches, pieces, second, style, whole} from './addresses.ts'
import {attacks, hostileString, runs, unsafeCharacter} from './hostile.ts'

test('writes a list as one array of bare rows with every field, null included', async () => {
  const text = await whole(renderList(inBatches([first, second]), addressView, 'json', style))
  expect(text).toMatchInlineSnapshot(`
    "[
      {
        "ip": "203.0.113.24",
        "status": "active",
        "tenant": "Acme GmbH",
        "assigned_count": 7,
        "reputation": "98.50",
        "pooled": true,
        "last_seen": "2026-03-01T09:00:00.000Z",
        "labels": [
          "eu",
          "us"
        ],
        "notes": {
          "since": 2024,
          "by": "ana"
        }
      },
      {
        "ip": "198.51.100.7",
        "status": "quarantined",
        "tenant": null,
        "assigned_count": 1250,
        "reputation": null,
        "pooled": false,
        "last_seen": null,
        "labels": [],
        "notes": null
      }
    ]
    "
  `)
})

test('writes the same array whatever the batches were', async () => {
  const rows = [first, second, first]
  const expected = `${JSON.stringify(rows, null, 2)}\n`
  for (const batches of [[rows], [[first], [], [second], [first]], [[], [first, second], [first], []]]) {
    expect(await whole(renderList(inBatches(...batches), addressView, 'json', style))).toBe(expected)
  }
})

test('writes an empty array when there are no rows', async () => {
  expect(await whole(renderList(inBatches<Address>(), addressView, 'json', style))).toBe('[]\n')
  expect(await whole(renderList(inBatches<Address>([], []), addressView, 'json', style))).toBe('[]\n')
})

test('writes each batch as it arrives', async () => {
  const texts = await pieces(renderList(inBatches([first], [second]), addressView, 'ndjson', style))
  expect(texts).toEqual([`${JSON.stringify(first)}\n`, `${JSON.stringify(second)}\n`])
})

test('writes ndjson as one compact object a line', async () => {
  const text = await whole(renderList(inBatches([first, second]), addressView, 'ndjson', style))
  expect(text).toMatchInlineSnapshot(`
    "{"ip":"203.0.113.24","status":"active","tenant":"Acme GmbH","assigned_count":7,"reputation":"98.50","pooled":true,"last_seen":"2026-03-01T09:00:00.000Z","labels":["eu","us"],"notes":{"since":2024,"by":"ana"}}
    {"ip":"198.51.100.7","status":"quarantined","tenant":null,"assigned_count":1250,"reputation":null,"pooled":false,"last_seen":null,"labels":[],"notes":null}
    "
  `)
})

test('shows exactly the chosen fields, in the order they were chosen', async () => {
  const chosen = {...style, fields: ['status', 'ip']}
  const text = await whole(renderList(inBatches([first, second]), addressView, 'ndjson', chosen))
  expect(text).toMatchInlineSnapshot(`
    "{"status":"active","ip":"203.0.113.24"}
    {"status":"quarantined","ip":"198.51.100.7"}
    "
  `)
  expect(renderRecord(first, addressView, 'json', chosen)).toMatchInlineSnapshot(`
    "{
      "status": "active",
      "ip": "203.0.113.24"
    }
    "
  `)
})

test('leaves out what the view does not name and says null for what the row does not have', () => {
  const row: {id: string; name?: string; secret: string} = {id: '1', secret: 'hidden'}
  const view = {
    noun: 'thing',
    plural: 'things',
    name: 'id',
    fields: {id: {kind: 'text'}, name: {kind: 'text'}},
    table: ['id'],
  } as const
  expect(renderRecord<{id: string; name?: string}>(row, view, 'ndjson', style)).toBe('{"id":"1","name":null}\n')
})

test('writes a single object bare', () => {
  expect(renderRecord(second, addressView, 'json', style)).toBe(`${JSON.stringify(second, null, 2)}\n`)
  expect(renderRecord(second, addressView, 'ndjson', style)).toBe(`${JSON.stringify(second)}\n`)
})

test('escapes hostile text so that JSON on a terminal is safe', () => {
  const hostile = {...second, tenant: Object.values(attacks).join(' ')}
  expect(renderRecord(hostile, addressView, 'ndjson', {...style, fields: ['tenant']})).toMatchInlineSnapshot(`
    "{"tenant":"Acme\\u001b[2J Acme\\u009b2J \\u001b]0;owned\\u0007 evil\\u202etxt.exe\\u2066 status ok\\rstatus BAD ok\\b\\bno hi\\udb40\\udc41\\udb40\\udc7f pay\\u200bpal\\ufeff a\\u2028b\\u2029c\\u0085d a\\ud800b a\\udc00 a\\u0000b"}
    "
  `)
})

test('is safe and true to the data for any text and any number of rows', async () => {
  const batches = fc.array(fc.array(fc.record({tenant: hostileString, notes: fc.jsonValue()}), {maxLength: 4}))
  await fc.assert(
    fc.asyncProperty(batches, async (parts) => {
      const rows = parts.map((part) => part.map((values) => ({...first, ...values})))
      const text = await whole(renderList(inBatches(...rows), addressView, 'json', style))
      expect(unsafeCharacter.test(text.replaceAll('\n', ''))).toBe(false)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(rows.flat())))
    }),
    runs(500),
  )
})
