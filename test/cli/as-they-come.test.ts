import {expect, it} from 'vitest'
import {asTheyCome} from '../../src/cli/as-they-come.ts'

/** Rows that come when the test lets them, and patience that ends when it says so. */
function stage(most = 3) {
  let wake = () => {}
  const waiting: (() => Promise<number[] | null>)[] = []
  const come = (work: () => Promise<number[] | null>) => {
    waiting.push(work)
    wake()
  }
  async function* source() {
    for (;;) {
      while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      const rows = await waiting.shift()?.()
      if (!rows) return
      yield rows
    }
  }
  const over: (() => void)[] = []
  const firsts: boolean[] = []
  const patience = {
    rows: most,
    over: (isFirst: boolean) => {
      firsts.push(isFirst)
      return new Promise<void>((resolve) => over.push(resolve))
    },
  }
  return {
    firsts,
    shown: asTheyCome(source(), patience),
    row: (value: number) => come(async () => [value]),
    fail: () => come(() => Promise.reject(new Error('cut'))),
    end: () => come(async () => null),
    noPatience: () => over.at(-1)?.(),
  }
}

it('waits for no more than a screenful', async () => {
  const {shown, row, end} = stage(2)
  for (const value of [1, 2, 3]) row(value)
  expect((await shown.next()).value).toEqual([1, 2])
  end()
  expect((await shown.next()).value).toEqual([3])
  expect((await shown.next()).done).toBe(true)
})

it('shows what is there when patience is over, and goes on', async () => {
  const {shown, row, end, noPatience, firsts} = stage()
  const first = shown.next()
  row(1)
  await new Promise(setImmediate)
  noPatience()
  expect((await first).value).toEqual([1])
  const second = shown.next()
  row(2)
  await new Promise(setImmediate)
  noPatience()
  expect((await second).value).toEqual([2])
  end()
  expect((await shown.next()).done).toBe(true)
  expect(firsts).toEqual([true, false])
})

it('shows what came before an error, and then tells the error', async () => {
  const {shown, row, fail} = stage()
  row(1)
  fail()
  expect((await shown.next()).value).toEqual([1])
  await expect(shown.next()).rejects.toThrow('cut')
})

it('shows nothing of nothing', async () => {
  const {shown, end} = stage()
  end()
  expect((await shown.next()).done).toBe(true)
})

it('lets go of the rows when nobody wants more', async () => {
  let isOver = false
  async function* source() {
    try {
      for (let value = 0; ; value += 1) yield [value]
    } finally {
      isOver = true
    }
  }
  for await (const rows of asTheyCome(source(), {rows: 1, over: () => new Promise(() => {})})) {
    expect(rows).toEqual([0])
    break
  }
  expect(isOver).toBe(true)
})
