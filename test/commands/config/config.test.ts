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

test('what becomes secret was recorded in clear, and shows nowhere from then on', async () => {
  const database = await freshDatabase()
  const pm = (argv: string, stdin = '') => run({env: {DATABASE_URL: database.url('op_admin')}, stdin}, argv.split(' '))
  await pm('config set late 1 --yes')
  await pm('config set late "s3cr3t" --yes')
  await pm('config set late - --yes', '"s3cr3t-2"')
  expect((await pm('audit show 2 -o json')).stdout).toContain('s3cr3t')

  expect(await pm('config set late - --sensitive --yes', ' "s3cr3t-2"')).toMatchObject({
    exitCode: 6,
    stdout: '',
    stderr: expect.stringContaining('late has this value already, kept and shown in clear'),
  })
  const {stderr, exitCode} = await pm('config set late - --sensitive --yes', '"n3w"')
  expect({stderr, exitCode}).toMatchObject({exitCode: 0})
  expect(stderr).toContain('! The former value was kept and shown in clear until now.')

  const shows = async () => {
    const said = [
      await pm('audit list -o json'),
      await pm('audit undo 2 --dry-run'),
      await pm('audit undo 3 --dry-run'),
    ]
    for (const id of [1, 2, 3, 4, 5])
      said.push(await pm(`audit show ${id} -o json`), await pm(`audit show ${id} -o table`))
    return said.map((ran) => ran.stdout + ran.stderr).join('')
  }
  expect(await shows()).not.toMatch(/s3cr3t|n3w/)
  expect((await pm('audit undo 2 --dry-run')).stderr).toContain('Change 2 touched a secret')
  const {stdout} = await pm('audit show 3 -o json --fields command,images')
  expect(JSON.parse(stdout)).toMatchObject({
    command: 'pm config set late - --yes',
    images: [{before: {value: '(masked, differs)'}, after: {value: '(masked, differs)'}}],
  })
  // Also once it is gone.
  await pm('config unset late --confirm late')
  expect(await shows()).not.toMatch(/s3cr3t|n3w/)
  await database.drop()
})

test('no record of a command has the value that it set', async () => {
  const database = await freshDatabase()
  const pm = (login: string, argv: string) => run({env: {DATABASE_URL: database.url(login)}}, argv.split(' '))
  await pm('op_admin', 'config set late "s3cr3t" --yes --reason ticket')
  await pm('op_operations', 'config set late "s3cr3t" --sensitive --yes')
  const command = 'pm config set late VALUE --yes --reason ticket'
  expect(await ask(database, 'select command from pm.changes')).toEqual([{command}])
  expect(await ask(database, 'select command from pm.refusals')).toEqual([
    {command: 'pm config set late VALUE --sensitive --yes'},
  ])
  await database.drop()
})

test('who changed a value last, and when, is kept true: by a set, a new key and an undo', async () => {
  const database = await freshDatabase()
  const world = (login: string) => ({env: {DATABASE_URL: database.url(login)}})
  // The role of operations may not set configuration by itself; here it may.
  await ask(
    database,
    `insert into staff_role_permissions (role_id, permission_id)
     select r.id, p.id from staff_roles r, permissions p where r.name = 'operations' and p.name = 'config.write'`,
  )
  const last = async (key: string) => {
    const [row] = await ask<{by: string; fresh: boolean}>(
      database,
      `select u.email as by, s.updated > now() - interval '1 minute' as fresh
       from system_config s left join users u on u.id = s.updated_by where key = '${key}'`,
    )
    return row
  }
  const [ada, olga] = ['ada@penguinmails.example', 'olga@penguinmails.example']
  expect(await last('ip_max_domains')).toMatchObject({fresh: false})
  await run(world('op_operations'), ['config', 'set', 'ip_max_domains', '15', '--yes'])
  expect(await last('ip_max_domains')).toEqual({by: olga, fresh: true})
  await run(world('op_admin'), ['config', 'set', 'ip_max_domains', '16', '--yes'])
  expect(await last('ip_max_domains')).toEqual({by: ada, fresh: true})
  await run(world('op_operations'), ['audit', 'undo', '2', '--yes'])
  expect(await last('ip_max_domains')).toEqual({by: olga, fresh: true})
  await run(world('op_admin'), ['config', 'set', 'digest_hour', '6', '--yes'])
  expect(await last('digest_hour')).toEqual({by: ada, fresh: true})
  await run(world('op_admin'), ['config', 'unset', 'digest_hour', '--confirm', 'digest_hour'])
  await run(world('op_operations'), ['audit', 'undo', '5', '--yes'])
  expect(await last('digest_hour')).toEqual({by: olga, fresh: true})
  const [{value} = {value: null}] = await ask<{value: number}>(
    database,
    "select value from system_config where key = 'ip_max_domains'",
  )
  expect(value).toBe(15)
  await database.drop()
})

