import {spawn} from 'node:child_process'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {missingPrograms, skipNote} from '../../support/dns/daemon.ts'
import {dnsOf, shop, spf, startDomains, storeDomain, www} from '../../support/dns/sending-domains.ts'
import {type World, worldPrograms} from '../../support/dns/world.ts'
import {changesOf} from '../../support/records.ts'
import {bashInTerminal, pmInTerminal, type Seat, type TestTerminal} from '../../support/terminal.ts'

const missing = missingPrograms(...worldPrograms)

describe.skipIf(missing.length > 0)(`the screen of pm domain doctor${skipNote(missing)}`, () => {
  let world: World
  let database: TestDatabase
  let env: Record<string, string>
  beforeAll(async () => {
    world = await startDomains()
    database = await freshDatabase()
    env = {DATABASE_URL: database.url('op_admin'), ...dnsOf(world)}
    await storeDomain(database, 'right.test', [www, spf])
    await storeDomain(database, 'wrong.test', [www, shop])
    await storeDomain(database, 'hostile.test', [spf])
    await storeDomain(database, 'dead.test', [www])
  })
  afterAll(async () => {
    await world?.stop()
    await database?.drop()
  })

  const argvOf = (name: string) => ['domain', 'doctor', name]
  async function doctor(name: string, {env: more = {}, ...seat}: Seat = {}): Promise<TestTerminal> {
    const terminal = pmInTerminal(argvOf(name), {env: {...env, ...more}, ...seat})
    await terminal.waitFor('Checked just now.')
    return terminal
  }
  /** The screen, without what differs from run to run. */
  async function seen(terminal: TestTerminal): Promise<string> {
    const screen = await terminal.screen()
    return screen.replaceAll(/:\d{4,5}\b/g, ':#').replaceAll(/TTL \d+ s\)/g, 'TTL # s)')
  }
  const sizes = [
    {columns: 80, rows: 24},
    {columns: 120, rows: 40},
    {columns: 40, rows: 15},
  ]

  test.each(sizes)('lists what is wrong and tells of the chosen one, on $columns×$rows', async (seat) => {
    const terminal = await doctor('wrong.test', seat)
    expect(await seen(terminal)).toMatchSnapshot('first')
    terminal.press('down')
    terminal.press('down')
    await terminal.waitFor('❯ ✗ A shop.wrong.test')
    terminal.press('right')
    // Where all of it is in sight there is nothing to go to.
    await terminal.waitFor(seat.rows < 40 ? /─\nWhat is expected/ : 'What is expected')
    expect(await seen(terminal)).toMatchSnapshot('the third, further down')
    for (const line of (await terminal.screen()).split('\n')) expect(line.length).toBeLessThanOrEqual(seat.columns)
    terminal.type('q')
    expect(await terminal.ended()).toBe(9)
  })

  test.each(sizes)('traces the delegation and evaluates an IP, on $columns×$rows', async (seat) => {
    const terminal = await doctor('right.test', seat)
    terminal.type('t')
    await terminal.waitFor('Delegation of right.test')
    await terminal.waitFor('✓ ns1.right.test (127.0.0.11:')
    terminal.type('qe')
    await terminal.waitFor('IP: ▏')
    terminal.type('192.0.2.25')
    terminal.press('enter')
    await terminal.waitFor('192.0.2.25: pass')
    terminal.press('backspace')
    terminal.type('x')
    terminal.press('enter')
    await terminal.waitFor('“192.0.2.2x” is no IP address.')
    terminal.press('escape')
    await terminal.waitFor('❯ ✓ A www')
    terminal.type('q')
    expect(await terminal.ended()).toBe(0)
  })

  test('asks for one record again, and watches it', async () => {
    const terminal = await doctor('wrong.test')
    terminal.type('r')
    await terminal.waitFor('A www.wrong.test, asked just now: mismatch.')
    await terminal.waitFor('Live, just now')
    terminal.type('w')
    await terminal.waitFor('Watching A www.wrong.test: mismatch. Asking again in 9 s; w stops.')
    terminal.type('w')
    await terminal.waitFor('No longer watched.')
    terminal.type('q')
    expect(await terminal.ended()).toBe(9)
  })

  test('copies a fix to the clipboard, shows it whole, and leaves it behind', async () => {
    const terminal = await doctor('wrong.test')
    terminal.type('f')
    await terminal.waitFor('Copied: A of www.wrong.test')
    expect(terminal.raw).toContain(`\u001b]52;c;${Buffer.from('192.0.2.80').toString('base64')}\u0007`)
    terminal.type('q')
    await terminal.waitFor('❯ ✗ A www.wrong.test')
    terminal.type('q')
    expect(await terminal.ended()).toBe(9)
    const left = (await terminal.shown()).split('\n')
    expect(left.slice(0, 1)).toEqual(['www.wrong.test. 300 IN A 192.0.2.80'])
    expect(left.slice(1).join('')).toContain('wrong.test is failing. The same as text: pm domain doctor wrong.test')
  })

  test('saves by the command that does the same, which asks why', async () => {
    const terminal = await doctor('right.test')
    terminal.type('s')
    await terminal.waitFor('Check again and store what comes of it. Why?')
    expect(await changesOf(database)).toEqual([])
    terminal.type('asked')
    terminal.press('enter')
    await terminal.waitFor('$ pm domain check right.test --write --reason asked')
    await terminal.waitFor('Any key goes back.')
    expect(await changesOf(database)).toMatchObject([
      {permission: 'domain.write', reason: 'asked', targets: ['domain:right.test'], images: ['update domains 1']},
    ])
    terminal.type(' ')
    await terminal.waitFor('❯ ✓ A www')
    terminal.type('q')
    expect(await terminal.ended()).toBe(0)
  })

  test('saves nothing without a reason, and goes on; Ctrl-C there ends it', async () => {
    const before = await changesOf(database)
    const terminal = await doctor('wrong.test')
    terminal.type('s')
    await terminal.waitFor('Why? (Empty: do not)')
    terminal.press('enter')
    await terminal.waitFor('Any key goes back.')
    terminal.type(' ')
    await terminal.waitFor(/^wrong\.test · Acme/)
    terminal.type('s')
    await terminal.waitFor(/Why\? \(Empty: do not\)\s*$/)
    terminal.press('ctrl-c')
    expect(await terminal.ended()).toBe(130)
    expect(await changesOf(database)).toEqual(before)
  })

  test('tells its keys and the commands that do the same', async () => {
    const terminal = await doctor('right.test', {rows: 40})
    terminal.type('?')
    await terminal.waitFor('pm domain check right.test --write')
    expect(await seen(terminal)).toMatchSnapshot()
    terminal.press('ctrl-c')
    expect(await terminal.ended()).toBe(130)
  })

  test.each(['ctrl-c', 'ctrl-d', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s leaves the terminal as it was',
    async (how) => {
      const script = `echo before; pm ${argvOf('wrong.test').join(' ')}; echo "exit $?"; stty -a | grep -oE -- '-?(icanon|echo|isig) '`
      const terminal = bashInTerminal(script, {env})
      await terminal.waitFor('Checked just now.')
      if (how === 'ctrl-c' || how === 'ctrl-d') terminal.press(how)
      else spawn('pkill', [`-${how}`, '-P', String(terminal.pid)])
      await terminal.ended()
      const lines = (await terminal.shown()).split(/\s*\n/)
      expect(lines[0]).toBe('before')
      expect(lines.slice(-4)).toEqual(['exit 130', 'isig', 'icanon', 'echo'])
      for (const [taken, given] of [
        ['?1049h', '?1049l'],
        ['?25l', '?25h'],
        ['?7l', '?7h'],
      ] as const)
        expect(terminal.raw.lastIndexOf(taken)).toBeLessThan(terminal.raw.lastIndexOf(given))
    },
  )

  test('ends when the terminal is closed', async () => {
    const terminal = await doctor('wrong.test')
    terminal.hangUp()
    expect(await terminal.ended()).toBe(130)
  })

  test('draws itself anew when the terminal changes its size', async () => {
    const terminal = await doctor('wrong.test')
    terminal.resize(40, 15)
    await terminal.waitFor(/─{40}\n/)
    expect((await terminal.screen()).split('\n').length).toBeLessThanOrEqual(15)
    terminal.resize(120, 40)
    await terminal.waitFor(/─{120}\n/)
    terminal.type('q')
    expect(await terminal.ended()).toBe(9)
  })

  test('shows hostile records without obeying them', async () => {
    const terminal = await doctor('hostile.test', {columns: 120, rows: 40})
    await terminal.waitFor('\\u{1b}]0;owned\\u{7}')
    expect(terminal.raw).not.toContain('\u001b]0;owned')
    terminal.type('q')
    await terminal.ended()
  })

  test('tells without colour what it tells with it', async () => {
    const terminal = await doctor('wrong.test', {env: {NO_COLOR: '1'}})
    expect(terminal.raw).not.toMatch(/\u001b\[[0-9;]*m/)
    expect(await terminal.screen()).toContain('❯ ✗ A www.wrong.test')
    terminal.type('q')
    await terminal.ended()
  })

  test('says when nothing could be asked, and exits 10', async () => {
    const terminal = await doctor('dead.test')
    terminal.type('q')
    expect(await terminal.ended()).toBe(10)
  })

  test.each([
    {how: 'with PM_ACCESSIBLE=1', more: [], env: {PM_ACCESSIBLE: '1'}},
    {how: 'with -o table', more: ['-o', 'table'], env: {}},
    {how: 'on a terminal that can only print', more: [], env: {TERM: 'dumb'}},
  ])('is plain lines $how', async ({more, env: plain}) => {
    const terminal = pmInTerminal([...argvOf('wrong.test'), ...more], {env: {...env, ...plain}})
    expect(await terminal.ended()).toBe(9)
    expect(terminal.raw).not.toMatch(/\u001b\[[^m]*[A-Zac-ln-z]/)
    expect(await terminal.shown()).toContain('HOST_ADDRESS_MISSING')
  })
})
