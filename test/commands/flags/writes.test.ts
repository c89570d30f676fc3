import {describe, expect, test} from 'vitest'
import {freshDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const flag = (key: string) =>
  `select key, is_enabled as enabled, rollout_percentage as rollout from feature_flags where key = '${key}'`
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

test.each([
  [['flags', 'rollout', 'new_editor', '101'], 2, 'is no percentage'],
  [['flags', 'rollout', 'nobody', '5'], 3, 'No flag nobody'],
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
