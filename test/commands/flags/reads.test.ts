import {readFileSync} from 'node:fs'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
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
  const {stdout} = await pm('flags', 'test', 'new_editor', '--tenant', 'acme.example', '-o', 'ndjson')
  const expected = {
    tenant: 'Acme',
    gets: bucket < 25,
    bucket,
    why: `bucket ${bucket} is ${bucket < 25 ? '' : 'not '}below 25 %`,
    tenant_id: id,
  }
  expect(JSON.parse(stdout)).toEqual(expected)
})

describe('a list of tenants', () => {
  const testAll = (stdin: string, ...argv: string[]) =>
    run({env: {DATABASE_URL: database.url('op_support')}, stdin}, ['flags', 'test', 'new_editor', ...argv])

  test.each(['csv', 'tsv', 'ndjson', 'json'])('is another list of pm as %s', async (format) => {
    const {stdout} = await pm('tenant', 'list', '--plan', 'growth', '-o', format, '--header')
    const {exitCode, stderr} = await testAll(stdout, '-')
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^\d of \d+ get it\.\n$/)])
  })

  test('is answered by whatever names a tenant, without those that nothing is known of: exit 8', async () => {
    const {exitCode, stdout, stderr} = await testAll('Acme\nnobody\nharbor & pine\n', '--from-file', '-', '-o', 'name')
    expect({exitCode, stdout, stderr}).toEqual({
      exitCode: 8,
      stdout: 'Acme\nHarbor & Pine\n',
      stderr: '! 1 left out, unknown: nobody (stdin line 2).\n0 of 2 get it.\n',
    })
  })

  test('may not name a tenant twice, however it is spelt', async () => {
    const id = sandboxId('tenant:acme')
    expect(await testAll(`Acme\nglobex\nacme.example\n${id}\n`, '-')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        '! 1 left out, unknown: globex (stdin line 2).\n' +
        'Error: “Acme” (stdin line 1) and “acme.example” (stdin line 3) mean the same tenant. ' +
        `“Acme” (stdin line 1) and “${id}” (stdin line 4) mean the same tenant.\n` +
        'Give each once. Nothing was changed. (usage, exit 2)\n',
    })
  })

  test('of none that is known is an error', async () => {
    expect(await testAll('nobody\nno-one\n', '-')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr:
        'Error: No tenants nobody (stdin line 1), no-one (stdin line 2).\n' +
        'Give its name, its id, a domain of it, or its Stripe id. (not_found, exit 3)\n',
    })
  })
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
