import {describe, expect, test} from 'vitest'
import {prettyJson} from '../../src/output/json.ts'
import {renderAround} from '../../src/output/record-around.ts'
import {yaml} from '../../src/output/yaml.ts'

const rows = [
  {name: 'one', before: {a: [1, 2], b: null}, after: null},
  {name: 'two\n  "rows": []\nrows: []\u2028', before: {}, after: {c: 'rows: []'}},
  {name: 'three', before: null, after: []},
]
const record = {first: {rows: []}, text: '\n  "rows": []', rows: [], last: [1]}

async function* batchesOf(...sizes: number[]) {
  let at = 0
  for (const size of sizes) {
    yield rows.slice(at, at + size)
    at += size
  }
}

async function textOf(format: 'json' | 'yaml', ...sizes: number[]): Promise<string> {
  let text = ''
  for await (const part of renderAround(record, 'rows', batchesOf(...sizes), format)) text += part
  return text
}

describe.each([
  ['json', prettyJson],
  ['yaml', yaml],
] as const)('an object around a list that comes in batches, as %s', (format, whole) => {
  test.each([[[]], [[0]], [[3]], [[1, 1, 1]], [[2, 0, 1]]])('of %j', async (sizes) => {
    const taken = rows.slice(
      0,
      sizes.reduce((sum, size) => sum + size, 0),
    )
    expect(await textOf(format, ...sizes)).toBe(whole({...record, rows: taken}))
  })
})
