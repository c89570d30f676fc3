import fc from 'fast-check'
import {expect, test} from 'vitest'
import {renderFlow, renderList} from '../../src/output/format.ts'
import {renderTable, wideColumns} from '../../src/output/table.ts'
import {displayWidth} from '../../src/output/text-width.ts'
import {
  type Address,
  addressView,
  first,
  inBatches,
  pieces,
  second,
  style,
  whole,
  withVisibleEscapes,
} from './addresses.ts'
import {attacks, hostileString, runs, unsafeCharacter} from './hostile.ts'

test('draws columns without borders, numbers to the right, nothing as a dash', async () => {
  expect(await table([first, second])).toMatchInlineSnapshot(`
    "IP            STATUS       TENANT     ASSIGNED  REPUTATION  LAST SEEN
    203.0.113.24  active       Acme GmbH         7       98.50  3h ago
    198.51.100.7  quarantined  -              1250           -  -
    "
  `)
})

test('goes on with rows that come later, in the columns of those before', async () => {
  const longer = {...second, ip: '198.51.100.100', tenant: 'Another GmbH & Co. KG'}
  expect(
    await pieces(renderFlow(inBatches([first], [second], [longer]), addressView, 'table', style)),
  ).toMatchInlineSnapshot(`
      [
        "IP            STATUS  TENANT     ASSIGNED  REPUTATION  LAST SEEN
      203.0.113.24  active  Acme GmbH         7       98.50  3h ago
      ",
        "198.51.100.7  quarantined  -              1250           -  -
      ",
        "198.51.100.100  quarantined  Another GmbH & Co. KG      1250           -  -
      ",
      ]
    `)
})

test('says once, at the end, what columns rows that come later have no room in either', async () => {
  const hidden: (readonly string[])[] = []
  const narrow = {...style, width: 40, onHidden: (columns: readonly string[]) => hidden.push(columns)}
  const [one, two] = await pieces(renderFlow(inBatches([first], [second]), addressView, 'table', narrow))
  expect({widest: displayWidth(one?.split('\n')[0] ?? ''), two, hidden}).toMatchInlineSnapshot(`
    {
      "hidden": [
        [
          "assigned_count",
          "reputation",
          "last_seen",
        ],
      ],
      "two": "198.51.100.7  quarantined  -
    ",
      "widest": 28,
    }
  `)
})

test('leaves the header out on request', async () => {
  expect(await table([first], {header: false})).toMatchInlineSnapshot(`
    "203.0.113.24  active  Acme GmbH  7  98.50  3h ago
    "
  `)
})

test('says nothing of no rows', async () => {
  expect(await renderTable([], addressView, addressView.table, style)).toEqual({
    text: '',
    hidden: [],
    layout: new Map(),
  })
  expect(await pieces(renderList(inBatches<Address>(), addressView, 'table', style))).toEqual([])
})

test('aligns East Asian text, emoji, flags and combining marks by the columns they take', async () => {
  const names = ['漢字', 'かな', '한글', '👍🏽', '❤️', '🇩🇪', 'e\u0301te\u0301', '🫠', 'ｆｕｌｌ', 'हिन्दी', 'ไทยดี']
  const rows = names.map((tenant) => ({...first, tenant}))
  const {text} = await renderTable(rows, addressView, ['tenant', 'assigned_count'], {...style, header: false})
  const lines = text.split('\n').slice(0, -1)
  expect(lines).toMatchInlineSnapshot(`
    [
      "漢字      7",
      "かな      7",
      "한글      7",
      "👍🏽        7",
      "❤️        7",
      "🇩🇪        7",
      "été       7",
      "🫠        7",
      "ｆｕｌｌ  7",
      "हिन्दी     7",
      "ไทยดี      7",
    ]
  `)
  expect(new Set(lines.map(displayWidth))).toEqual(new Set([11]))
})

