import {spawn} from 'node:child_process'
import {setTimeout as wait} from 'node:timers/promises'
import {sql} from 'kysely'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {openServer} from '../../../src/db/server.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'
import {bashInTerminal, pmInTerminal, type Seat, type TestTerminal} from '../../support/terminal.ts'

let database: TestDatabase
let env: Record<string, string>
beforeAll(async () => {
  database = await freshDatabase()
  env = {DATABASE_URL: database.url('op_admin')}
})
afterAll(() => database.drop())

const sizes = [
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
  {columns: 40, rows: 15},
]

function open(argv: readonly string[], {env: more = {}, ...seat}: Seat = {}): TestTerminal {
  return pmInTerminal(argv, {...seat, env: {...env, ...more}})
}

/** The screen, without what differs from run to run. */
async function seen(terminal: TestTerminal): Promise<string> {
  const screen = await terminal.screen()
  return screen
    .replaceAll(/\d\d:\d\d:\d\d/g, 'hh:mm:ss')
    .replaceAll(/pm_[0-9a-f…]+/g, 'pm_#')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:#')
    .replaceAll(/\b(\d+[a-z]+ ago|just now)/g, '# ago')
}

/** Goes down to the line that has this in it. */
async function choose(terminal: TestTerminal, text: string): Promise<void> {
  await terminal.waitFor(text)
  for (let before = ''; ; before = await terminal.screen()) {
    const screen = await terminal.screen()
    if (screen.split('\n').some((line) => line.startsWith('❯') && line.includes(text))) return
    if (screen !== before) terminal.press('down')
    await wait(20)
  }
}

