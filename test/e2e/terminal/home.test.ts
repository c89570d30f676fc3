import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {sql} from 'kysely'
import {afterAll, beforeAll, beforeEach, expect, inject, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {type Fate, startProxy} from '../../support/proxy.ts'
import {ask} from '../../support/records.ts'
import {bashInTerminal, pmInTerminal, type Seat, type TestTerminal} from '../../support/terminal.ts'

let database: TestDatabase
let env: Record<string, string>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())
beforeEach(() => {
  env = {DATABASE_URL: database.url('op_admin'), PM_CACHE_DIR: mkdtempSync(join(tmpdir(), 'pm-home-'))}
})

const sizes = [
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
  {columns: 40, rows: 15},
]

async function home({env: more = {}, ...seat}: Seat = {}): Promise<TestTerminal> {
  const terminal = pmInTerminal([], {...seat, env: {...env, ...more}})
  await terminal.waitFor('❯ 5 IPs on a blocklist')
  return terminal
}

/** The screen below its first line, which names the database. */
async function seen(terminal: TestTerminal): Promise<string> {
  return (await terminal.screen())
    .replaceAll(/\b(\d+[a-z]+ ago|just now)/g, '# ago')
    .split('\n')
    .slice(1)
    .join('\n')
}

test.each(sizes)('pm alone finds what is typed and opens its page, on $columns×$rows', async (seat) => {
  const terminal = await home(seat)
  expect(await seen(terminal)).toMatchSnapshot('home')
  terminal.type('acme')
  await terminal.waitFor('❯ tenant       Acme')
  expect(await seen(terminal)).toMatchSnapshot('found')
  terminal.press('enter')
  await terminal.waitFor('❯ tenant usage')
  await terminal.waitFor(/\$ pm tenant usage\s/)
  for (const line of (await terminal.screen()).split('\n')) expect(line.length).toBeLessThanOrEqual(seat.columns)
  terminal.type('q')
  await terminal.waitFor('Search: acme')
  terminal.press('escape')
  await terminal.waitFor('Looked at last')
  expect(await seen(terminal)).toMatchSnapshot('looked at')
  terminal.press('escape')
  expect(await terminal.ended()).toBe(0)
})

test('what is typed on goes on from what was typed, and what matches nothing says so', async () => {
  const terminal = await home()
  terminal.type('203.0.113.2')
  await terminal.waitFor('❯ IP           203.0.113.2')
  terminal.type('4x')
  await terminal.waitFor('Nothing that you may see begins with “203.0.113.24x”.')
  terminal.press('backspace')
  await terminal.waitFor('❯ IP           203.0.113.24')
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
})

test('a page runs what is chosen as the ordinary command, which asks; then it is looked at anew', async () => {
  const terminal = await home()
  terminal.type('198.51.100.33')
  await terminal.waitFor('❯ IP           198.51.100.33')
  terminal.press('enter')
  await terminal.waitFor('❯ ip quarantine')
  for (const next of ['ip check', 'ip rate']) {
    terminal.press('down')
    await terminal.waitFor(`❯ ${next}`)
  }
  terminal.press('enter')
  await terminal.waitFor('? pm ip rate 198.51.100.33 …')
  terminal.press('up')
  await terminal.waitFor('❯ critical')
  terminal.press('enter')
  await terminal.waitFor('without being asked: pm ip rate 198.51.100.33 critical')
  await terminal.waitFor('Any key goes back.')
  expect(
    await ask(database, `select reputation_state from smtp_ip_addresses where ip_address = '198.51.100.33'`),
  ).toEqual([{reputation_state: 'critical'}])
  terminal.type(' ')
  await terminal.waitFor('Reputation  critical')
  terminal.type('q')
  await terminal.waitFor('Search: 198.51.100.33')
  terminal.press('escape')
  await terminal.waitFor('Needs somebody')
  terminal.press('escape')
  expect(await terminal.ended()).toBe(0)
})

