import {afterAll, beforeAll, expect, test} from 'vitest'
import {Fresh} from '../../src/cli/screen/fresh.ts'
import {fullLines} from '../../src/output/in-full.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {commandIds, loadCommand, run} from '../support/run.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

/** The words of every list that can be watched without being told of what. */
async function lists(): Promise<string[]> {
  const found = await Promise.all(
    commandIds().map(async (id) => {
      const {flags = {}, args = {}} = await loadCommand(id)
      return 'watch' in flags && Object.keys(args).length === 0 ? [id] : []
    }),
  )
  return found.flat()
}

const shows = ['ip show 203.0.113.24', 'domain show acme.example', 'tenant show acme', 'plan show growth']

test('nothing that is watched has changed because it is drawn in another width, at another time', async () => {
  const says = async (line: string, width: number, now: Date) => {
    const world = {env: {DATABASE_URL: database.url('op_admin')}, isTTY: {stdout: true}, isCompared: true, width, now}
    return fullLines((await run(world, line.split(' '))).stdout.trimEnd()).map((full) => full.says)
  }
  const changed: Record<string, string[]> = {}
  const lines = [...(await lists()), ...shows]
  const now = Date.now()
  for (const line of lines) {
    const fresh = new Fresh()
    fresh.mark(await says(line, 70, new Date(now)))
    const later = await says(line, 160, new Date(now + 100_000))
    const marks = fresh.mark(later)
    const different = later.filter((_, row) => marks.fresh[row])
    if (different.length > 0) changed[line] = different
  }
  expect(lines.length).toBeGreaterThan(15)
  expect(changed).toEqual({})
})
