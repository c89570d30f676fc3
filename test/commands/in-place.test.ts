import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {addTenants} from '../support/bulk.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {ask} from '../support/records.ts'
import {run} from '../support/run.ts'

let database: TestDatabase
const home = mkdtempSync(join(tmpdir(), 'pm-in-place-'))

beforeAll(async () => {
  database = await freshDatabase()
  const {host, port, database: name} = database.server('op_admin')
  const server = ['--host', host, '--port', `${port}`, '--database', name, '--user', 'op_admin']
  await pm(['context', 'add', 'prod', '--kind', 'development', ...server])
  const names = await addTenants(database, 2)
  const change = ['plan', 'change', '--to', 'scale', '-', '--yes', '-c', 'prod']
  expect(await pm(change, names.join('\n'))).toMatchObject({exitCode: 0})
  await ask(database, `update pm.job_pages set position = 1, done = 1, stopped = 'Killed.' where job_id = 1`)
})

afterAll(async () => {
  rmSync(home, {recursive: true, force: true})
  await database.drop()
})

const pm = (argv: readonly string[], stdin = '') => run({env: {}, home, stdin}, argv)
const here = (argv: readonly string[]) => pm([...argv, '-c', 'prod'])

/** The commands that are told of, each by its first words. */
const toldIn = (text: string) => text.match(/(?<![\w-])pm [a-z]+ [a-z]+(?: \S+)?(?: \S+)?/g)

test('hints, warnings and views of a place that was chosen tell of commands in that place', async () => {
  const undo = await here(['audit', 'undo', '1', '--dry-run'])
  expect(toldIn(undo.stderr)).toEqual(['pm job cancel --context prod'])
  const retry = await here(['job', 'retry', '1', '--dry-run'])
  expect(retry.stderr).toContain('which it still does itself: pm job resume --context prod 1.')
  const show = await here(['job', 'show', '1', '-o', 'table'])
  expect(toldIn(show.stdout)).toEqual(['pm job resume --context prod', 'pm job results --context prod'])
  const status = await here(['status', '-o', 'table'])
  expect(status.stdout).toContain('   pm subscription list --context prod --pending')
  await ask(database, 'update pm.job_pages set position = 2, done = 2 where job_id = 1')
  const pause = await here(['job', 'pause', '1'])
  expect(toldIn(pause.stderr)).toEqual(['pm job results --context prod'])
  const unknown = await here(['job', 'show', '77'])
  expect(toldIn(unknown.stderr)).toEqual(['pm job list --context prod'])
})
