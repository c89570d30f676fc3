import {describe, expect, test} from 'vitest'
import {freshDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const row = (key: string) =>
  `select key, value, category, is_sensitive as sensitive from system_config where key = '${key}'`
const shared = {
  consent: ['--yes'],
  refusedAs: 'op_operations',
  permission: 'config.write',
  images: ['update system_config 1'],
}

describe('pm config', () => {
  holdsAsWrite('set', {
    ...shared,
    argv: ['config', 'set', 'ip_max_domains', '15'],
    rows: row('ip_max_domains'),
    after: [{key: 'ip_max_domains', value: 15, category: 'ip', sensitive: false}],
    targets: ['config:ip_max_domains'],
  })
  holdsAsWrite('set of a new key', {
    ...shared,
    argv: ['config', 'set', 'digest_hour', '{"utc": 6}', '--category', 'email'],
    rows: row('digest_hour'),
    after: [{key: 'digest_hour', value: {utc: 6}, category: 'email', sensitive: false}],
    targets: ['config:digest_hour'],
    images: ['insert system_config 1'],
  })
  holdsAsWrite('set of a secret', {
    ...shared,
    argv: ['config', 'set', 'smtp_relay', '-'],
    stdin: '{"password": "hush"}\n',
    rows: row('smtp_relay'),
    after: [{key: 'smtp_relay', value: {password: 'hush'}, category: 'email', sensitive: true}],
    targets: ['config:smtp_relay'],
    undoable: false,
  })
  holdsAsWrite('unset', {
    ...shared,
    argv: ['config', 'unset', 'support_email'],
    consent: ['--confirm', 'support_email'],
    rows: row('support_email'),
    after: [],
    targets: ['config:support_email'],
    images: ['delete system_config 1'],
  })
})

test('a secret shows nowhere: not in the plan, the outcome, the lists, nor the record', async () => {
  const database = await freshDatabase()
  const world = {env: {DATABASE_URL: database.url('op_admin')}, stdin: '{"password": "hush-new"}'}
  const said = [
    await run(world, ['config', 'set', 'smtp_relay', '-', '--yes', '-o', 'json']),
    await run(world, ['config', 'list', '-o', 'json']),
    await run(world, ['config', 'get', 'smtp_relay', '-o', 'table']),
    await run(world, ['audit', 'show', '1', '-o', 'json']),
    await run(world, ['config', 'unset', 'smtp_relay', '--dry-run', '-o', 'json']),
  ]
  const text = said.map(({stdout, stderr}) => stdout + stderr).join('')
  expect(text).toContain('(masked')
  expect(text).not.toMatch(/hush|fake-/)
  const images = await ask(database, 'select before, after from pm.row_images')
  expect(JSON.stringify(images)).not.toMatch(/hush|fake-/)
  expect(await run(world, ['audit', 'undo', '1', '--yes'])).toMatchObject({exitCode: 6, stdout: ''})
  await database.drop()
})

test.each([
  [['config', 'set', 'smtp_relay', '"x"', '--yes'], 6, 'Give the value on stdin: pm config set smtp_relay -'],
  [['config', 'set', 'a key', '1', '--yes'], 2, 'cannot be a configuration key'],
  [['config', 'set', 'ip_max_domains', '{bad', '--yes'], 2, 'not valid JSON'],
  [['config', 'get', 'nothing'], 3, 'No configuration nothing'],
  [['config', 'unset', 'nothing', '--confirm', 'nothing'], 3, 'No configuration nothing'],
])('pm %j exits %i', async (argv, code, words) => {
  const database = await freshDatabase()
  const {exitCode, stderr, stdout} = await run({env: {DATABASE_URL: database.url('op_admin')}}, argv)
  expect({exitCode, stdout}).toEqual({exitCode: code, stdout: ''})
  expect(stderr).toContain(words)
  await database.drop()
})

test('lists by category and by sensitivity', async () => {
  const database = await freshDatabase()
  const pm = (...argv: string[]) => run({env: {DATABASE_URL: database.url('op_viewer')}}, argv)
  expect((await pm('config', 'list', '--sensitive', '-o', 'name')).stdout).toBe(
    'hostwinds_api\nmailu_api_token\nsmtp_relay\nstripe_secret_key\n',
  )
  expect((await pm('config', 'list', '--category', 'billing', '-o', 'tsv', '--fields', 'key,value')).stdout).toBe(
    'invoice_grace_days\t14\nstripe_account_id\t"acct_1SandboxPenguin00"\nstripe_secret_key\t"(masked)"\n',
  )
  await database.drop()
})
