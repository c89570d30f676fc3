import {readFileSync} from 'node:fs'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {sandboxId} from '../../../src/db/sandbox/sandbox-id.ts'
import {rolloutBucket, rolloutVectors} from '../../../src/rules/rollout.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'
import {loadCommand, run} from '../../support/run.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const pm = (...argv: string[]) => run({env: {DATABASE_URL: database.url('op_viewer')}}, argv)

test('lists flags, those that are on or off, and those that a word is about', async () => {
  expect((await pm('flags', 'list', '-o', 'name')).stdout.split('\n')).toHaveLength(9)
  expect((await pm('flags', 'list', '--no-enabled', '-o', 'name')).stdout).toBe('bulk_lead_import\nstripe_portal_v3\n')
  expect(
    (await pm('flags', 'list', '--search', 'EDITOR', '-o', 'json', '--fields', 'key,enabled,rollout')).stdout,
  ).toBe(
    `[
  {
    "key": "new_editor",
    "enabled": true,
    "rollout": 25
  }
]
`,
  )
})

test('says so where no flag is found', async () => {
  expect(await pm('flags', 'list', '--search', 'zzz', '-o', 'json')).toEqual({
    exitCode: 0,
    stdout: '[]\n',
    stderr: 'No flags found.\n',
  })
})

test('tells which tenants get a flag, by a bucket that the web application computes the same', async () => {
  const id = sandboxId('tenant:acme')
  const bucket = rolloutBucket('new_editor', id)
  const {stdout} = await pm(
    'flags',
    'test',
    'new_editor',
    '--tenant',
    'acme',
    '--tenant',
    'acme.example',
    '-o',
    'ndjson',
  )
  const expected = {
    tenant: 'Acme',
    gets: bucket < 25,
    bucket,
    why: `bucket ${bucket} is ${bucket < 25 ? '' : 'not '}below 25 %`,
    tenant_id: id,
  }
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([expected, expected])
})

test('README tells the web application the vectors, and SQL that comes to the same', async () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
  const [, expression] = /```sql\n(.* % 100)\n```/.exec(readme) ?? []
  const help = String((await loadCommand('flags test')).description)
  const rows = await ask<{bucket: number}>(
    database,
    `select (${expression})::integer as bucket from (values ${rolloutVectors
      .map(({key, tenantId}) => `('${key}', '${tenantId.toUpperCase()}')`)
      .join(', ')}) v (key, id)`,
  )
  expect(rows).toEqual(rolloutVectors.map(({bucket}) => ({bucket})))
  for (const {key, tenantId, bucket} of rolloutVectors) {
    expect(readme).toContain(`| \`${key}\` | \`${tenantId}\` | ${bucket} |`)
    expect(help).toContain(`${key}:${tenantId} is ${bucket}`)
  }
})

test('a deleted flag keeps its history; what never was has none', async () => {
  const admin = {env: {DATABASE_URL: database.url('op_admin')}}
  await run(admin, ['flags', 'create', 'short_lived', '--rollout', '5'])
  await run(admin, ['flags', 'delete', 'short_lived', '--confirm', 'short_lived'])
  const {stdout} = await pm('flags', 'history', 'short_lived', '-o', 'tsv', '--fields', 'rollout_before,rollout_after')
  expect(stdout).toBe('5\t\n\t5\n')
  expect(await pm('flags', 'history', 'never_was')).toMatchObject({
    exitCode: 3,
    stdout: '',
    stderr: expect.stringContaining('No flag never_was.'),
  })
})

test('shows a flag with its history', async () => {
  await run({env: {DATABASE_URL: database.url('op_admin')}}, [
    'flags',
    'rollout',
    'ai_subject_lines',
    '10',
    '--yes',
    '--reason',
    'went well',
  ])
  const {stdout} = await pm(
    'flags',
    'history',
    'ai_subject_lines',
    '-o',
    'json',
    '--fields',
    'by,rollout_before,rollout_after,reason',
  )
  expect(JSON.parse(stdout)).toEqual([
    {by: 'ada@penguinmails.example', rollout_before: 5, rollout_after: 10, reason: 'went well'},
  ])
  const shown = await pm('flags', 'show', 'ai_subject_lines', '-o', 'json', '--fields', 'rollout')
  expect(JSON.parse(shown.stdout)).toEqual({rollout: 10})
})
