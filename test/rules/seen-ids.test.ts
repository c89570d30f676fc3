import {expect, test} from 'vitest'
import {SeenIds} from '../../src/rules/seen-ids.ts'

const ids = (from: number, count: number) => Array.from({length: count}, (_, n) => `sub_${from + n}`)

test('what was seen is never forgotten, and what was not is not taken for seen', () => {
  const seen = new SeenIds()
  for (const id of ids(0, 20_000)) seen.add(id)
  expect(ids(0, 20_000).filter((id) => !seen.has(id))).toEqual([])
  expect(ids(20_000, 20_000).filter((id) => seen.has(id))).toEqual([])
})