test('a list that needs somebody is a list to choose from, and a row opens its page', async () => {
  const terminal = await home()
  terminal.press('enter')
  await terminal.waitFor('❯ 192.0.2.17')
  await terminal.waitFor('$ pm ip show 192.0.2.17')
  expect(await seen(terminal)).toMatchSnapshot('list')
  terminal.press('down')
  await terminal.waitFor('❯ 192.0.2.142')
  terminal.press('enter')
  await terminal.waitFor('❯ ip quarantine')
  terminal.type('q')
  await terminal.waitFor('❯ 192.0.2.142')
  terminal.type('q')
  await terminal.waitFor('❯ 5 IPs on a blocklist')
  terminal.press('escape')
  expect(await terminal.ended()).toBe(0)
})

test('a burned IP is offered no move, as none is legal', async () => {
  const terminal = await home()
  terminal.type('192.0.2.144')
  await terminal.waitFor('❯ IP           192.0.2.144')
  terminal.press('enter')
  await terminal.waitFor('❯ ip check')
  expect(await terminal.screen()).not.toMatch(/ip (quarantine|release|retire)/)
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
})

test('hostile names stay on their line', async () => {
  await ask(
    database,
    `update tenants set name = E'Kestrel\\u001b[2J\\u001b]0;owned\\u0007\\r\\n' where name like 'Kestrel%'`,
  )
  const terminal = await home({columns: 120})
  terminal.type('kestrel')
  await terminal.waitFor('Kestrel\\u{1b}[2J\\u{1b}]0;owned\\u{7}\\u{d}\\u{a}')
  terminal.press('enter')
  await terminal.waitFor('❯ domain doctor')
  expect(terminal.raw).not.toContain('\u001b]0;')
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
})

test('Ctrl-C does not wait for a server that does not answer any more', async () => {
  let isStalled = false
  const proxy = await startProxy(inject('postgresPort'), async (): Promise<Fate> => {
    if (isStalled) await new Promise(() => {})
    return 'deliver'
  })
  const terminal = await home({env: {DATABASE_URL: database.url('op_admin', proxy.port), PM_TIMEOUT: '600'}})
  isStalled = true
  terminal.type('acme')
  await terminal.waitFor('Search: acme')
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
  await proxy.stop()
})

test('the end of the terminal ends it', async () => {
  const terminal = await home()
  terminal.hangUp()
  expect(await terminal.ended()).toBe(130)
})

test('after Ctrl-C the terminal is as it was', async () => {
  const script = `echo before; pm; echo "exit $?"; stty -a | grep -oE -- '-?(icanon|echo|isig) '`
  const terminal = bashInTerminal(script, {env})
  await terminal.waitFor('❯ 5 IPs on a blocklist')
  terminal.press('ctrl-c')
  await terminal.ended()
  expect((await terminal.shown()).split(/\s*\n/).slice(-4)).toEqual(['exit 130', 'isig', 'icanon', 'echo'])
})

