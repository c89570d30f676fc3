import {execFileSync} from 'node:child_process'
import {expect, test} from 'vitest'

// Batches of rows, of which the last ones are alive whenever V8 collects, and how large its young generation grew.
const work = (each: string) => `
  import {getHeapSpaceStatistics} from 'node:v8'
  import {keepYoungSmall} from './src/cli/small-heap.ts'
  let [last, most] = [[], 0]
  for (let batch = 0; batch < 4_000; batch += 1) {
    last = [last[1], Array.from({length: 1_000}, (_, at) => ({batch, at, name: 'row ' + batch + at}))]
    ${each}
    most = Math.max(most, getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size)
  }
  console.log(most / 2 ** 20)
`

function mostYoung(each: string): number {
  const script = ['--input-type=module', '--eval', work(each)]
  return Number(execFileSync(process.execPath, script, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}))
}

test('the young generation stays small, however many rows pass', () => {
  const [kept, grown] = [mostYoung('keepYoungSmall()'), mostYoung('')]

  expect(kept).toBeLessThan(20)
  expect(grown).toBeGreaterThan(kept)
})
