import {expect, test} from 'vitest'
import {layOut} from '../../src/output/frame.ts'

const numbers = (count: number) => Array.from({length: count}, (_, index) => `line ${index + 1}`)

test('fills exactly the rows there are', () => {
  for (const rows of [1, 2, 3, 5, 15, 24, 40]) {
    const {lines} = layOut(
      {head: ['head', ''], panes: [{lines: numbers(9)}, {lines: numbers(50)}], foot: ['a', 'b']},
      {columns: 20, rows},
    )
    expect(lines).toHaveLength(rows)
  }
})

test('keeps the line in focus in sight', () => {
  const sight = (focus: number) =>
    layOut({head: ['head'], panes: [{lines: numbers(9), focus}], foot: ['foot']}, {columns: 10, rows: 5}).lines
  expect([sight(0), sight(4), sight(8)]).toEqual([
    ['head', 'line 1', 'line 2', 'line 3   ↓', 'foot'],
    ['head', 'line 4   ↑', 'line 5', 'line 6   ↓', 'foot'],
    ['head', 'line 7   ↑', 'line 8', 'line 9', 'foot'],
  ])
})

test('goes no further down than to the last line, and says where it is', () => {
  const from = (top: number) =>
    layOut({head: [], panes: [{lines: numbers(2)}, {lines: numbers(9), top}], foot: []}, {columns: 10, rows: 8})
  expect([from(3), from(99)]).toEqual([
    {
      lines: ['line 1', 'line 2', '──────────', 'line 4   ↑', 'line 5', 'line 6', 'line 7', 'line 8   ↓'],
      tops: [0, 3],
    },
    {lines: ['line 1', 'line 2', '──────────', 'line 5   ↑', 'line 6', 'line 7', 'line 8', 'line 9'], tops: [0, 4]},
  ])
})

test('has room for nothing on a terminal of no size to speak of', () => {
  const frame = {head: ['head'], panes: [{lines: numbers(9), focus: 4}], foot: ['foot']} as const
  expect(layOut(frame, {columns: 1, rows: 3}).lines).toEqual(['…', '…', '…'])
})

test('gives two panes what they need, and the list two fifths where there is too little', () => {
  const frame = (upper: number, lower: number) =>
    layOut(
      {head: [], panes: [{lines: numbers(upper)}, {lines: numbers(lower)}], foot: []},
      {columns: 6, rows: 10},
    ).lines.indexOf('──────')
  expect([frame(2, 20), frame(20, 20), frame(20, 2)]).toEqual([2, 4, 7])
})

test('cuts what is wider than the columns', () => {
  expect(layOut({head: ['a wide head'], panes: [{lines: []}], foot: []}, {columns: 6, rows: 1}).lines).toEqual([
    'a wid…',
  ])
})