describe('pm top', () => {
  test.each(sizes)('shows the platform, and opens what is chosen, on $columns×$rows', async (seat) => {
    const terminal = open(['top'], seat)
    await terminal.waitFor(/❯ {3}192\.0\.2\.17[\s\S]*r now$/)
    expect((await seen(terminal)).split('\n').slice(1).join('\n')).toMatchSnapshot('board')
    terminal.press('enter')
    await terminal.waitFor('❯ ip release')
    expect(await seen(terminal)).toMatchSnapshot('page')
    for (const line of (await terminal.screen()).split('\n')) expect(line.length).toBeLessThanOrEqual(seat.columns)
    terminal.type('q')
    await terminal.waitFor('❯   192.0.2.17')
    terminal.type('q')
    expect(await terminal.ended()).toBe(0)
  })

  test('marks what changes while it is looked at', async () => {
    const terminal = open(['top', '--every', '1'])
    await terminal.waitFor('❯   192.0.2.17')
    const change = open(['ip', 'rate', '192.0.2.13', 'poor', '--yes', '--reason', 'tried'])
    expect(await change.ended()).toBe(0)
    await terminal.waitFor(/ ● \d+ {2}just now {2}ada@\S+ {2}pm ip rate 192\.0\.2\.13 poor/)
    await terminal.waitFor(/ {2}● 192\.0\.2\.13 +poor/)
    terminal.press('ctrl-c')
    expect(await terminal.ended()).toBe(130)
  })

  test('runs what can be done with a thing as the ordinary command, which asks', async () => {
    const before = await ask(database, 'select count(*) from pm.changes')
    const terminal = open(['top'])
    await choose(terminal, '192.0.2.142')
    terminal.press('enter')
    await terminal.waitFor('❯ ip quarantine')
    terminal.press('enter')
    await terminal.waitFor('$ pm ip quarantine 192.0.2.142')
    await terminal.waitFor('? Go ahead? (y/N)')
    terminal.press('enter')
    await terminal.waitFor('Error: Declined. Nothing was changed.')
    await terminal.waitFor('Any key goes back.')
    expect(await ask(database, 'select count(*) from pm.changes')).toEqual(before)
    terminal.type(' ')
    await terminal.waitFor('❯ ip quarantine')
    terminal.type('qq')
    expect(await terminal.ended()).toBe(0)
  })

  test('offers only what the operator may do', async () => {
    const terminal = pmInTerminal(['top'], {env: {DATABASE_URL: database.url('op_support')}})
    await choose(terminal, '192.0.2.17')
    terminal.press('enter')
    await terminal.waitFor('❯ ip check')
    expect(await terminal.screen()).not.toContain('ip quarantine')
    terminal.type('qq')
    expect(await terminal.ended()).toBe(0)
  })

  test('shows hostile names without obeying them', async () => {
    await ask(
      database,
      `update domains set domain = E'a\\u001b[2J\\u001b]0;owned\\u0007.example' where domain = 'acme-offers.example'`,
    )
    const terminal = open(['top'], {columns: 120, rows: 40})
    await terminal.waitFor('a\\u{1b}[2J\\u{1b}]0;owned\\u{7}.e…')
    expect(terminal.raw).not.toContain('\u001b]0;')
    terminal.type('q')
    await terminal.ended()
  })

  test('says what changes line by line with PM_ACCESSIBLE=1', async () => {
    const terminal = open(['top', '--every', '1'], {env: {PM_ACCESSIBLE: '1'}, columns: 120, rows: 60})
    await terminal.waitFor('IP pool')
    const change = open(['ip', 'rate', '192.0.2.13', 'fair', '--yes', '--reason', 'tried'])
    expect(await change.ended()).toBe(0)
    await terminal.waitFor(/^\d+ {2}\S+ {2}ada@\S+ {2}pm ip rate 192\.0\.2\.13 fair/m)
    terminal.press('ctrl-c')
    expect(await terminal.ended()).toBe(130)
    expect(terminal.raw).not.toMatch(/\u001b\[[^m]*[A-Zac-ln-z]/)
  })

  test.each(['SIGTERM', 'SIGHUP'])('%s leaves the terminal as it was', async (signal) => {
    const script = `echo before; pm top; echo "exit $?"; stty -a | grep -oE -- '-?(icanon|echo|isig) '`
    const terminal = bashInTerminal(script, {env})
    await terminal.waitFor('❯')
    spawn('pkill', [`-${signal}`, '-P', String(terminal.pid)])
    await terminal.ended()
    expect((await terminal.shown()).split(/\s*\n/).slice(-4)).toEqual(['exit 130', 'isig', 'icanon', 'echo'])
  })

  test('says what it does not show to whom may not see it', async () => {
    await ask(
      database,
      `delete from staff_role_permissions g using staff_roles r, permissions p
       where r.id = g.role_id and p.id = g.permission_id and r.name = 'viewer' and p.name in ('domain.read', 'audit.read')`,
    )
    const viewer = {DATABASE_URL: database.url('op_viewer')}
    const terminal = pmInTerminal(['top'], {env: viewer, columns: 120, rows: 40})
    await terminal.waitFor('Not shown without domain.read, audit.read.')
    expect(await terminal.screen()).not.toMatch(/Domains|Jobs|Last changes/)
    terminal.type('q')
    expect(await terminal.ended()).toBe(0)
    const data = bashInTerminal('pm top -o json --fields failing,jobs,changes | tr -d " \\n"', {env: viewer})
    await data.ended()
    expect(await data.shown()).toBe('{"failing":null,"jobs":null,"changes":null}')
  })

  test('off a terminal shows it once', async () => {
    const terminal = bashInTerminal('pm top -o json < /dev/null | head -c 1; pm top | wc -l', {env})
    await terminal.ended()
    expect(await terminal.shown()).toMatch(/^\{\d+$/)
  })
})

describe('--watch', () => {
  test.each(sizes)('shows a list again and again, and what changed, on $columns×$rows', async (seat) => {
    const terminal = open(['ip', 'list', '--status', 'warming', '--watch', '1'], seat)
    await terminal.waitFor('192.0.2.13')
    expect(await seen(terminal)).toMatchSnapshot()
    terminal.type('q')
    expect(await terminal.ended()).toBe(0)
  })

  test('marks the line that changed', async () => {
    const terminal = open(['ip', 'list', '--status', 'warming', '--watch=1'])
    await terminal.waitFor('192.0.2.13')
    const change = open(['ip', 'rate', '192.0.2.13', 'critical', '--yes', '--reason', 'tried'])
    expect(await change.ended()).toBe(0)
    await terminal.waitFor(/● 192\.0\.2\.13 +warming +critical/)
    await terminal.waitFor('1 changed (●)')
    terminal.press('ctrl-c')
    expect(await terminal.ended()).toBe(130)
  })

  test('marks nothing else where a longer name takes room from all others, and tells what is no longer there', async () => {
    const terminal = open(['domain', 'list', '--watch=1'], {columns: 120})
    await terminal.waitFor('acme-events.example')
    await ask(
      database,
      `update domains set domain = 'acme-events-with-the-longest-name-of-all.example' where domain = 'acme-events.example'`,
    )
    await terminal.waitFor('1 changed (●) · no longer shown: acme-events.example')
    expect((await terminal.screen()).split('\n').filter((line) => line.startsWith('●'))).toEqual([
      expect.stringMatching(/^● acme-events-with-the-long/),
    ])
    terminal.type('q')
    expect(await terminal.ended()).toBe(0)
  })

  test('is scrolled', async () => {
    const terminal = open(['domain', 'list', '--watch'])
    await terminal.waitFor('acme.example')
    terminal.press('page-down')
    terminal.press('page-down')
    await terminal.waitFor('kestrel-labs')
    expect(await terminal.screen()).not.toContain('acme.example')
    terminal.type('q')
    expect(await terminal.ended()).toBe(0)
  })

  test('watches a page as well', async () => {
    const terminal = open(['ip', 'show', '192.0.2.13', '--watch'])
    await terminal.waitFor('pm ip show 192.0.2.13')
    await terminal.waitFor('Every 2 s')
    terminal.type('q')
    expect(await terminal.ended()).toBe(0)
  })

  test('says what changed line by line with PM_ACCESSIBLE=1', async () => {
    const terminal = open(['ip', 'list', '--status', 'warming', '--watch=1'], {env: {PM_ACCESSIBLE: '1'}})
    await terminal.waitFor('192.0.2.13')
    const change = open(['ip', 'rate', '192.0.2.13', 'good', '--yes', '--reason', 'tried'])
    expect(await change.ended()).toBe(0)
    await terminal.waitFor(/^● 192\.0\.2\.13 +warming +good/m)
    terminal.press('ctrl-c')
    expect(await terminal.ended()).toBe(130)
  })

  test.each([
    {argv: 'pm ip list --watch < /dev/null', says: '--watch shows changes on a terminal, and this is none.'},
    {argv: 'pm ip list --watch=0', says: '--watch takes an integer greater than or equal to 1, not 0.'},
    {argv: 'pm ip show 192.0.2.99 --watch', says: 'No sending IP 192.0.2.99.'},
    {argv: 'pm ip list --watch 0', says: '--watch takes an integer greater than or equal to 1, not 0.'},
    {argv: 'pm context use sandbox --watch', says: 'There is no flag --watch.'},
    {argv: 'pm find a --watch', says: 'There is no flag --watch.'},
  ])('$argv is an error', async ({argv, says}) => {
    const terminal = bashInTerminal(argv, {env, columns: 120})
    expect([2, 3]).toContain(await terminal.ended())
    expect(await terminal.shown()).toContain(says)
  })
})

describe.each(['', '1'])('with PM_ACCESSIBLE=%s, while the database takes no connections', (PM_ACCESSIBLE) => {
  test.each([
    ['top', ['top', '--every', '1']],
    ['--watch', ['ip', 'list', '--status', 'warming', '--watch=1']],
  ])('%s says so, and goes on afterwards', async (_, argv) => {
    const own = await freshDatabase()
    const env = {DATABASE_URL: own.url('op_admin'), PM_ACCESSIBLE}
    const terminal = pmInTerminal(argv, {env, columns: 120, rows: 60})
    await terminal.waitFor('198.51.100.143')
    await shut(own)
    await terminal.waitFor('The database could not be reached: database')
    terminal.type('r')
    await reopen(own)
    await ask(own, `update smtp_ip_addresses set reputation_state = 'critical' where ip_address = '198.51.100.143'`)
    await terminal.waitFor(/198\.51\.100\.143( +warming)? +critical/)
    terminal.press('ctrl-c')
    expect(await terminal.ended()).toBe(130)
    await own.drop()
  })
})

async function shut(own: TestDatabase): Promise<void> {
  await maintain(own, (name) => `alter database ${name} allow_connections false`)
  await maintain(own, (name) => `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
}

async function reopen(own: TestDatabase): Promise<void> {
  await maintain(own, (name) => `alter database ${name} allow_connections true`)
}

/** Does something to a database from beside it. */
async function maintain(own: TestDatabase, statement: (name: string) => string): Promise<void> {
  const server = own.server('postgres')
  const beside = openServer({...server, database: 'postgres'}, 'pm test')
  await sql.raw(statement(server.database)).execute(beside.db)
  await beside.close()
}
