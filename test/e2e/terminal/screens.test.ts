import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {settled} from '../../support/settled-names.ts'
import {pmInTerminal, type Seat} from '../../support/terminal.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const narrow = {columns: 40, rows: 15}
const sgr = /\u001b\[[0-9;]*m/

/** What is shown until the operator declines. */
async function declining(seat: Seat): Promise<{shown: string; raw: string}> {
  const env = {DATABASE_URL: database.url('op_admin'), ...seat.env}
  const terminal = pmInTerminal(['ip', 'quarantine', '203.0.113.24'], {...seat, env})
  await terminal.waitFor('? Go ahead? (y/N)')
  terminal.press('enter')
  expect(await terminal.ended()).toBe(130)
  return {shown: settled(await terminal.shown()), raw: terminal.raw}
}

async function listing(seat: Seat): Promise<{shown: string; raw: string}> {
  const env = {DATABASE_URL: database.url('op_admin'), ...seat.env}
  const terminal = pmInTerminal(['ip', 'list', '--tenant', 'acme'], {...seat, env})
  expect(await terminal.ended()).toBe(0)
  // How long ago something was checked depends on when the data was made.
  return {shown: (await terminal.shown()).replaceAll(/\d+[mhd] ago/g, '?? ago'), raw: terminal.raw}
}

describe('80 columns', () => {
  test('a plan', async () => {
    const {shown, raw} = await declining({})
    expect(shown).toMatchInlineSnapshot(`
      "▸ pm_____________, development · 127.0.0.1:#####/pm_____________ · as Ada Admin 
      (admin)

      Quarantine 203.0.113.24 and move 9 domains of 5 tenants.

      DOMAIN                   TENANT          FROM          TO            SENDING NOW
      acme-offers.example      Acme            203.0.113.24  192.0.2.11    -
      acme.example             Acme            203.0.113.24  192.0.2.10    -
      blueanchor.example       Blue Anchor S…  203.0.113.24  192.0.2.11    -
      harborpine-mail.example  Harbor & Pine   203.0.113.24  203.0.113.20  -
      harborpine.example       Harbor & Pine   203.0.113.24  203.0.113.21  -
      kestrel.example          Kestrel Analy…  203.0.113.24  192.0.2.10    -
      news.acme.example        Acme            203.0.113.24  192.0.2.11    Winter Sale
      tidewater.example        Tidewater Rea…  203.0.113.24  203.0.113.20  -
      updates.kestrel.example  Kestrel Analy…  203.0.113.24  203.0.113.21  -

      ~ ip 203.0.113.24   status: warmed → quarantined, assigned_count: 9 → 0
      ~ ip 192.0.2.11     assigned_count: 1 → 4
      ~ ip 192.0.2.10     assigned_count: 2 → 4
      ~ ip 203.0.113.20   assigned_count: 2 → 4
      ~ ip 203.0.113.21   assigned_count: 2 → 4

      ! Sending now: Winter Sale.
      ✔ Go ahead? No
      Error: Declined. Nothing was changed. (interrupted, exit 130)"
    `)
    expect(raw).toMatch(sgr)
  })

  test('a list', async () => {
    const {shown, raw} = await listing({})
    expect(shown).toMatchInlineSnapshot(`
      "IP            STATUS  REPUTATION  DOMAINS  REGION   LISTED ON         CHECKED
      203.0.113.21  warmed  good              2  us-east  -                 ?? ago
      203.0.113.24  warmed  poor              9  us-east  zen.spamhaus.org  ?? ago"
    `)
    expect(raw).toMatch(sgr)
  })
})

describe('40 columns', () => {
  test('a plan', async () => {
    expect((await declining(narrow)).shown).toMatchInlineSnapshot(`
      "▸ pm_____________, development · 127.0.0
      .1:#####/pm_____________ · as Ada Admin 
      (admin)

      Quarantine 203.0.113.24 and move 9
      domains of 5 tenants.

      DOMAIN        TENANT        FROM        
        TO            SENDING NOW
      acme-offers…  Acme          203.0.113.24
        192.0.2.11    -
      acme.example  Acme          203.0.113.24
        192.0.2.10    -
      blueanchor.…  Blue Anchor…  203.0.113.24
        192.0.2.11    -
      harborpine-…  Harbor & Pi…  203.0.113.24
        203.0.113.20  -
      harborpine.…  Harbor & Pi…  203.0.113.24
        203.0.113.21  -
      kestrel.exa…  Kestrel Ana…  203.0.113.24
        192.0.2.10    -
      news.acme.e…  Acme          203.0.113.24
        192.0.2.11    Winter Sale
      tidewater.e…  Tidewater R…  203.0.113.24
        203.0.113.20  -
      updates.kes…  Kestrel Ana…  203.0.113.24
        203.0.113.21  -

      ~ ip 203.0.113.24
          status: warmed → quarantined
          assigned_count: 9 → 0
      ~ ip 192.0.2.11
          assigned_count: 1 → 4
      ~ ip 192.0.2.10
          assigned_count: 2 → 4
      ~ ip 203.0.113.20
          assigned_count: 2 → 4
      ~ ip 203.0.113.21
          assigned_count: 2 → 4

      ! Sending now: Winter Sale.
      ✔ Go ahead? No
      Error: Declined. Nothing was changed.
      (interrupted, exit 130)"
    `)
  })

  test('a list', async () => {
    expect((await listing(narrow)).shown).toMatchInlineSnapshot(`
      "No room for domains, region, listed_on, 
      checked: see -o wide, or choose with --f
      ields.
      IP            STATUS  REPUTATION
      203.0.113.21  warmed  good
      203.0.113.24  warmed  poor"
    `)
  })
})

describe('NO_COLOR', () => {
  test.each([
    ['a plan', declining],
    ['a list', listing],
  ] as const)('%s has the same words and no colour', async (_, show) => {
    const [plain, coloured] = [await show({env: {NO_COLOR: '1'}}), await show({})]
    expect(plain.shown).toBe(coloured.shown)
    expect(plain.raw).not.toMatch(sgr)
  })
})
