import {expect, test} from 'vitest'
import {gathered, renderFlows} from '../../src/output/flows.ts'

const style = {color: false, width: 80, header: true, links: false, clock: {now: new Date(0), zone: 'iso' as const}}
const flows = [
  {from: 'growth', to: 'scale', count: 3_000},
  {from: null, to: 'scale', count: 1_000},
]

test('draws each way with its share of all', async () => {
  expect(await renderFlows(flows, style)).toBe(
    'growth → scale  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░  3,000\n- → scale       ▓▓▓▓▓░░░░░░░░░░░░░░░  1,000\n',
  )
})

test('draws shorter bars where there is less room, and none where they would show nothing', async () => {
  expect(await renderFlows(flows, {...style, width: 33})).toBe(
    'growth → scale  ▓▓▓▓▓▓▓▓░░  3,000\n- → scale       ▓▓▓░░░░░░░  1,000\n',
  )
  expect(await renderFlows(flows, {...style, width: 24})).toBe('growth → scale  3,000\n- → scale       1,000\n')
})

test('says in words what would be drawn', async () => {
  expect(await renderFlows(flows, {...style, plain: true})).toBe(
    'from growth to scale   3,000\nfrom nothing to scale  1,000\n',
  )
})

test('names what a database says with nothing that would drive the terminal', async () => {
  expect(await renderFlows([{from: 'a\u001B[2J', to: 'b', count: 1}], style)).toBe(
    'a\\u{1b}[2J → b  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓  1\n',
  )
})

test('of very many ways it shows the first', async () => {
  const many = Array.from({length: 12}, (_, at) => ({from: `p${at}`, to: 'q', count: 1}))
  expect((await renderFlows(many, style)).split('\n').slice(9)).toEqual([
    'p9 → q  ▓▓░░░░░░░░░░░░░░░░░░  1',
    '… and 2 more ways',
    '',
  ])
})

test('gathers very many ways to several places by where they lead, the most first', async () => {
  const many = Array.from({length: 12}, (_, at) => ({
    from: `p${at}`,
    to: at % 3 === 0 ? null : `q${at % 3}`,
    count: at,
  }))
  expect(await renderFlows(gathered(many), style)).toBe(
    '→ q2  ▓▓▓▓▓▓▓▓░░░░░░░░░░░░  26\n→ q1  ▓▓▓▓▓▓▓░░░░░░░░░░░░░  22\n→ -   ▓▓▓▓▓░░░░░░░░░░░░░░░  18\n',
  )
  expect(await renderFlows(gathered(many), {...style, plain: true})).toBe(
    'to q2       26\nto q1       22\nto nothing  18\n',
  )
  const few = many.slice(2)
  expect(gathered(few)).toBe(few)
})

test('draws nothing of nothing', async () => {
  expect(await renderFlows([], style)).toBe('')
})