test('shortens the widest text first and leaves the name whole longest', async () => {
  const rows = [{...first, tenant: 'A tenant with quite a long name, Incorporated'}, second]
  const {text, hidden} = await renderTable(rows, addressView, addressView.table, {...style, width: 80})
  expect(text).toMatchInlineSnapshot(`
    "IP            STATUS       TENANT                ASSIGNED  REPUTATION  LAST SEEN
    203.0.113.24  active       A tenant with quite…         7       98.50  3h ago
    198.51.100.7  quarantined  -                         1250           -  -
    "
  `)
  expect(hidden).toEqual([])
})

test('hides columns from the right when shortening is not enough, and tells which', async () => {
  const rows = [{...first, tenant: 'A tenant with quite a long name, Incorporated'}, second]
  const {text, hidden} = await renderTable(rows, addressView, addressView.table, {...style, width: 48})
  expect(text).toMatchInlineSnapshot(`
    "IP            STATUS       TENANT
    203.0.113.24  active       A tenant with quite …
    198.51.100.7  quarantined  -
    "
  `)
  expect(hidden).toMatchInlineSnapshot(`
    [
      "assigned_count",
      "reputation",
      "last_seen",
    ]
  `)
})

test('keeps the name alone in the narrowest terminal', async () => {
  const {text, hidden} = await renderTable([first], addressView, ['status', 'ip'], {...style, width: 8})
  expect({text, hidden}).toMatchInlineSnapshot(`
    {
      "hidden": [
        "status",
      ],
      "text": "IP
    203.0.1…
    ",
    }
  `)
})

test('tells the caller of a list which columns were hidden', async () => {
  const hidden: (readonly string[])[] = []
  const narrow = {...style, width: 30, onHidden: (columns: readonly string[]) => hidden.push(columns)}
  expect(await whole(renderList(inBatches([first], [second]), addressView, 'table', narrow))).toMatchInlineSnapshot(`
    "IP            STATUS
    203.0.113.24  active
    198.51.100.7  quarantined
    "
  `)
  expect(hidden).toMatchInlineSnapshot(`
    [
      [
        "tenant",
        "assigned_count",
        "reputation",
        "last_seen",
      ],
    ]
  `)
})

test('never hides or shortens with -o wide', async () => {
  const rows = [{...first, tenant: 'A tenant with quite a long name, Incorporated'}]
  const text = await whole(renderList(inBatches(rows), addressView, 'wide', {...style, width: 20}))
  expect(text).toMatchInlineSnapshot(`
    "IP            STATUS  TENANT                                         ASSIGNED  REPUTATION  LAST SEEN  POOLED  LABELS  NOTES
    203.0.113.24  active  A tenant with quite a long name, Incorporated         7       98.50  3h ago     yes     eu, us  {"since":2024,"by":"ana"}
    "
  `)
})

test('shortens other columns, and rather leaves one out, before it cuts what is worth nothing then', async () => {
  const view = {...addressView, fields: {...addressView.fields, tenant: {kind: 'text', least: 39} as const}}
  const rows = [{...first, ip: '2001:db8:113:24:9::24', tenant: '2001:db8:113::2:24'}]
  const drawn = await renderTable(rows, view, ['ip', 'tenant', 'assigned_count'], {...style, width: 36})
  expect(drawn).toEqual({
    text: 'IP                TENANT\n2001:db8:113:24…  2001:db8:113::2:24\n',
    hidden: ['assigned_count'],
    layout: new Map([
      ['ip', 16],
      ['tenant', 18],
    ]),
  })
})

test('adds to wide what the view says, or else all the rest', () => {
  expect(wideColumns(addressView).slice(6)).toEqual(['pooled', 'labels', 'notes'])
  expect(wideColumns({...addressView, wide: ['labels']}).slice(6)).toEqual(['labels'])
})

