import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {longestLine} from '../../../src/cli/names/lines.ts'
import {listedNames} from '../../../src/cli/names/listed-names.ts'
import {renderList} from '../../../src/output/format.ts'
import type {View} from '../../../src/output/view.ts'
import {PmError} from '../../../src/rules/errors.ts'
import {inBatches, style, whole} from '../../output/addresses.ts'

const names = (text: string, known: readonly string[] = ['tenant', 'id']) => [...listedNames(text, 'list.csv', known)]
const refusal = (text: string) => {
  try {
    names(text)
  } catch (error) {
    if (error instanceof PmError) return {message: error.message, hint: error.hint}
    throw error
  }
  return 'taken'
}

describe('a list of names', () => {
  it.each([
    ['one a line', 'Acme\n\n# later\n  Globex  \n', [1, 4]],
    ['one a line from Windows', '\uFEFFAcme\r\nGlobex\r\n'.slice(1), [1, 2]],
    ['a column', 'tenant\nAcme\nGlobex\n', [2, 3]],
    ['a column in another case, with a space', 'Rank, TENANT \n1,Acme\n2,Globex', [2, 3]],
    ['the better of two columns', 'id,tenant\n7,Acme\n8,Globex\n', [2, 3]],
    ['a column of a header that separates by semicolons', '"Rank";Tenant\n1;Acme\n2;"Globex"\n', [2, 3]],
    ['TSV', 'rank\ttenant\n1\tAcme\n2\tGlobex\n', [2, 3]],
    ['NDJSON', '{"id":7,"tenant":"Acme"}\n\n{"tenant":"Globex"}\n', [1, 3]],
    ['a JSON array of objects', '[\n  {"tenant": "Acme", "more": ["],"]},\n\n  {"tenant": "Globex"}\n]\n', [2, 4]],
    ['a JSON array of names', '["Acme","Globex"]', [1, 1]],
    ['fields with returns by themselves', 'note,tenant\n"a\rb\r\r",Acme\n"\r\n\r",Globex\n', [2, 3]],
    ['fields of several lines', 'note,tenant\n"a\n""b""\n",Acme\n,"Globex"\n', [2, 5]],
  ])('is read as %s, with the line of each', (_, text, [first = 0, second = 0]) => {
    expect(names(text)).toEqual([
      {name: 'Acme', line: first},
      {name: 'Globex', line: second},
    ])
  })

  it('has semicolons in names, where no header separates by them', () => {
    expect(names('Acme; Sons\n')).toEqual([{name: 'Acme; Sons', line: 1}])
  })

  it('has the first of several fields of the first line for what may be a header, where none is known', () => {
    expect(names('Tenant Name,Plan\nAcme,gold\n')).toEqual([
      {name: 'Tenant Name', line: 1, mayBeHeader: true},
      {name: 'Acme', line: 2},
    ])
  })

  it.each(['', '\n\n', '# nothing\n', 'tenant\n', 'tenant,id\n', '[]', ' [ \n ] '])('has no names in %j', (text) => {
    expect(names(text)).toEqual([])
  })

  it('takes what pm wrote in front of a formula away again', () => {
    expect(names("tenant\n'=1+1\n'quoted'\n")).toEqual([
      {name: '=1+1', line: 2},
      {name: "'quoted'", line: 3},
    ])
  })

  it.each([
    [
      'a line of more fields than the first',
      'tenant,plan\nAcme,gold\nGlobex,gold,7\n',
      'list.csv line 3 has 3 fields, and line 1 has 2.',
      'All have the same number. A name with a comma stands in quotes: "Harbor, Pine".',
    ],
    [
      'a name with a comma among others',
      'Acme\nHarbor, Pine\n',
      'list.csv line 2 has 2 fields, and line 1 has 1.',
      'All have the same number. A name with a comma stands in quotes: "Harbor, Pine".',
    ],
    [
      'a column that stands twice',
      'tenant,plan,Tenant\nAcme,gold,Globex\n',
      'list.csv line 1 has the column tenant twice.',
      'Take one of them out: it is not clear which one counts.',
    ],
    [
      'a quote that is not closed',
      'tenant\nAcme\n"Globex\nInitech\n',
      'list.csv line 3 opens a quote that is never closed.',
      'In CSV, a quote that belongs to a name is written twice, and the name in quotes: "The ""Big"" One".',
    ],
    [
      'a quote within a field',
      'Joe "Mail" Smith\n',
      'list.csv line 1 has a quote within a field.',
      'In CSV, such a field stands in quotes, and its own are written twice: "The ""Big"" One".',
    ],
    [
      'YAML',
      '- tenant: Acme\n  plan: gold\n',
      'list.csv is in YAML, which is not read.',
      'Of another list of pm, take -o ndjson, csv, tsv, json or name.',
    ],
    [
      'an object without the field',
      '{"tenant":"Acme"}\n{"plan":"gold"}\n',
      'list.csv line 2 has no name in any of the fields tenant, id.',
      undefined,
    ],
    [
      'an object that breaks off',
      '{"tenant":"Acme"}\n{"tenant":\n',
      'list.csv line 2 is no JSON.',
      'Give one JSON object a line, as -o ndjson does, or one array of them.',
    ],
    [
      'an array that breaks off',
      '[{"tenant":"Acme"},\n',
      'list.csv is no whole JSON array: it does not end.',
      undefined,
    ],
    ['two arrays', '["Acme"]\n["Globex"]\n', 'list.csv goes on behind its JSON array.', undefined],
    [
      'a line without an end',
      `Acme\n${'x'.repeat(longestLine + 1)}`,
      'list.csv line 2 is longer than 1,000,000 characters.',
      undefined,
    ],
    [
      'a quote that runs on and on',
      `"Acme\n${'x\n'.repeat(longestLine)}`,
      'list.csv line 1 is longer than 1,000,000 characters.',
      undefined,
    ],
  ])('is refused for %s', (_, text, message, hint) => {
    expect(refusal(text)).toEqual({message, hint})
  })

  const printable = fc
    .string({unit: 'grapheme', minLength: 1, maxLength: 30})
    .map((text) => text.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim())
    // A name that looks like a guarded formula is one.
    .filter((text) => text !== '' && !/^'[=+\-@]/.test(text))
  // What would be a comment, a header, JSON or YAML, were it no name.
  const treacherous = fc.constantFrom(
    '# urgent',
    '#',
    '\\# x',
    'Name',
    'id',
    'tenant',
    '[VIP] spring',
    '{{name}}',
    '---',
  )

  const view: View<{plan: string; tenant: string}> = {
    noun: 'tenant',
    plural: 'tenants',
    name: 'tenant',
    fields: {plan: {kind: 'text'}, tenant: {kind: 'text'}},
    table: ['tenant'],
  }

  it('comes back from every format in which pm writes lists', async () => {
    const some = fc.array(fc.oneof(printable, treacherous), {minLength: 1, maxLength: 20})
    await fc.assert(
      fc.asyncProperty(some, async (tenants) => {
        const rows = tenants.map((tenant) => ({plan: 'gold', tenant}))
        for (const format of ['csv', 'tsv', 'ndjson', 'json'] as const) {
          const written = await whole(renderList(inBatches(rows), view, format, style))
          expect(names(written).map(({name}) => name)).toEqual(tenants)
        }
        const bare = {...style, header: false, fields: ['tenant', 'plan']}
        for (const format of ['csv', 'tsv'] as const) {
          const written = await whole(renderList(inBatches(rows), view, format, bare))
          expect(names(written, ['tenant', 'id', 'name']).map(({name}) => name)).toEqual(tenants)
        }
      }),
    )
  })

  it.each(['# urgent', ' # x', '\\# x', '\\\\#', 'Name', 'ID', 'tenant'])(
    'comes back from a list of nothing but names that begins with %j',
    async (tenant) => {
      const rows = [
        {tenant, plan: 'gold'},
        {tenant: 'Acme', plan: 'gold'},
      ]
      const known = ['tenant', 'id', 'name']
      const alone = {...style, header: false, fields: ['tenant']}
      for (const format of ['tsv', 'csv', 'name'] as const) {
        if (format !== 'name' && tenant.startsWith('\\')) continue
        const written = await whole(renderList(inBatches(rows), view, format, alone))
        expect(names(written, known).map(({name}) => name)).toEqual([tenant.trim(), 'Acme'])
      }
    },
  )

  const id = '01900000-0000-7000-8000-000000000001'
  it.each([
    ['no row with an id', `Name\tAcme\t${id}\n`, [{name: id, line: 1, mayBeHeader: true}]],
    ['no row with a time', 'Name\t2026-01-01T00:00:00.000Z\n', [{name: 'Name', line: 1, mayBeHeader: true}]],
    ['no row with a domain', 'id,acme.example\n', [{name: 'id', line: 1, mayBeHeader: true}]],
    ['a row of headings with numbers among them', 'tenant,2025\nAcme,7\n', [{name: 'Acme', line: 2}]],
  ])('has for a header %s', (_, text, found) => {
    expect(names(text, ['tenant', 'id', 'name'])).toEqual(found)
  })

  it('goes by its ids, but for those that are none', () => {
    const known = ['id', 'tenant']
    expect(names(`tenant,id\nDup,${id}\n`, known)).toEqual([{name: id, line: 2}])
    expect(names('tenant,id\nDup,1\n', known)).toEqual([{name: 'Dup', line: 2}])
    expect(names(`{"tenant":"Dup","id":"${id}"}\n{"id":2,"tenant":"Acme"}`, known)).toEqual([
      {name: id, line: 1},
      {name: 'Acme', line: 2},
    ])
  })

  it('goes by the ids in its last column where it has no header', () => {
    const text = `Dup\tAcme\t${id}\nDup\tGlobex\t${id.replace(/1$/, '2')}\n`
    expect(names(text).map(({name}) => name)).toEqual([id, id.replace(/1$/, '2')])
    expect(names(`${id}\t${id.replace(/1$/, '2')}\n`).map(({name}) => name)).toEqual([id])
    expect(names(text, ['ip']).map(({name}) => name)).toEqual(['Dup', 'Dup'])
  })

  it('has comments that have fewer or more fields than its rows', () => {
    expect(names('# as of today\nAcme\tgold\n#\n# Globex\n').map(({name}) => name)).toEqual(['Acme'])
    expect(names('# this, and that\nAcme,gold\n# another, and more\n').map(({name}) => name)).toEqual(['Acme'])
  })

  it.each([
    ['Acme\tgold\n# urgent\tgold\n', 2, 'begins with \\#'],
    ['# urgent\tgold\nAcme\tgold\n', 1, 'begins with \\#'],
    ['tenant,plan,rank\n#Acme,gold,7\n', 2, 'has its first field in quotes'],
  ])('is refused for what may be a comment or a row, as in %j', (text, line, hint) => {
    expect(refusal(text)).toEqual({
      message: `list.csv line ${line} begins with #, and has as many fields as a row.`,
      hint: `If it is a comment, take it out; a row ${hint}.`,
    })
  })

  it('is read or refused, whatever it is', () => {
    const piece = fc.constantFrom(
      '"',
      ',',
      '\n',
      '\r\n',
      '\t',
      '{',
      '[',
      ']',
      '}',
      '#',
      '\\',
      'tenant',
      'id',
      '- a: ',
      ' ',
      'é',
    )
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 40}), (pieces) => {
        const text = pieces.join('')
        const lines = text.split('\n').length
        let last = 0
        try {
          for (const {line} of listedNames(text, 'list.csv', ['tenant', 'id'])) {
            expect(line).toBeGreaterThanOrEqual(last)
            expect(line).toBeLessThanOrEqual(lines)
            last = line
          }
        } catch (error) {
          expect(error).toBeInstanceOf(PmError)
        }
      }),
      {numRuns: 2_000},
    )
  })
})