test.each([
  ['{"a": 1, "b": [true, null, "text"]}', {a: 1, b: [true, null, 'text']}],
  ['"text"', 'text'],
  ['null', null],
  ['0', 0],
  ['[]', []],
  [' 15 ', 15],
  ['[0.25, -9007199254740991]', [0.25, -9007199254740991]],
])('takes %s, for it is JSON', async (text, value) => {
  const database = await freshDatabase()
  const {exitCode} = await run({env: {DATABASE_URL: database.url('op_admin')}}, ['config', 'set', 'k', text, '--yes'])
  expect([exitCode, await ask(database, "select value from system_config where key = 'k'")]).toEqual([0, [{value}]])
  await database.drop()
})

test.each([
  'text',
  '{a: 1}',
  "'text'",
  '1,',
  '',
  'undefined',
  'NaN',
  '{"a": 1} x',
  '"\\u0000"',
  '{"\\u0000": 1}',
  '"\\ud800"',
  '1e400',
  '[12345678901234567890]',
])('refuses %j, which is no JSON, or none that comes back as it was given', async (text) => {
  const database = await freshDatabase()
  const world = {env: {DATABASE_URL: database.url('op_admin')}, stdin: text}
  const ran = [
    await run(world, ['config', 'set', 'k', text, '--yes']),
    await run(world, ['config', 'set', 'k', '-', '--sensitive', '--yes']),
  ]
  for (const {exitCode, stdout} of ran) expect([exitCode, stdout]).toEqual([2, ''])
  expect(await ask(database, "select from system_config where key = 'k'")).toEqual([])
  await database.drop()
})

test.each([
  [['config', 'set', 'smtp_relay', '"x"', '--yes'], 6, 'Give the value on stdin: pm config set smtp_relay -'],
  [['config', 'set', 'a key', '1', '--yes'], 2, 'cannot be a configuration key'],
  [['config', 'set', 'ip_max_domains', '{bad', '--yes'], 2, 'not valid JSON'],
  [
    ['config', 'set', 'pm.jobs_halted', '"true"', '--yes'],
    2,
    'It takes true or false, without quotes: pm config set pm.jobs_halted true',
  ],
  [['config', 'set', 'pm.jobs_halted', '1', '--yes'], 2, 'pm.jobs_halted cannot be 1.'],
  [['config', 'get', 'nothing'], 3, 'No configuration nothing'],
  [['config', 'unset', 'nothing', '--confirm', 'nothing'], 3, 'No configuration nothing'],
])('pm %j exits %i', async (argv, code, words) => {
  const database = await freshDatabase()
  const {exitCode, stderr, stdout} = await run({env: {DATABASE_URL: database.url('op_admin')}}, argv)
  expect({exitCode, stdout}).toEqual({exitCode: code, stdout: ''})
  expect(stderr).toContain(words)
  await database.drop()
})

test('lists what pm itself reads, also while it was never set', async () => {
  const database = await freshDatabase()
  const pm = async (...argv: string[]) =>
    (await run({env: {DATABASE_URL: database.url('op_admin')}}, ['config', ...argv])).stdout
  const shown = () => pm('list', '--category', 'pm', '-o', 'tsv', '--fields', 'key,value')
  expect(await shown()).toBe('pm.jobs_halted\tfalse\n')
  await pm('set', 'pm.jobs_halted', 'true', '--yes')
  expect([await shown(), await pm('get', 'pm.jobs_halted', '-o', 'name')]).toEqual([
    'pm.jobs_halted\ttrue\n',
    'pm.jobs_halted\n',
  ])
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
