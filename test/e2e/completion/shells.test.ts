import {existsSync, mkdtempSync, readdirSync, rmSync, statSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {sql} from 'kysely'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {pm, start} from '../../support/process.ts'
import {TestTerminal} from '../../support/terminal.ts'

// What would do something if a shell read it as its own words; none of it is a name that pm refuses to offer.
const hostile = [
  'Evil$(touch owned)`touch owned`;touch owned|touch owned&\'touch owned\'"!!" *?[a]{b,c}<>~#\\',
  "Quiet 'n' quick",
]
const neverOffered = ['--yes', 'Evil\u001b[2J', 'Evil\nname', 'Evil\u202ename']

let database: TestDatabase
let home: string
let env: Record<string, string>

beforeAll(async () => {
  database = await freshDatabase()
  const {db} = database.owner
  for (const name of [...hostile, ...neverOffered]) {
    await sql`insert into tenants (id, name) values (gen_random_uuid(), ${name})`.execute(db)
  }
  home = mkdtempSync(join(tmpdir(), 'pm-completion-'))
  env = {DATABASE_URL: database.url('op_admin'), PM_CACHE_DIR: join(home, 'cache'), HOME: home}
  expect(await pm(['completion', 'refresh'], {env})).toMatchObject({exitCode: 0, stdout: '', stderr: ''})
})
afterAll(async () => {
  await database.drop()
  rmSync(home, {recursive: true})
})

const shells = {
  bash: {
    program: '/bin/bash',
    args: ['--norc', '--noprofile', '-i'],
    ready: 'PS1="ready> "; bind "set bell-style none"; bind "set page-completions off"; history -s secret',
    load: 'source <("$PM_NODE" "$PM_SCRIPT" completion bash)',
  },
  zsh: {
    program: '/usr/bin/zsh',
    args: ['-f', '-i'],
    ready: 'PROMPT="ready> "; unsetopt beep; autoload -Uz compinit; compinit -u -D',
    load: 'source <("$PM_NODE" "$PM_SCRIPT" completion zsh)',
  },
  fish: {
    program: '/usr/bin/fish',
    args: ['--no-config', '-i'],
    ready: 'function fish_prompt; echo -n "ready> "; end; set -g fish_greeting; set -g fish_autosuggestion_enabled 0',
    load: '"$PM_NODE" "$PM_SCRIPT" completion fish | source',
  },
}

// What stands for pm prints its arguments, each in brackets.
const show = {
  bash: 'pm() { printf "<%s>" "$@"; echo " end"; }',
  zsh: 'pm() { printf "<%s>" "$@"; echo " end"; }',
  fish: 'function pm; printf "<%s>" $argv; echo " end"; end',
}

async function shellIn(name: keyof typeof shells): Promise<TestTerminal> {
  const {program, args, ready, load} = shells[name]
  const {pmScript} = await import('../../support/process.ts')
  const place = {...env, PM_NODE: process.execPath, PM_SCRIPT: pmScript(), SHELL: program}
  const terminal = new TestTerminal(program, args, {columns: 120, rows: 40, env: place})
  await terminal.waitFor(/[$%#>] ?$/)
  terminal.type(`cd ${home}; ${show[name]}; ${ready}; ${load}; clear\r`)
  await terminal.waitFor(/^ready> ?$/m)
  return terminal
}

describe.each(Object.keys(shells) as (keyof typeof shells)[])('%s', (name) => {
  const {program} = shells[name]

  describe.skipIf(!existsSync(program))('where it is installed', () => {
    test('Tab completes commands, flags and values', async () => {
      const terminal = await shellIn(name)
      for (const [typed, completed] of [
        ['pm ip quar', 'pm ip quarantine'],
        ['203.0.113.24 --no-re', '203.0.113.24 --no-reassign'],
        ['-o ya', '-o yaml'],
      ] as const) {
        terminal.type(`${typed}\t`)
        await terminal.waitFor(completed)
      }
      terminal.type('\r')
      await terminal.waitFor('<ip><quarantine><203.0.113.24><--no-reassign><-o><yaml> end')
    })

    test('the name of an IP is completed, and after an equals sign a value', async () => {
      const terminal = await shellIn(name)
      terminal.type('pm ip list --vps=hw-410871 --status=quaran\t')
      await terminal.waitFor('--status=quarantined')
      terminal.type(' --tenant=Kestr\t\r')
      await terminal.waitFor(/<ip><list><--vps=hw-410871><--status=quarantined><--tenant=Kestrel[^<>]*> end/)
    })

    test('hostile names are words for the shell, and nothing of them is run', async () => {
      const terminal = await shellIn(name)
      terminal.type('pm tenant show Evil\t')
      await terminal.waitFor(/show .*owned/)
      terminal.type('\r')
      await terminal.waitFor(' end')
      const shown = (await terminal.shown()).replaceAll('\n', '')
      expect(shown).toContain(`<tenant><show><${hostile[0]}>`)
      terminal.type('pm tenant show Quiet\t\r')
      await terminal.waitFor(`<tenant><show><${hostile[1]}> end`)
      expect(readdirSync(home)).not.toContain('owned')
    })

    test('the name of a file is completed where one is meant', async () => {
      const terminal = await shellIn(name)
      terminal.type('pm ip release --from-file cac\t\r')
      await terminal.waitFor(/<ip><release><--from-file><cache\/?> end/)
    })

    test('where nothing fits nothing happens, and nothing is said', async () => {
      const terminal = await shellIn(name)
      terminal.type('pm nonsense xy\t')
      terminal.type('z\r')
      await terminal.waitFor('<nonsense><xyz> end')
      expect(await terminal.shown()).not.toMatch(/error|not found|Error/)
    })
  })
})

test('in bash, a name is completed in the quotes that were begun', async () => {
  const terminal = await shellIn('bash')
  terminal.type('pm tenant show "Quiet\t\r')
  await terminal.waitFor(`<tenant><show><${hostile[1]}> end`)
})

async function asked(words: readonly string[], more: Record<string, string> = {}) {
  return pm(['__complete', 'fish', ...words], {env: {...env, ...more}})
}

test('what is asked at a Tab is answered whatever is wrong, and nothing is said', async () => {
  const empty = {exitCode: 0, stdout: 'names\n', stderr: ''}
  expect(await pm(['__complete'], {env})).toMatchObject(empty)
  expect(await pm(['__complete', 'tcsh', 'ip'], {env})).toMatchObject(empty)
  expect(await asked(['tenant', 'show', 'Acm'], {PM_CONTEXT: 'nowhere'})).toMatchObject(empty)
  expect(await asked(['tenant', 'show', 'Acm'], {DATABASE_URL: 'mysql://x'})).toMatchObject(empty)
  expect(await asked(['tenant', 'show', 'Acm'], {PM_CACHE_DIR: '/dev/null/nowhere'})).toMatchObject(empty)
  expect(await asked(['tenant', 'show', 'Acm'], {DATABASE_URL: 'postgres://op_admin@127.0.0.1:1/x'})).toMatchObject(
    empty,
  )
  const {stdout} = await asked(['ip', 'list', '--stat'], {PM_CONTEXT: 'nowhere'})
  expect(stdout).toMatch(/^names\n--status\t/)
})

test('what the operator may not see is not completed', async () => {
  const viewer = {DATABASE_URL: database.url('op_viewer'), PM_CACHE_DIR: join(home, 'viewer')}
  const names = async (words: readonly string[]) => {
    await pm(['completion', 'refresh'], {env: {...env, ...viewer}})
    return (await asked(words, viewer)).stdout
  }
  expect(await names(['flags', 'show', 'new_e'])).toMatch(/^names\nnew_editor/)
  const {db} = database.owner
  await sql`delete from staff_role_permissions using permissions p, staff_roles r
    where p.id = permission_id and p.name = 'flags.read' and r.id = role_id and r.name = 'viewer'`.execute(db)
  expect(await names(['flags', 'show', 'new_e'])).toBe('names\n')
  expect(await names(['tenant', 'show', 'Acm'])).toBe('names\nAcme\n')
})

test('names that were never read are read in the background, and are there for the next Tab', async () => {
  const first = {PM_CACHE_DIR: join(home, 'first')}
  expect((await asked(['tenant', 'show', 'Acm'], first)).stdout).toBe('names\n')
  await expect
    .poll(async () => (await asked(['tenant', 'show', 'Acm'], first)).stdout, {timeout: 60_000, interval: 500})
    .toBe('names\nAcme\n')
})

test('only their owner can read the names', async () => {
  const [place = ''] = readdirSync(join(home, 'cache', 'names'))
  const folder = join(home, 'cache', 'names', place)
  const modes = [folder, ...readdirSync(folder).map((file) => join(folder, file))].map(
    (path) => statSync(path).mode & 0o077,
  )
  expect([...new Set(modes)]).toEqual([0])
})

test('names of another operator, or another place, are others', async () => {
  expect((await asked(['tenant', 'show', 'Acm'], {DATABASE_URL: database.url('op_billing')})).stdout).toBe('names\n')
})

test('a Tab makes no sandbox, and does not wait for one that is in use', async () => {
  const data = join(home, 'data')
  const sandbox = {DATABASE_URL: '', PM_DATA_DIR: data}
  expect((await asked(['tenant', 'show', 'Acm'], sandbox)).stdout).toBe('names\n')
  expect(existsSync(data)).toBe(false)
})

test('the script is for the shells there are', async () => {
  expect(await pm(['completion', 'tcsh'], {env})).toMatchObject({exitCode: 2, stdout: ''})
  const {stdout} = await pm(['completion', 'bash'], {env})
  expect(await start('/bin/bash', ['-n'], {stdin: stdout}).ended).toMatchObject({exitCode: 0, stderr: ''})
})

test.each(['op_billing', 'op_unknown'])('who may see nothing, as %s, is told nothing, and no error', async (login) => {
  const {db} = database.owner
  await sql`update staff_members set role_id = null from pm.operator_logins l
    where l.login = 'op_billing' and l.user_id = staff_members.user_id`.execute(db)
  const nobody = {DATABASE_URL: database.url(login), PM_CACHE_DIR: join(home, login)}
  await pm(['completion', 'refresh'], {env: {...env, ...nobody}})
  for (const topic of ['tenant', 'domain', 'ip', 'flags', 'job', 'audit', 'staff'])
    expect(await asked([topic, 'show', ''], nobody)).toMatchObject({exitCode: 0, stdout: 'names\n', stderr: ''})
})