test('with PM_ACCESSIBLE=1 it is asked and answered in lines, and nothing is drawn over', async () => {
  const terminal = pmInTerminal([], {env: {...env, PM_ACCESSIBLE: '1'}, rows: 60})
  await terminal.waitFor('5 IPs on a blocklist')
  await terminal.waitFor('or search:')
  terminal.type('203.0.113.24\r')
  await terminal.waitFor('1. IP 203.0.113.24')
  await terminal.waitFor(/1\. IP [\s\S]*or search:$/)
  terminal.type('1\r')
  await terminal.waitFor('1. ip quarantine: ')
  await terminal.waitFor('Number to do, or nothing to go back:')
  terminal.type('\r')
  await terminal.waitFor(/go back:[\s\S]*or search:$/)
  terminal.type('nobody\r')
  await terminal.waitFor('Nothing that you may see begins with “nobody”.')
  terminal.press('ctrl-d')
  expect(await terminal.ended()).toBe(0)
  expect(terminal.raw).not.toMatch(/\u001b\[[^m]*[A-Zac-ln-z]/)
})

test('with PM_ACCESSIBLE=1 Ctrl-C ends it', async () => {
  const terminal = pmInTerminal([], {env: {...env, PM_ACCESSIBLE: '1'}})
  await terminal.waitFor('or search:')
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
})

test.each([
  {how: 'off a terminal', script: 'pm < /dev/null; echo "exit $?"', more: {}},
  {how: 'into a pipe', script: 'pm | cat; echo "exit $?"', more: {}},
  {how: 'with PM_NO_INPUT', script: 'pm; echo "exit $?"', more: {PM_NO_INPUT: '1'}},
])('pm alone is help $how', async ({script, more}) => {
  const terminal = bashInTerminal(script, {env: {...env, ...more}, rows: 80})
  await terminal.ended()
  const shown = await terminal.shown()
  expect(shown).toContain('GETTING AROUND')
  expect(shown.split('\n').at(-1)).toBe('exit 0')
})

test('what is typed with Enter behind it at once opens what was typed, and nothing that stood there', async () => {
  const terminal = await home()
  terminal.type('kestrel.ex\r')
  await terminal.waitFor('$ pm domain doctor kestrel.example')
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
})

test('of thousands of letters pasted at once only the last is searched for', async () => {
  const terminal = await home()
  const before = await transactions()
  terminal.type(`${'abcde'.repeat(1_000)}\u0015kestrel.ex\r`)
  await terminal.waitFor('$ pm domain doctor kestrel.example')
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
  expect((await transactions()) - before).toBeLessThan(500)
})

/** How many this database has seen; a connection tells of its own at its end. */
async function transactions(): Promise<number> {
  const [{done} = {done: 0}] = await ask<{done: string}>(
    database,
    'select xact_commit + xact_rollback as done from pg_stat_database where datname = current_database()',
  )
  return Number(done)
}

test('a letter right behind Escape is typed', async () => {
  const terminal = await home()
  terminal.type('nobody')
  await terminal.waitFor('begins with “nobody”.')
  terminal.press('escape')
  await wait(300)
  terminal.type('kestrel.ex')
  await terminal.waitFor('Search: kestrel.ex▏')
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
})

test('it says where one works, as whom, and what who may see nothing cannot see', async () => {
  await sql`insert into staff_roles (id, name) values (60, 'nothing')`.execute(database.owner.db)
  await sql`update staff_members set role_id = 60 where role_id = 5`.execute(database.owner.db)
  const terminal = pmInTerminal([], {
    columns: 120,
    env: {...env, DATABASE_URL: database.url('op_viewer'), PM_KIND: 'production'},
  })
  await terminal.waitFor(/^pm_\w+, production · 127\.0\.0\.1:\d+\/pm_\w+ · as .* \(nothing\)$/m)
  await terminal.waitFor('What needs somebody is told to who may read IPs (ip.read).')
  // Red, as production is everywhere.
  expect(terminal.raw).toMatch(/\u001b\[31mpm_\w+, production/)
  terminal.type('acme')
  await terminal.waitFor('Nothing that you may see begins with “acme”.')
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
})

test('what a command of a page needs besides, it asks for itself; Ctrl-C there goes back to the page', async () => {
  const terminal = await home()
  terminal.type('198.51.100.34\r')
  await terminal.waitFor('ip rate')
  terminal.press('down')
  await terminal.waitFor('$ pm ip check')
  terminal.press('down')
  await terminal.waitFor('$ pm ip rate 198.51.100.34')
  terminal.press('enter')
  await terminal.waitFor('❯ good')
  terminal.press('ctrl-c')
  await terminal.waitFor('Any key goes back.')
  terminal.press('enter')
  await terminal.waitFor('❯ ip rate')
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
  // Something may have been changed there.
  expect(await terminal.shown()).toMatch(/Error: Interrupted\. .*$/)
})

test('the row of a list whose page was opened is among what was looked at last', async () => {
  const terminal = await home()
  terminal.press('enter')
  await terminal.waitFor('$ pm ip show 192.0.2.17')
  terminal.press('enter')
  await terminal.waitFor('❯ ip release')
  terminal.type('q')
  await terminal.waitFor('$ pm ip show 192.0.2.17')
  terminal.type('q')
  await terminal.waitFor(/Looked at last\n {2}ip {11}192\.0\.2\.17/)
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
})
