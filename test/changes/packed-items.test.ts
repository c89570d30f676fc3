import {expect, test} from 'vitest'
import {readPage} from '../../src/changes/job/alike.ts'
import type {JobItem} from '../../src/changes/job/item.ts'
import {PackedItems} from '../../src/changes/job/packed-items.ts'

const plans = {free: 'a0', growth: 'a1', scale: 'a2'}

function change(n: number, from: string, more: Partial<JobItem> = {}): JobItem {
  const id = `s${String(n).padStart(4, '0')}`
  return {
    target: `tenant ${n}`,
    line: n,
    targets: [`tenant:${n}`, 'plan:scale'],
    rows: [
      {
        table: 'public.subscriptions',
        label: `subscription of “${n}”\n`,
        key: {id},
        before: {plan_id: from},
        after: {pending_plan_id: plans.scale},
      },
    ],
    standsOn: {tenant: `t${n}`, plan: plans.scale},
    ...more,
  }
}

function kept(items: readonly JobItem[], size = 500) {
  return [...PackedItems.of(items).pages(size)]
}

test('gives back what was packed, in the order it came', () => {
  const oddKey = change(4, plans.free).rows.map((row) => ({...row, key: {id: 'a\nb'}}))
  const items = [change(2, plans.free), change(1, plans.growth), change(0, plans.free, {rows: oddKey})]
  expect([...PackedItems.of(items)]).toEqual(items)
})

test('a page holds its items whole, in the order of their keys', () => {
  const items = [3, 1, 2, 0].map((n) => change(n, n % 2 === 0 ? plans.free : plans.growth))
  const [page] = kept(items)
  expect(readPage(JSON.parse(page?.text ?? ''))).toEqual(items.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)))
  expect(page?.size).toBe(4)
  expect(JSON.parse(page?.targets ?? '')).toEqual([0, 1, 2, 3].flatMap((n) => [`tenant:${n}`, 'plan:scale']))
})

test('says once a page what is the same of many', () => {
  const items = Array.from({length: 6}, (_, n) => change(n, plans.free))
  const pages = kept(items, 3).map(({text}) => JSON.parse(text))
  expect(pages.map((page) => page.map(({like}: {like?: number}) => like ?? 'whole'))).toEqual([
    ['whole', 0, 0],
    ['whole', 0, 0],
  ])
  expect(pages.flatMap(readPage)).toEqual(items)
})

test('what differs in anything but its name, key and owner is not alike', () => {
  const items = [
    change(0, plans.free),
    change(1, plans.free, {standsOn: {user: 'u1', plan: plans.scale}}),
    change(2, plans.free, {standsOn: {tenant: 't2', plan: plans.scale, although: ['not sold']}}),
    change(3, plans.free, {standsOn: undefined}),
    change(4, plans.free, {rows: [...change(4, plans.free).rows, ...change(5, plans.growth).rows]}),
    change(6, plans.free, {besides: {does: 'revocation', steps: []}}),
  ]
  const [page] = kept(items)
  expect(readPage(JSON.parse(page?.text ?? ''))).toEqual(JSON.parse(JSON.stringify(items)))
})

test('of which no two are alike, thousands are kept as well', () => {
  const items = Array.from({length: 2_500}, (_, n) => change(n, `plan ${n}`))
  const packed = PackedItems.of([...items, ...items.slice(0, 1)])
  expect([...packed]).toEqual([...items, ...items.slice(0, 1)])
  const pages = [...PackedItems.of(items).pages(500)].map(({text}) => readPage(JSON.parse(text)))
  expect(pages.flat()).toEqual(items)
})

test('a page that says an item is like one that is not there is no page of a job', () => {
  const own = {target: 'a', targets: [], rows: []}
  expect(() => readPage([{like: 0, ...own}])).toThrow('An item of a page is like item 0')
})
