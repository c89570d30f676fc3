import {afterAll, beforeAll} from 'vitest'
import {freshDatabase, type TestDatabase} from './database.ts'
import {sandboxMoment} from './records.ts'
import {type Ran, run} from './run.ts'

/** The sandbox's data for tests that only read, and pm on it as somebody who only looks. */
export interface Reads {
  database: TestDatabase
  pm(...argv: string[]): Promise<Ran>
  /** On a terminal of 80 columns without colour, at the moment for which the data was made. */
  onTerminal(...argv: string[]): Promise<Ran>
  /** The rows in JSON. */
  rows(...argv: string[]): Promise<unknown>
}

/** One database for all the tests of a file. */
export function readsOf(): Reads {
  let database: TestDatabase | undefined
  let now: Date | undefined
  beforeAll(async () => {
    database = await freshDatabase()
    now = await sandboxMoment(database)
  })
  afterAll(() => database?.drop())
  const ready = () => {
    if (!database || !now) throw new Error('The database is there once the tests run.')
    return {database, now}
  }
  const world = () => ({
    now: ready().now,
    env: {DATABASE_URL: ready().database.url('op_viewer'), NO_COLOR: '1', TERM: 'dumb'},
  })
  const pm = (...argv: string[]) => run(world(), argv)
  return {
    get database() {
      return ready().database
    },
    pm,
    onTerminal: (...argv) => run({...world(), isTTY: {stdout: true}, width: 80}, argv),
    rows: async (...argv) => JSON.parse((await pm(...argv, '-o', 'json')).stdout),
  }
}
