import {expect, test} from 'vitest'
import {Cut} from '../../src/cli/cut.ts'

/** What passes, whether there was more, and how many batches were asked for. */
async function cut(limit: number, batches: readonly number[][]) {
  let asked = 0
  const source = async function* () {
    for (const batch of batches) {
      asked += 1
      yield batch
    }
  }
  const one = new Cut<number>(limit)
  const passed: number[] = []
  for await (const batch of one.of(source())) passed.push(...batch)
  return {passed, last: one.last, asked}
}

test.each([
  ['all where there is no limit', 0, [[1, 2], [3]], {passed: [1, 2, 3], last: undefined, asked: 2}],
  ['all where there are just as many', 3, [[1, 2], [3]], {passed: [1, 2, 3], last: undefined, asked: 2}],
  ['a part of a batch', 1, [[1, 2], [3]], {passed: [1], last: 1, asked: 1}],
  ['whole batches, with more behind them', 2, [[1, 2], [3], [4]], {passed: [1, 2], last: 2, asked: 2}],
  ['past empty batches', 1, [[], [1], [], [2]], {passed: [1], last: 1, asked: 4}],
] as const)('lets through %s', async (_what, limit, batches, expected) => {
  expect(
    await cut(
      limit,
      batches.map((batch) => [...batch]),
    ),
  ).toEqual(expected)
})
