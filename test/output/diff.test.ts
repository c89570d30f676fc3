import {expect, test} from 'vitest'
import {type RowDiff, renderDiff} from '../../src/output/diff.ts'
import {withVisibleEscapes} from './addresses.ts'
import {attacks, unsafeCharacter} from './hostile.ts'

const style = {color: false, width: 120}

const quarantine: RowDiff = {
  label: 'ip 203.0.113.24',
  op: 'update',
  columns: [
    {name: 'status', before: 'warmed', after: 'quarantined'},
    {name: 'assigned_count', before: 7, after: 0},
  ],
}

const assign: RowDiff = {
  label: 'assignment 9',
  op: 'insert',
  columns: [
    {name: 'tenant', before: undefined, after: 'Acme'},
    {name: 'expires', before: undefined, after: null},
    {name: 'note', before: undefined, after: ''},
  ],
}

const release: RowDiff = {
  label: 'assignment 8',
  op: 'delete',
  columns: [{name: 'limits', before: {daily: 50}, after: undefined}],
}

test('shows updates, inserts and deletes a line each', async () => {
  expect(await renderDiff([quarantine, assign, release], style)).toMatchInlineSnapshot(`
    "~ ip 203.0.113.24   status: warmed → quarantined, assigned_count: 7 → 0
    + assignment 9      tenant: Acme, expires: null, note: ""
    - assignment 8      limits: {"daily":50}
    "
  `)
})

test('colours by what is done', async () => {
  const text = await renderDiff([quarantine, assign, release], {...style, color: true})
  expect(withVisibleEscapes(text)).toMatchInlineSnapshot(`
    "␛[33m~ ip 203.0.113.24␛[39m   status: warmed → quarantined, assigned_count: 7 → 0
    ␛[32m+ assignment 9   ␛[39m   tenant: Acme, expires: null, note: ""
    ␛[31m- assignment 8   ␛[39m   limits: {"daily":50}
    "
  `)
})

test('shows a row that is only named', async () => {
  expect(await renderDiff([{label: 'tenant acme', op: 'delete', columns: []}], style)).toBe('- tenant acme\n')
})

test('says how many more rows there are', async () => {
  expect(await renderDiff([release, release, release], style, {more: 1_234})).toMatchInlineSnapshot(`
    "- assignment 8   limits: {"daily":50}
    - assignment 8   limits: {"daily":50}
    - assignment 8   limits: {"daily":50}
    … and 1,234 more
    "
  `)
})

test('puts each change on its own line when they do not fit one', async () => {
  expect(await renderDiff([quarantine, assign], {...style, width: 50})).toMatchInlineSnapshot(`
    "~ ip 203.0.113.24
        status: warmed → quarantined
        assigned_count: 7 → 0
    + assignment 9
        tenant: Acme
        expires: null
        note: ""
    "
  `)
})

test('shortens long values, and shows where long values begin to differ', async () => {
  const long = 'v=spf1 include:_spf.one.example include:_spf.two.example include:_spf.three.example'
  const columns = [
    {name: 'record', before: `${long} ~all`, after: `${long} -all`},
    {name: 'notes', before: null, after: 'n'.repeat(500)},
  ]
  expect(await renderDiff([{label: 'txt', op: 'update', columns}], style)).toMatchInlineSnapshot(`
    "~ txt
        record: …e.example ~all → …e.example -all
        notes: null → nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…
    "
  `)
})

test('shows hostile values as visible escapes', async () => {
  const columns = Object.entries(attacks).map(([name, text]) => ({name: `${name}\u001b[1m`, before: text, after: null}))
  const text = await renderDiff([{label: attacks.bidi, op: 'update', columns}], style)
  expect(unsafeCharacter.test(text.replaceAll('\n', ''))).toBe(false)
})

test('is empty when nothing will change', async () => {
  expect(await renderDiff([], style)).toBe('')
})
