import {describe, expect, test} from 'vitest'
import {sandboxId} from '../../../src/db/sandbox/sandbox-id.ts'
import {rolloutBucket} from '../../../src/rules/rollout.ts'
import {freshDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const flag = (key: string) =>
  `select key, is_enabled as enabled, rollout_percentage as rollout from feature_flags where key = '${key}'`
/** The least share that reaches tenants of the sandbox's. */
const reachOf = (key: string, tenants: readonly string[]) =>
  Math.max(...tenants.map((name) => rolloutBucket(key, sandboxId(`tenant:${name}`)) + 1))
const shared = {
  consent: ['--yes'],
  refusedAs: 'op_viewer',
  permission: 'flags.write',
  images: ['update feature_flags 1'],
}

describe('pm flags', () => {
  holdsAsWrite('enable', {
    ...shared,
    argv: ['flags', 'enable', 'bulk_lead_import'],
    rows: flag('bulk_lead_import'),
    after: [{key: 'bulk_lead_import', enabled: true, rollout: 60}],
    targets: ['flag:bulk_lead_import'],
  })
  holdsAsWrite('disable', {
    ...shared,
    argv: ['flags', 'disable', 'new_editor'],
    rows: flag('new_editor'),
    after: [{key: 'new_editor', enabled: false, rollout: 25}],
    targets: ['flag:new_editor'],
  })
  holdsAsWrite('rollout', {
    ...shared,
    argv: ['flags', 'rollout', 'new_editor', '50%'],
    rows: flag('new_editor'),
    after: [{key: 'new_editor', enabled: true, rollout: 50}],
    targets: ['flag:new_editor'],
  })
  holdsAsWrite('rollout to tenants', {
    ...shared,
    argv: ['flags', 'rollout', 'new_editor', '--tenant', 'Acme', '--tenant', 'Lumen Health'],
    rows: flag('new_editor'),
    after: [{key: 'new_editor', enabled: true, rollout: reachOf('new_editor', ['acme', 'lumen'])}],
    targets: ['flag:new_editor'],
  })
  holdsAsWrite('delete', {
    ...shared,
    argv: ['flags', 'delete', 'new_editor'],
    consent: ['--confirm', 'new_editor'],
    rows: flag('new_editor'),
    after: [],
    targets: ['flag:new_editor'],
    images: ['delete feature_flags 1'],
  })
  holdsAsWrite('create', {
    ...shared,
    argv: ['flags', 'create', 'inbox_v2', '--description', 'The new inbox', '--rollout', '5'],
    consent: [],
    rows: flag('inbox_v2'),
    after: [{key: 'inbox_v2', enabled: false, rollout: 5}],
    targets: ['flag:inbox_v2'],
    images: ['insert feature_flags 1'],
  })
})

test('who changed a flag last, and when, is kept true, by an undo too', async () => {
  const database = await freshDatabase()
  const by = () =>
    ask(
      database,
      `select u.email, f.updated > now() - interval '1 minute' as fresh
       from feature_flags f join users u on u.id = f.updated_by where key = 'new_editor'`,
    )
  const world = (login: string) => ({env: {DATABASE_URL: database.url(login)}})
  await run(world('op_admin'), ['flags', 'rollout', 'new_editor', '50', '--yes'])
  expect(await by()).toEqual([{email: 'ada@penguinmails.example', fresh: true}])
  await run(world('op_operations'), ['audit', 'undo', '1', '--yes'])
  expect(await by()).toEqual([{email: 'olga@penguinmails.example', fresh: true}])
  await database.drop()
})

test('a change that changes nothing is none', async () => {
  const database = await freshDatabase()
  const {exitCode, stderr} = await run({env: {DATABASE_URL: database.url('op_admin')}}, [
    'flags',
    'rollout',
    'new_editor',
    '25',
  ])
  expect({exitCode, nothing: stderr.includes('Nothing to do.')}).toEqual({exitCode: 0, nothing: true})
  expect(await ask(database, 'select id from pm.changes')).toEqual([])
  await database.drop()
})

test('who is reached already leaves the share as it is, and who is not is told of', async () => {
  const database = await freshDatabase()
  const world = {env: {DATABASE_URL: database.url('op_admin')}}
  const least = reachOf('new_editor', ['acme', 'lumen'])
  const reach = (...more: string[]) =>
    run(world, ['flags', 'rollout', 'new_editor', '--tenant', 'acme.example', '--tenant', 'Lumen Health', ...more])
  const planned = await reach('--dry-run')
  expect(planned).toMatchObject({exitCode: 9})
  expect(planned.stderr).toContain(
    `Roll new_editor out to ${least} % of tenants, from 25 %, the least that reaches all 2 tenants named.`,
  )
  expect(planned.stderr).toContain('! Others get it as well: ')
  await run(world, ['flags', 'rollout', 'new_editor', `${least}`, '--yes'])
  const again = await reach('--yes')
  expect(again).toMatchObject({exitCode: 0})
  expect(again.stderr).toContain(`new_editor reaches all 2 tenants named at ${least} % already.`)
  expect(await ask(database, 'select id from pm.changes')).toHaveLength(1)
  await database.drop()
})

test('a list of tenants that has an unknown name is refused with its line', async () => {
  const database = await freshDatabase()
  const ran = await run({env: {DATABASE_URL: database.url('op_admin')}, stdin: 'Acme\nNobody Inc\n'}, [
    ...['flags', 'rollout', 'new_editor', '-', '--yes'],
  ])
  expect(ran).toMatchObject({exitCode: 3, stderr: expect.stringContaining('No tenant Nobody Inc (stdin line 2).')})
  expect(await ask(database, 'select id from pm.changes')).toEqual([])
  await database.drop()
})

test.each([
  [['flags', 'rollout', 'new_editor', '101'], 2, 'is no percentage'],
  [['flags', 'rollout', 'nobody', '5'], 3, 'No flag nobody'],
  [['flags', 'rollout', 'new_editor'], 2, 'To which share of tenants, or to which tenants?'],
  [['flags', 'rollout', 'new_editor', '5', '--tenant', 'Acme'], 2, 'A share and tenants were given'],
  [['flags', 'rollout', 'new_editor', '--tenant', 'Acme', '--tenant', 'acme'], 2, 'mean the same tenant'],
  [['flags', 'rollout', 'new_editor', '--tenant', 'Acme', '--tenant', 'Nobody Inc'], 3, 'No tenant Nobody Inc.'],
  [['flags', 'create', 'Bad Key'], 2, "cannot be a flag's key"],
  [['flags', 'create', 'new_editor'], 6, 'There is a flag new_editor already'],
  [['flags', 'delete', 'new_editor', '--yes'], 7, '--confirm new_editor'],
  [['flags', 'delete', 'new_editor', '--confirm', 'other'], 2, 'new_editor'],
])('pm %j exits %i', async (argv, code, words) => {
  const database = await freshDatabase()
  const {exitCode, stderr, stdout} = await run({env: {DATABASE_URL: database.url('op_admin')}}, argv)
  expect({exitCode, stdout}).toEqual({exitCode: code, stdout: ''})
  expect(stderr).toContain(words)
  await database.drop()
})
