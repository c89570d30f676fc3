import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {baseEnvironment, pmScript} from '../support/process.ts'
import {commandIds} from '../support/run.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const atOnce = 4
// It runs the lines that come on stdin, until no more come.
const readsOn = new Set(['shell'])

/** Runs a command with a pipe for input in which nothing ever comes, and which stays open. */
async function endsUnanswered(id: string): Promise<string> {
  const env = {...baseEnvironment(), DATABASE_URL: database.url('op_admin')}
  const child = spawn(process.execPath, [pmScript(), ...id.split(' ')], {
    env,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const late = setTimeout(() => child.kill('SIGKILL'), 60_000)
  const [exitCode] = await once(child, 'exit')
  clearTimeout(late)
  return exitCode === null ? `${id} waits` : `${id} ends`
}

test('no command waits for an input that never comes', async () => {
  const ids = commandIds().filter((id) => !readsOn.has(id))
  const ends: string[] = []
  const waiting = [...ids]
  const work = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) ends.push(await endsUnanswered(id))
  }
  await Promise.all(Array.from({length: atOnce}, work))
  expect(ends.toSorted()).toEqual(ids.map((id) => `${id} ends`).toSorted())
})
