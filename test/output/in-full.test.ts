import {expect, test} from 'vitest'
import {fullLines} from '../../src/output/in-full.ts'
import {renderTable} from '../../src/output/table.ts'
import type {View} from '../../src/output/view.ts'

interface Row {
  name: string
  error: string
}

const view: View<Row> = {
  noun: 'row',
  plural: 'rows',
  name: 'name',
  fields: {name: {kind: 'text'}, error: {kind: 'text'}},
  table: ['name', 'error'],
}
const style = {color: true, header: true, links: false, clock: {now: new Date(0), zone: 'iso' as const}, inFull: true}

const saidOf = async (rows: readonly Row[], width: number) => {
  const {text} = await renderTable(rows, view, view.table, {...style, width})
  return fullLines(text.trimEnd())
}

test('rows say what they say, however wide they are drawn', async () => {
  const acme = {name: 'acme', error: 'The SPF record needs 12 lookups.'}
  const wide = {name: 'a-name-that-takes-all-the-room', error: 'ok'}
  const [narrow, alone] = [await saidOf([wide, acme], 30), await saidOf([acme], 80)]
  expect(narrow.map(({says}) => says)).toEqual([
    'NAME  ERROR',
    'a-name-that-takes-all-the-room  ok',
    'acme  The SPF record needs 12 lookups.',
  ])
  expect(alone.at(-1)?.says).toBe(narrow.at(-1)?.says)
  expect(narrow.at(-1)?.line).toMatch(/^acme +The SPF rec…$/)
})

test('text that carries nothing says what it shows', () => {
  expect(fullLines('a\nb')).toEqual([
    {line: 'a', says: 'a'},
    {line: 'b', says: 'b'},
  ])
})
