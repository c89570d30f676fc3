import {sql} from 'kysely'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {settled} from '../../support/settled-names.ts'
import {pmInTerminal} from '../../support/terminal.ts'

let database: TestDatabase
let env: Record<string, string>

// Clear the screen, go home, set the title, go back a line, run the text backwards, ring, and a line of its own.
const attack = '\u001b[2J\u001b[H\u001b]0;owned\u0007\u001b[A\r\u202e\u009b2J\nError: all is well'

beforeAll(async () => {
  database = await freshDatabase()
  env = {DATABASE_URL: database.url('op_admin')}
  const {db} = database.owner
  await sql`update domains set domain = 'acme' || ${attack} || '.example' where domain = 'acme.example'`.execute(db)
  await sql`update tenants set name = 'Kestrel' || ${attack} where name like 'Kestrel%'`.execute(db)
  await sql`update smtp_ip_addresses set ip_address = '192.0.2.1' || ${attack.slice(0, 30)}
    where ip_address = '192.0.2.10'`.execute(db)
})
afterAll(() => database.drop())

// With these a prompt draws itself: up and down some lines, to a column, empty the line, show the cursor.
const drawing = /^\u001b\[(\d+[ABG]|G|2K|\?25[hl])$/

/** Every control sequence that reached the terminal but colours. */
function controls(raw: string): string[] {
  const found =
    raw.match(
      /\u001b(?:\[[0-9;?]*[A-Za-z]|\][^\u0007]*\u0007?|.)|[\u0000-\u0008\u000b\u000c\u000e-\u001a\u007f-\u009f\u202a-\u202e]/g,
    ) ?? []
  return [...new Set(found)].filter((text) => !/^\u001b\[[0-9;]*m$/.test(text))
}

test('in a plan, hostile names stay on their line', async () => {
  const terminal = pmInTerminal(['ip', 'quarantine', '203.0.113.24', '--dry-run'], {env, columns: 130, rows: 40})
  expect(await terminal.ended()).toBe(9)
  expect(settled(await terminal.shown())).toMatchInlineSnapshot(`
    "▸ pm_____________, development · 127.0.0.1:#####/pm_____________ · as Ada Admin (admin)

    Quarantine 203.0.113.24 and move 9 domains of 5 tenants.

    DOMAIN                                            TENANT        FROM          TO                                       SENDING NOW
    acme\\u{1b}[2J\\u{1b}[H\\u{1b}]0;owned\\u{7}\\u{1b}[…  Acme          203.0.113.24  192.0.2.11                               -
    acme-offers.example                               Acme          203.0.113.24  192.0.2.1\\u{1b}[2J\\u{1b}[H\\u{1b}]0;own…  -
    blueanchor.example                                Blue Anchor…  203.0.113.24  192.0.2.11                               -
    harborpine-mail.example                           Harbor & Pi…  203.0.113.24  203.0.113.20                             -
    harborpine.example                                Harbor & Pi…  203.0.113.24  203.0.113.21                             -
    kestrel.example                                   Kestrel\\u{1…  203.0.113.24  192.0.2.1\\u{1b}[2J\\u{1b}[H\\u{1b}]0;own…  -
    news.acme.example                                 Acme          203.0.113.24  192.0.2.11                               Winter Sale
    tidewater.example                                 Tidewater R…  203.0.113.24  203.0.113.20                             -
    updates.kestrel.example                           Kestrel\\u{1…  203.0.113.24  203.0.113.21                             -

    ~ ip 203.0.113.24                                                    status: warmed → quarantined, assigned_count: 9 → 0
    ~ ip 192.0.2.11                                                      assigned_count: 1 → 4
    ~ ip 192.0.2.1\\u{1b}[2J\\u{1b}[H\\u{1b}]0;owned\\u{7}\\u{1b}[A\\u{d}\\u{202e}\\u{9b}2J\\u{a}Erro   assigned_count: 2 → 4
    ~ ip 203.0.113.20                                                    assigned_count: 2 → 4
    ~ ip 203.0.113.21                                                    assigned_count: 2 → 4

    ! Sending now: Winter Sale.
    DOMAIN                                            TENANT        FROM          TO                                       SENDING NOW
    acme\\u{1b}[2J\\u{1b}[H\\u{1b}]0;owned\\u{7}\\u{1b}[…  Acme          203.0.113.24  192.0.2.11                               -
    acme-offers.example                               Acme          203.0.113.24  192.0.2.1\\u{1b}[2J\\u{1b}[H\\u{1b}]0;own…  -
    blueanchor.example                                Blue Anchor…  203.0.113.24  192.0.2.11                               -
    harborpine-mail.example                           Harbor & Pi…  203.0.113.24  203.0.113.20                             -
    harborpine.example                                Harbor & Pi…  203.0.113.24  203.0.113.21                             -
    kestrel.example                                   Kestrel\\u{1…  203.0.113.24  192.0.2.1\\u{1b}[2J\\u{1b}[H\\u{1b}]0;own…  -
    news.acme.example                                 Acme          203.0.113.24  192.0.2.11                               Winter Sale
    tidewater.example                                 Tidewater R…  203.0.113.24  203.0.113.20                             -
    updates.kestrel.example                           Kestrel\\u{1…  203.0.113.24  203.0.113.21                             -"
  `)
  expect(controls(terminal.raw)).toEqual([])
})

test('in a prompt, too', async () => {
  const terminal = pmInTerminal(['ip', 'show'], {env, columns: 100})
  await terminal.waitFor('❯ 192.0.2.1')
  expect(await terminal.screen()).toMatchInlineSnapshot(`
    "? Which IP? 
    ❯ 192.0.2.1\\u{1b}[2J\\u{1b}[H\\u{1b}]0;owned\\u{7}\\u{1b}[A\\u{d}\\u{202e}\\u{9b}2J\\u{a}Erro  warmed, goo…
      192.0.2.11  warmed, good, 1 domain
      192.0.2.12  warmed, fair, 3 domains
      192.0.2.13  warming, good, 2 domains
      192.0.2.14  assigned, good, 2 domains
      192.0.2.140  warmed, fair, 2 domains
      192.0.2.141  warmed, good, 2 domains
      192.0.2.142  degraded, critical, 2 domains
      192.0.2.143  available, fair, 0 domains
      192.0.2.144  burned, critical, 0 domains

    ↑↓ navigate • ⏎ select"
  `)
  terminal.press('ctrl-c')
  await terminal.ended()
  expect(controls(terminal.raw).filter((text) => !drawing.test(text))).toEqual([])
})

test('in a prompt for a domain', async () => {
  const terminal = pmInTerminal(['ip', 'unassign'], {env, columns: 100})
  await terminal.waitFor('❯ acme')
  expect(await terminal.screen()).toMatchInlineSnapshot(`
    "? Which domain? 
    ❯ acme\\u{1b}[2J\\u{1b}[H\\u{1b}]0;owned\\u{7}\\u{1b}[A\\u{d}\\u{202e}\\u{9b}2J\\u{a}Error: all is well.exa…
      acme-events.example  Acme
      acme-mail.example  Acme
      acme-offers.example  Acme
      appointments.lumenhealth.example  Lumen Health
      atlas-quotes.example  Atlas Freight
      atlas-track.example  Atlas Freight
      atlasfreight.example  Atlas Freight
      billing.lumenhealth.example  Lumen Health
      blueanchor.example  Blue Anchor Shipping

    ↑↓ navigate • ⏎ select"
  `)
  terminal.press('ctrl-c')
  await terminal.ended()
  expect(controls(terminal.raw).filter((text) => !drawing.test(text))).toEqual([])
})

test('and in an error', async () => {
  const terminal = pmInTerminal(['ip', 'show', `192.0.2.1${attack}`], {env})
  expect(await terminal.ended()).toBe(2)
  expect(await terminal.shown()).toMatchInlineSnapshot(`
    "Error:
    “192.0.2.1\\u{1b}[2J\\u{1b}[H\\u{1b}]0;owned\\u{7}\\u{1b}[A\\u{d}\\u{202e}\\u{9b}2J\\u{a}
    Error:
    all is well” is not an IP address.
    Give one IPv4 or IPv6 address, such as 203.0.113.24 or 2001:db8::24.
    (usage, exit 2)"
  `)
  expect(controls(terminal.raw)).toEqual([])
})
