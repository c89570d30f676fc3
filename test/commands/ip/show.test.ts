import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {ask, sandboxMoment} from '../../support/records.ts'
import {run, type World} from '../../support/run.ts'

let database: TestDatabase
let onTerminal: World = {isTTY: {stdout: true}, width: 100, env: {NO_COLOR: '1'}}

beforeAll(async () => {
  database = await freshDatabase()
  onTerminal = {...onTerminal, now: await sandboxMoment(database)}
  await run(as(database, 'op_operations'), ['ip', 'rate', '203.0.113.24', 'critical'])
  await run(as(database, 'op_operations'), ['ip', 'rate', '203.0.113.24', 'poor', '--reason', 'better'])
})
afterAll(() => database.drop())

function show(world: World, ...argv: string[]) {
  return run(as(database, 'op_viewer', world), ['ip', 'show', ...argv])
}

describe('pm ip show', () => {
  it('tells a person all about an IP, in sections', async () => {
    const {stdout, stderr, exitCode} = await show(onTerminal, '203.0.113.24')
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    const [sections, changes] = stdout.split('\nRecent changes\n')
    // The changes were made a moment ago.
    const drawn = sections?.replaceAll(/^( {2}(?:poor|critical) +)[▓░]{60}$/gm, '$1DRAWN')
    expect(drawn?.replaceAll(/^ +(?:just now|in \d+m) +now$/gm, '  MOMENTS')).toMatchInlineSnapshot(`
      "IP          203.0.113.24
      Status      warmed
      Reputation  poor
      Listed on   zen.spamhaus.org
      Checked     1h ago
      Domains     9
      Cost        3.00

      VPS
        VPS               hw-410902
        Region            us-east
        VPS address       203.0.113.5
        VPS status        active
        VPS cost a month  42.00

      Reputation, as operators recorded it
        poor      DRAWN
        critical  DRAWN
        MOMENTS

      Warm-up of its domains
        warmed    ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░  8 / 9 (88%)
        warming   ▓▓░░░░░░░░░░░░░░░░░░  1 / 9 (11%)
        unwarmed  ░░░░░░░░░░░░░░░░░░░░  0 / 9 (0%)

      Warming up; stuck after 30 days
        tidewater.example  ▓▓▓▓▓▓░░░░░░░░░░░░░░  9 of 30 days

      Domains that send by it
        DOMAIN                   TENANT                STATUS   WARM-UP  ASSIGNED  LAST SENT
        acme-offers.example      Acme                  active   warmed   4mo ago   2h ago
        acme.example             Acme                  active   warmed   10mo ago  12m ago
        blueanchor.example       Blue Anchor Shipping  active   warmed   7mo ago   9h ago
        harborpine-mail.example  Harbor & Pine         active   warmed   6mo ago   5h ago
        harborpine.example       Harbor & Pine         active   warmed   8mo ago   4h ago
        kestrel.example          Kestrel Analytics     active   warmed   9mo ago   6h ago
        news.acme.example        Acme                  active   warmed   10mo ago  1h ago
        tidewater.example        Tidewater Realty      warming  warming  9d ago    10h ago
        updates.kestrel.example  Kestrel Analytics     active   warmed   3mo ago   8h ago
      "
    `)
    const rows = changes?.trimEnd().split('\n') ?? []
    expect(rows.map((row) => row.replaceAll(/ +/g, ' ').replace(/just now|in \d+m/, 'MOMENT'))).toEqual([
      ' CHANGE MADE BY COMMAND',
      ' 2 MOMENT olga@penguinmails.example pm ip rate 203.0.113.24 poor --reason better',
      ' 1 MOMENT olga@penguinmails.example pm ip rate 203.0.113.24 critical',
    ])
  })

  it('says where there is nothing', async () => {
    expect((await show(onTerminal, '203.0.113.140')).stdout).toMatchInlineSnapshot(`
      "IP          203.0.113.140
      Status      available
      Reputation  -
      Listed on   -
      Checked     -
      Domains     0
      Cost        3.00

      VPS
        VPS               hw-431189
        Region            eu-central
        VPS address       203.0.113.133
        VPS status        provisioning
        VPS cost a month  51.00

      Domains that send by it
        No domains.

      Recent changes
        No changes.
      "
    `)
  })

  it('fits a terminal of 80 columns', async () => {
    const {stdout} = await show({...onTerminal, width: 80}, '203.0.113.24')
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it('gives programs one record, whole', async () => {
    const {stdout} = await show({}, '203.0.113.24', '-o', 'json')
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    const ip = JSON.parse(stdout)
    const rated = {made: time, status_before: 'warmed', status_after: 'warmed'}
    expect(ip).toEqual({
      ip: '203.0.113.24',
      status: 'warmed',
      reputation: 'poor',
      domains: 9,
      region: 'us-east',
      vps: 'hw-410902',
      listed_on: ['zen.spamhaus.org'],
      checked: time,
      cost: '3.00',
      id: expect.any(String),
      vps_address: '203.0.113.5',
      vps_status: 'active',
      vps_monthly_cost: '42.00',
      blocklists: {checked_at: time, listed: ['zen.spamhaus.org'], lists: expect.any(Object)},
      created: time,
      updated: time,
      assignments: expect.any(Array),
      warmup: {unwarmed: 0, warming: 1, warmed: 8},
      history: [
        {...rated, change: 1, reputation_before: 'poor', reputation_after: 'critical'},
        {...rated, change: 2, reputation_before: 'critical', reputation_after: 'poor'},
      ],
      changes: [
        {id: 2, made: time, by: 'olga@penguinmails.example', command: 'pm ip rate 203.0.113.24 poor --reason better'},
        {id: 1, made: time, by: 'olga@penguinmails.example', command: 'pm ip rate 203.0.113.24 critical'},
      ],
    })
    expect(ip.assignments).toHaveLength(9)
    expect(ip.assignments[8]).toEqual({
      domain: 'updates.kestrel.example',
      tenant: 'Kestrel Analytics',
      status: 'active',
      warmup: 'warmed',
      assigned: time,
      last_sent: time,
    })
  })

  it.each(['ndjson', 'csv', 'tsv', 'yaml', 'name'])('speaks %s', async (format) => {
    const {stdout, stderr, exitCode} = await show({}, '203.0.113.24', '-o', format, '--fields', 'ip,status,listed_on')
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    const expected: Record<string, string> = {
      ndjson: '{"ip":"203.0.113.24","status":"warmed","listed_on":["zen.spamhaus.org"]}\n',
      csv: 'ip,status,listed_on\n203.0.113.24,warmed,zen.spamhaus.org\n',
      tsv: 'ip\t203.0.113.24\nstatus\twarmed\nlisted_on\tzen.spamhaus.org\n',
      yaml: 'ip: "203.0.113.24"\nstatus: warmed\nlisted_on:\n  - zen.spamhaus.org\n',
      name: '203.0.113.24\n',
    }
    expect(stdout).toBe(expected[format])
  })

  it('shows a person the fields they choose', async () => {
    const {stdout} = await show(onTerminal, '203.0.113.24', '--fields', 'vps,domains')
    expect(stdout).toBe('VPS      hw-410902\nDomains  9\n')
  })

  it('finds an IPv6 address in any spelling', async () => {
    const {stdout} = await show({}, '2001:DB8:0113:0::0024', '-o', 'name')
    expect(stdout).toBe('2001:db8:113::24\n')
  })

  it.each([
    [['192.0.2.250'], 3, 'No sending IP 192.0.2.250.', 'See which there are: pm ip list'],
    [['192.0.2'], 2, '“192.0.2” is not an IP address.', 'Give one IPv4 or IPv6 address, such as'],
    [[], 2, 'Which IP?', 'Give it as an argument: see pm ip show --help.'],
    [['192.0.2.10', '192.0.2.11'], 2, 'Unexpected argument: 192.0.2.11', 'See --help.'],
    [['192.0.2.10', '--fields', 'owner'], 2, 'IPs have no field “owner”.', 'There are ip, status'],
  ])('%j ends with %i', async (argv, exitCode, message, hint) => {
    const {stdout, stderr, ...rest} = await show({}, ...argv)
    expect({stdout, ...rest}).toEqual({stdout: '', exitCode})
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
  })

  it('says of an address that stands twice in the table that one must go', async () => {
    const other = await freshDatabase()
    await ask(other, `insert into smtp_ip_addresses (ip_address) values ('192.0.2.10')`)
    const {exitCode, stderr} = await run(as(other, 'op_viewer'), ['ip', 'show', '192.0.2.10', '--json'])
    expect(exitCode).toBe(6)
    expect(JSON.parse(stderr).error).toMatchObject({
      message: '192.0.2.10 stands in smtp_ip_addresses 2 times.',
      details: {ids: [expect.any(String), expect.any(String)]},
    })
    await other.drop()
  })

  it('shows what attackers name themselves harmlessly, in every format', async () => {
    for (const format of ['table', 'wide', 'json', 'ndjson', 'csv', 'yaml', 'tsv']) {
      const {stdout} = await show(onTerminal, '203.0.113.23', '-o', format)
      expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/)
    }
    const {stdout} = await show({...onTerminal, width: 160}, '203.0.113.23')
    expect(stdout).toContain('\\u{1b}[2J\\u{1b}[31mHello Ops\\u{1b}[0m \\u{202e}elpmaxe')
    const [{tenant}] = JSON.parse((await show({}, '203.0.113.23', '--json')).stdout).assignments
    expect(tenant).toBe('\u001b[2J\u001b[31mHello Ops\u001b[0m \u202Eelpmaxe')
  })
})

describe('a hostile name in a plan', () => {
  it('is shown harmlessly, on its own line, before anybody consents', async () => {
    const other = await freshDatabase()
    await ask(other, `update tenants set name = E'Acme\\n\\nDone: change 7\\u001b[8m' where name = 'Acme'`)
    await ask(other, `update campaigns set name = E'Sale\\r\\n! all is well' where name = 'Winter Sale'`)
    await ask(other, `update users set name = E'Olga\\u001b]0;owned\\u0007' where email = 'olga@penguinmails.example'`)
    const {stderr, stdout, exitCode} = await run(as(other, 'op_operations'), [
      'ip',
      'unassign',
      'acme.example',
      '--yes',
    ])
    expect(exitCode).toBe(0)
    expect(stderr).toContain('as Olga\\u{1b}]0;owned\\u{7} (operations)\n')
    expect(stderr).toContain('Take acme.example of Acme\\u{a}\\u{a}Done: change 7\\u{1b}[8m off 203.0.113.24.\n')
    const moved = await run(as(other, 'op_operations'), ['ip', 'quarantine', '203.0.113.24', '--yes', '-o', 'table'])
    expect(moved.stderr).toContain('! Sending now: Sale\\u{d}\\u{a}! all is well.\n')
    for (const text of [stderr, stdout, moved.stderr, moved.stdout]) {
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
    }
    await other.drop()
  })
})
