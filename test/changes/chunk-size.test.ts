import {expect, test} from 'vitest'
import {ChunkSize} from '../../src/changes/job/pace.ts'

/** The sizes of chunks whose items are of so many rows, each of which takes so long. */
function sizes(chunks: number, rowsOfItem: number, msOfRow: number): number[] {
  const size = new ChunkSize()
  return Array.from({length: chunks}, () => {
    const {now} = size
    size.took(now, now * rowsOfItem, now * rowsOfItem * msOfRow)
    return now
  })
}

test('a chunk grows twofold, up to where it takes as long as others may wait', () => {
  expect(sizes(7, 1, 0.1)).toEqual([40, 80, 160, 320, 450, 450, 450])
})

test('of items of many rows it takes fewer, until others wait no longer', () => {
  expect(sizes(6, 50, 0.1)).toEqual([40, 20, 10, 9, 9, 9])
})

test('it is never of fewer rows than a transaction is worth', () => {
  expect(sizes(7, 50, 10)).toEqual([40, 20, 10, 5, 3, 3, 3])
  expect(sizes(5, 1, 10)).toEqual([40, 80, 150, 150, 150])
})
