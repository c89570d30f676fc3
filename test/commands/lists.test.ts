import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {ask, changesOf} from '../support/records.ts'
import {run} from '../support/run.ts'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'pm-lists-'))
})
afterAll(async () => {
  rmSync(folder, {recursive: true})
  await database.drop()
})

function listed(...lines: string[]): string {
  const path = join(folder, 'list.txt')
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

const pm = (...argv: string[]) => run({env: {DATABASE_URL: database.url('op_admin')}}, argv)

const idOf = {
  account: "select id from email_accounts where email = 'hello@acme.example'",
  campaign: "select id from campaigns where name = 'Winter Sale'",
  company: "select id from companies where name = 'Acme Retail'",
  domain: "select id from domains where domain = 'acme.example'",
  person: "select id from users where email = 'sam@penguinmails.example'",
  tenant: "select id from tenants where name = 'Acme'",
}

test.each([
  ['account suspend', 'account', 'hello@acme.example'],
  ['account reset-count', 'account', 'hello@acme.example'],
  ['campaign pause', 'campaign', 'Winter Sale'],
  ['company set-status suspended', 'company', 'Acme Retail'],
  ['domain check', 'domain', 'acme.example'],
  ['flags test new_editor', 'tenant', 'Acme'],
  ['staff remove', 'person', 'sam@penguinmails.example'],
] as const)('pm %s: two names of the same thing are an error that says both lines', async (command, kind, name) => {
  const [{id = ''} = {}] = await ask<{id: string}>(database, idOf[kind])
  const path = listed(name, '', id)
  const {exitCode, stdout, stderr} = await pm(...command.split(' '), '--from-file', path)
  expect({exitCode, stdout, said: stderr.split('\n')[0]}).toEqual({
    exitCode: 2,
    stdout: '',
    said: expect.stringContaining(`“${name}” (${path} line 1) and “${id}” (${path} line 3) mean the same `),
  })
  expect(await changesOf(database)).toEqual([])
})

test.each([
  'account suspend',
  'campaign pause',
  'company set-status suspended',
  'domain check',
  'domain deployed',
  'flags test new_editor',
  'ip check',
  'ip quarantine',
  'ip rate poor',
  'ip release',
  'ip retire',
  'plan change --to scale',
  'staff add --role support',
  'staff remove',
  'staff revoke',
  'staff set-role support',
])('pm %s: what stands twice, uneven lines and a list of nothing are errors that say where', async (command) => {
  const attempt = (...lines: string[]) => pm(...command.split(' '), '--from-file', listed(...lines))
  const path = join(folder, 'list.txt')
  expect((await attempt('192.0.2.10', '# comment', '192.0.2.10')).stderr).toBe(
    `Error: “192.0.2.10” stands twice: ${path} line 1 and ${path} line 3.\n` +
      'Take one of them out. Nothing was changed. (usage, exit 2)\n',
  )
  expect((await attempt('target,why', '192.0.2.10,a', '192.0.2.11,b,c')).stderr).toBe(
    `Error: ${path} line 3 has 3 fields, and line 1 has 2.\n` +
      'All have the same number. A name with a comma stands in quotes: "Harbor, Pine". (usage, exit 2)\n',
  )
  expect((await attempt('target')).stderr).toMatch(/^Error: There is no \w+ in .*list\.txt\. \(usage, exit 2\)\n$/)
})

test.each([
  ['account suspend', 'no@body.example'],
  ['campaign pause', 'Nothing'],
  ['domain deployed', 'nobody.example'],
  ['ip quarantine', '192.0.2.99'],
  ['ip rate poor', '192.0.2.99'],
  ['plan change --to scale', 'nobody.example'],
  ['staff add --role support', 'no@body.example'],
  ['staff remove', 'no@body.example'],
  ['staff revoke', 'no@body.example'],
  ['staff set-role viewer', 'no@body.example'],
])('pm %s: a job leaves out what is unknown, with its line', async (command, name) => {
  const path = listed('# one', name)
  const {exitCode, stderr} = await pm(...command.split(' '), '--from-file', path)
  expect(exitCode).toBe(6)
  expect(stderr).toContain(`! 1 left out, unknown: ${name} (line 2).\n`)
})

test.each([
  [
    'company set-status suspended',
    ['Nothing', 'Nowhere'],
    'No companies Nothing (PATH line 2), Nowhere (PATH line 3).',
  ],
])('pm %s: a change of all or none names what is unknown with its line', async (command, names, message) => {
  const path = listed('# two', ...names)
  const {stderr} = await pm(...command.split(' '), '--from-file', path)
  expect(stderr).toContain(`Error: ${message.replaceAll('PATH', path)}`)
  expect(await changesOf(database)).toEqual([])
})

test.each([
  ['company list --tenant acme', 'company set-status inactive'],
  ['account list --tenant acme', 'account reset-count'],
  ['domain list --tenant acme', 'domain deployed'],
  ['tenant list --search acme', 'flags rollout new_editor'],
  ['staff list', 'staff set-role viewer'],
])('pm %s piped into pm %s goes by the ids', async (list, command) => {
  const world = {env: {DATABASE_URL: database.url('op_admin')}}
  for (const how of [[], ['-o', 'csv'], ['-o', 'ndjson']]) {
    const {stdout} = await run(world, [...list.split(' '), ...how])
    // Whatever they are called, all by the same name.
    const same = stdout.replaceAll(/^[^\t,{]+(?=[\t,])/gm, (cell) =>
      /^(company|account|domain|tenant|email)$/.test(cell) ? cell : 'Dup',
    )
    const again = same.replaceAll(/^\{"(\w+)":"[^"]*"/gm, '{"$1":"Dup"')
    expect(again).toContain('Dup')
    const {stderr} = await run({...world, stdin: again}, [...command.split(' '), '--from-file', '-', '--dry-run'])
    expect(stderr).not.toContain('Dup')
    expect(stderr).not.toContain('unknown')
  }
})