test('never hides a column that was asked for by name', async () => {
  const fields = ['ip', 'status', 'last_seen']
  const text = await whole(renderList(inBatches([first]), addressView, 'table', {...style, width: 20, fields}))
  expect(text).toMatchInlineSnapshot(`
    "IP            STATUS  LAST SEEN
    203.0.113.24  active  3h ago
    "
  `)
})

test('colours tones and links names, and aligns as if it had not', async () => {
  const text = await table([first, second], {color: true, links: true})
  expect(withVisibleEscapes(text)).toMatchInlineSnapshot(`
    "␛[1mIP␛[22m            ␛[1mSTATUS␛[22m       ␛[1mTENANT␛[22m     ␛[1mASSIGNED␛[22m  ␛[1mREPUTATION␛[22m  ␛[1mLAST SEEN␛[22m
    ␛]8;;https://ops.example/ips/203.0.113.24␛\\203.0.113.24␛]8;;␛\\  ␛[32mactive␛[39m       Acme GmbH         7       98.50  3h ago
    ␛]8;;https://ops.example/ips/198.51.100.7␛\\198.51.100.7␛]8;;␛\\  ␛[31mquarantined␛[39m  ␛[2m-␛[22m              1250           ␛[2m-␛[22m  ␛[2m-␛[22m
    "
  `)
  const bare = text.replace(/\u001b\]8;;.*?\u001b\\/g, '').replace(/\u001b\[\d+m/g, '')
  expect(bare).toBe(await table([first, second]))
})

test('makes no link of an address that is not plainly http', async () => {
  for (const ip of ['a\u001b\\b', 'a b', 'é']) {
    const text = await table([{...first, ip}], {links: true})
    expect(text).not.toContain('\u001b]8')
  }
})

test('shows hostile text as visible escapes', async () => {
  const rows = Object.values(attacks).map((tenant) => ({...first, tenant}))
  const {text} = await renderTable(rows, addressView, ['tenant', 'assigned_count'], style)
  expect(text).toMatchInlineSnapshot(`
    "TENANT                       ASSIGNED
    Acme\\u{1b}[2J                       7
    Acme\\u{9b}2J                        7
    \\u{1b}]0;owned\\u{7}                 7
    evil\\u{202e}txt.exe\\u{2066}         7
    status ok\\u{d}status BAD            7
    ok\\u{8}\\u{8}no                      7
    hi\\u{e0041}\\u{e007f}                7
    pay\\u{200b}pal\\u{feff}              7
    a\\u{2028}b\\u{2029}c\\u{85}d          7
    a\\u{d800}b                          7
    a\\u{dc00}                           7
    a\\u{0}b                             7
    "
  `)
})

test('is never wider than the terminal, whatever the text', async () => {
  const rows = fc.array(fc.record({ip: hostileString, tenant: hostileString, labels: fc.array(hostileString)}), {
    minLength: 1,
    maxLength: 30,
  })
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({min: 1, max: 150}), async (values, width) => {
      const addresses = values.map((value) => ({...first, ...value}))
      const {text} = await renderTable(addresses, addressView, wideColumns(addressView), {...style, width})
      const lines = text.split('\n').slice(0, -1)
      expect(lines).toHaveLength(addresses.length + 1)
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width)
      expect(lines.some((line) => unsafeCharacter.test(line))).toBe(false)
    }),
    runs(300),
  )
})

test('draws long tables in the same columns all the way down', async () => {
  const rows = Array.from({length: 130}, (_, index) => ({...first, assigned_count: index}))
  const lines = (await table(rows)).split('\n').slice(0, -1)
  expect(lines).toHaveLength(131)
  expect(new Set(lines.map((line) => line.indexOf('98.50'))).size).toBe(2)
  expect(lines.map((line) => Number(line.split(/ {2,}/)[3])).slice(1)).toEqual(rows.map((row) => row.assigned_count))
})

async function table(rows: readonly Address[], changes: Partial<typeof style> = {}): Promise<string> {
  const {text} = await renderTable(rows, addressView, addressView.table, {...style, ...changes})
  return text
}
