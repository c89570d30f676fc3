import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {sql} from 'kysely'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {pm} from '../../support/process.ts'
import {pmInTerminal, type TestTerminal} from '../../support/terminal.ts'

let database: TestDatabase
let home: string
let env: Record<string, string>
beforeAll(async () => {
  database = await freshDatabase()
  home = mkdtempSync(join(tmpdir(), 'pm-shell-'))
  env = {DATABASE_URL: database.url('op_admin'), PM_DATA_DIR: join(home, 'data'), PM_CACHE_DIR: join(home, 'cache')}
})
afterAll(async () => {
  await database.drop()
  rmSync(home, {recursive: true})
})

const ready = /^pm \S+ \(\w+\).*> ?$/m

async function shell(more: Record<string, string> = {}): Promise<TestTerminal> {
  const terminal = pmInTerminal(['shell'], {columns: 120, rows: 40, env: {...env, NO_COLOR: '1', ...more}})
  await terminal.waitFor(ready)
  return terminal
}

// The shell waits for a line: before that, keys would be for whatever runs.
const waits = /\)[^>\n]*>$/

/** Types a line, and waits for what it shows, and for the next prompt. */
async function say(terminal: TestTerminal, line: string, shows: string | RegExp): Promise<void> {
  terminal.type(`${line}\r`)
  await terminal.waitFor(shows)
  await terminal.waitFor(waits)
}

