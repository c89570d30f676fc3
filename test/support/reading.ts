import {afterAll, beforeAll} from 'vitest'
import {freshDatabase, type TestDatabase} from './database.ts'
import {as} from './ip-write.ts'
import {ask, sandboxMoment} from './records.ts'
import {type Ran, run} from './run.ts'

/** What the tests of a file read of one database. */
export interface Reading {
  /** As a script sees it. */
  pm(...argv: readonly string[]): Promise<Ran>
  /** As a person at a plain terminal of 100 columns sees it, at the moment for which the sandbox's data was made. */
  seen(...argv: readonly string[]): Promise<Ran>
  /** What `-o json` says, parsed. */
  json(...argv: readonly string[]): Promise<unknown>
}

/**
 * A database for all tests of a file, which only read it.
 * @param arrange SQL to run before them
 */
export function reading({login = 'op_viewer', arrange = 'select 1'}: {login?: string; arrange?: string} = {}): Reading {
  let database: TestDatabase
  let now: Date
  beforeAll(async () => {
    database = await freshDatabase()
    await ask(database, arrange)
    now = await sandboxMoment(database)
  })
  afterAll(() => database.drop())
  const pm = (...argv: readonly string[]) => run(as(database, login), argv)
  return {
    pm,
    seen: (...argv) =>
      run(as(database, login, {isTTY: {stdout: true}, width: 100, now, env: {NO_COLOR: '1', TERM: 'dumb'}}), argv),
    json: async (...argv) => JSON.parse((await pm(...argv, '-o', 'json')).stdout),
  }
}