describe('on a terminal', () => {
  test('commands run without pm in front or with it, errors end nothing, and Ctrl-D leaves', async () => {
    const terminal = await shell()
    await say(terminal, 'ip show 203.0.113.24 -o name', /^203\.0\.113\.24$/m)
    await say(terminal, 'pm whoami -o name', /^op_admin$/m)
    await say(terminal, 'tenant show nobody', 'No tenant nobody.')
    await say(terminal, 'ip lst', 'Did you mean: pm ip list?')
    await say(terminal, 'tenant show "Kestrel', 'A quote is not closed.')
    await say(terminal, 'ip rate 203.0.113.24 good --dry-run -o json', '"headline"')
    await say(terminal, 'tenant show $HOME', 'No tenant $HOME.')
    terminal.press('ctrl-d')
    expect(await terminal.ended()).toBe(0)
  })

  test('exit leaves, whatever failed before', async () => {
    const terminal = await shell()
    await say(terminal, 'tenant show nobody', 'No tenant nobody.')
    terminal.type('exit\r')
    expect(await terminal.ended()).toBe(0)
  })

  test('Ctrl-C gives the line up, or the command that asks, and not the shell', async () => {
    const terminal = await shell()
    terminal.type('tenant show nonsense')
    await terminal.waitFor('nonsense')
    terminal.press('ctrl-c')
    await terminal.waitFor('^C')
    await terminal.waitFor(waits)
    terminal.type('ip show\r')
    await terminal.waitFor('Which IP?')
    terminal.press('ctrl-c')
    await terminal.waitFor('Nothing was changed.')
    await terminal.waitFor(waits)
    await say(terminal, 'whoami -o name', /^op_admin$/m)
    terminal.press('ctrl-d')
    expect(await terminal.ended()).toBe(0)
  })

  test('Ctrl-C stops a statement that runs', async () => {
    const terminal = await shell()
    const {db} = database.owner
    const done = db.transaction().execute(async (trx) => {
      await sql`lock table tenants in access exclusive mode`.execute(trx)
      terminal.type('tenant list --limit 1\r')
      await expect
        .poll(async () => (await sql`select from pg_locks where not granted`.execute(trx)).rows.length)
        .toBeGreaterThan(0)
      terminal.press('ctrl-c')
      await terminal.waitFor('Interrupted.')
    })
    await done
    await terminal.waitFor(waits)
    await say(terminal, 'whoami -o name', /^op_admin$/m)
    terminal.press('ctrl-d')
    expect(await terminal.ended()).toBe(0)
  })

  test('a second Ctrl-C ends the command, too, and not the shell', async () => {
    const terminal = await shell()
    const {db} = database.owner
    await db.transaction().execute(async (trx) => {
      await sql`lock table tenants in access exclusive mode`.execute(trx)
      terminal.type('tenant list --limit 1\r')
      await expect
        .poll(async () => (await sql`select from pg_locks where not granted`.execute(trx)).rows.length)
        .toBeGreaterThan(0)
      terminal.press('ctrl-c')
      terminal.press('ctrl-c')
      await terminal.waitFor('Interrupted.')
    })
    await terminal.waitFor(waits)
    await say(terminal, 'whoami -o name', /^op_admin$/m)
    terminal.press('ctrl-d')
    expect(await terminal.ended()).toBe(0)
  })

  test.each(['table', 'ndjson'])('Ctrl-C stops rows that come and come, as a %s', async (format) => {
    await sql`insert into tenants (id, name, created)
      select gen_random_uuid(), 'many ' || n, now() from generate_series(1, 50000) n`.execute(database.owner.db)
    const terminal = await shell()
    terminal.type(`tenant list --limit 0 -o ${format}\r`)
    while (!terminal.raw.includes('many 1')) await wait(1)
    terminal.pause()
    terminal.press('ctrl-c')
    await wait(200)
    terminal.goOn()
    await terminal.waitFor('Interrupted.')
    await terminal.waitFor(waits)
    await say(terminal, 'whoami -o name', /^op_admin$/m)
    terminal.press('ctrl-d')
    expect(await terminal.ended()).toBe(0)
  })

  test('where it may not ask, it does not wait for lines from the keyboard', async () => {
    const terminal = pmInTerminal(['shell'], {env: {...env, PM_NO_INPUT: '1'}})
    expect(await terminal.ended()).toBe(2)
    expect(await terminal.shown()).toContain('The shell asks for lines, and here it may not ask.')
  })

  test('Ctrl-C at an empty line tells how to leave, and leaves nothing', async () => {
    const terminal = await shell()
    const told = String.raw`(\(Ctrl-D or exit leaves the shell\.\)[\s\S]*)`
    for (const times of [1, 2]) {
      terminal.press('ctrl-c')
      await terminal.waitFor(new RegExp(`${told}{${times}}>$`))
    }
    await say(terminal, 'whoami -o name', /^op_admin$/m)
    terminal.type('exit\r')
    expect(await terminal.ended()).toBe(0)
  })

  test('lines that are pasted at once are run one after the other', async () => {
    const terminal = await shell()
    terminal.type('whoami -o name\rip show 203.0.113.24 -o name\rplan show growth -o name\r')
    await terminal.waitFor(/^op_admin\n203\.0\.113\.24\ngrowth$/m)
    await terminal.waitFor(waits)
    terminal.press('ctrl-d')
    expect(await terminal.ended()).toBe(0)
  })

  test('a line that is being typed outlives a resize', async () => {
    const terminal = await shell()
    terminal.type('whoami -o')
    await terminal.waitFor('whoami -o')
    const drawn = terminal.raw.length
    terminal.resize(100, 30)
    await expect.poll(() => terminal.raw.length).toBeGreaterThan(drawn)
    await say(terminal, ' name', /^op_admin$/m)
    terminal.press('ctrl-d')
    expect(await terminal.ended()).toBe(0)
  })

  test('Tab completes commands, names and what can be used', async () => {
    const terminal = await shell()
    terminal.type('tenant sho\t')
    await terminal.waitFor('tenant show')
    terminal.type('Kestr\t')
    await terminal.waitFor("'Kestrel Analytics'")
    terminal.press('ctrl-c')
    await terminal.waitFor(waits)
    terminal.type('use tenant Kest\t')
    await terminal.waitFor("use tenant 'Kestrel Analytics'")
    terminal.type('\r')
    await terminal.waitFor(/Kestrel Analytics>$/)
    terminal.press('ctrl-d')
    expect(await terminal.ended()).toBe(0)
  })

  test('the history is the context’s own, for its owner alone, and holds no secret', async () => {
    const data = join(home, 'own')
    const first = await shell({PM_DATA_DIR: data})
    await say(first, 'whoami -o name', /^op_admin$/m)
    await say(first, 'config set smtp_password \'"hunter2"\' --dry-run', /smtp_password/)
    await say(first, 'context add x --url postgres://u:hunter2@h/d --kind nonsense', /Error/)
    first.press('ctrl-d')
    expect(await first.ended()).toBe(0)
    const [file = ''] = readdirSync(join(data, 'history'))
    const path = join(data, 'history', file)
    expect(statSync(path).mode & 0o077).toBe(0)
    expect(readFileSync(path, 'utf8')).toBe(
      'whoami -o name\ncontext add x --url postgres://u:***@h/d --kind nonsense\n',
    )
    const second = await shell({PM_DATA_DIR: data})
    second.press('up')
    await second.waitFor(/> context add x --url/)
    second.press('ctrl-c')
    await second.waitFor(waits)
    second.press('ctrl-d')
    expect(await second.ended()).toBe(0)
  })

  test('production is red and read-only, and consent is what it is outside', async () => {
    const terminal = pmInTerminal(['shell'], {columns: 120, env: {...env, PM_KIND: 'production'}})
    await terminal.waitFor(/\(production, read-only\)/)
    expect(terminal.raw).toMatch(/\u001b\[31mpm \S+ \(production, read-only\)\u001b\[39m> /)
    await say(terminal, 'ip rate 203.0.113.24 good --yes --reason x', 'is a production context: read-only.')
    await say(terminal, 'ip rate 203.0.113.24 good --yes', /To write there: pm .* --yes --write --reason TEXT/)
    terminal.type('ip rate 203.0.113.24 good --write\r')
    await terminal.waitFor('? reason: Why; kept with the change. Required in production.')
    terminal.type('cleared at Spamhaus\r')
    await terminal.waitFor('Done: change 1.')
    await terminal.waitFor("pm ip rate 203.0.113.24 good --write --reason 'cleared at Spamhaus'")
    await terminal.waitFor(waits)
    terminal.press('ctrl-d')
    expect(await terminal.ended()).toBe(0)
  })

  test('for a screen reader the prompt is plain lines', async () => {
    const terminal = await shell({PM_ACCESSIBLE: '1'})
    await say(terminal, 'whoami -o name', /^op_admin$/m)
    terminal.press('ctrl-d')
    expect(await terminal.ended()).toBe(0)
    expect(terminal.raw).not.toMatch(/\u001b/)
  })
})

async function script(lines: string, more: Record<string, string> = {}) {
  return pm(['shell'], {env: {...env, ...more}, stdin: lines})
}

describe('off a terminal', () => {
  test('lines are run one after the other, until one fails', async () => {
    const {exitCode, stdout, stderr} = await script(
      '# look\nwhoami -o name\n\nip show 203.0.113.24 -o name\ntenant show nobody\nwhoami -o name\n',
    )
    expect([exitCode, stdout]).toEqual([3, 'op_admin\n203.0.113.24\n'])
    expect(stderr).toContain('No tenant nobody.')
  })

  test('use makes a tenant the one that others are about, and says the whole command', async () => {
    const {exitCode, stdout, stderr} = await script(
      'use tenant Acme\nshow -o json --fields tenant\ndomain list -o name --limit 1\ntenant users -o name --limit 1\nuse none\nshow\n',
    )
    expect(stdout).toMatch(/^\{\n {2}"tenant": "Acme"\n\}\nacme-events\.example\n\S+\n$/)
    expect(stderr).toContain('▸ pm tenant show -o json --fields tenant Acme\n')
    expect(stderr).toContain('▸ pm domain list -o name --limit 1 --tenant Acme\n')
    expect(exitCode).toBe(2)
  })

  test('what is used must be there', async () => {
    const {exitCode, stderr} = await script('use tenant Acem\n')
    expect({exitCode, stderr}).toMatchObject({exitCode: 3, stderr: expect.stringContaining('Did you mean Acme?')})
  })

  test('what is in use is no consent: a line that brings its own must name what it is about', async () => {
    const {exitCode, stderr} = await script('use tenant Acme\ntenant delete --confirm Acme\n')
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('In full: pm tenant delete --confirm Acme Acme')])
    expect((await script('use tenant Acme\ntenant delete\n')).exitCode).toBe(7)
    expect((await script('use tenant Acme\nwhoami -o name\n')).stdout).toBe('op_admin\n')
  })

  test('what cannot be used, or is the shell itself, is said', async () => {
    expect(await script('use nothing acme\n')).toMatchObject({exitCode: 2})
    expect(await script('use\n')).toMatchObject({exitCode: 2})
    expect(await script('shell\n')).toMatchObject({exitCode: 2})
    expect(await script('ip release -\n203.0.113.24\n')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('stdin holds the lines'),
    })
  })

  test('who is there, and what they may, is asked anew for every line', async () => {
    const {db} = database.owner
    const viewer = {DATABASE_URL: database.url('op_viewer')}
    expect((await script('whoami -o name\nip rate 203.0.113.24 poor --yes\n', viewer)).exitCode).toBe(5)
    await sql`update pm.operator_logins set disabled = now() where login = 'op_viewer'`.execute(db)
    expect((await script('ip list -o name --limit 1\n', viewer)).exitCode).toBe(4)
  })
})

test('a connection that was lost is made anew', async () => {
  const terminal = await shell()
  await say(terminal, 'whoami -o name', /^op_admin$/m)
  await sql`select pg_terminate_backend(pid, 60000) from pg_stat_activity where application_name = 'pm shell'`.execute(
    database.owner.db,
  )
  await say(terminal, 'ip show 203.0.113.24 -o name', /^203\.0\.113\.24$/m)
  terminal.press('ctrl-d')
  expect(await terminal.ended()).toBe(0)
})
