import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {ask, sandboxMoment} from '../../support/records.ts'
import {run, type World} from '../../support/run.ts'

let database: TestDatabase

let colored: World = {isTTY: {stdout: true}, width: 100}
let onTerminal: World = colored

beforeAll(async () => {
  database = await freshDatabase()
  colored = {...colored, now: await sandboxMoment(database)}
  onTerminal = {...colored, env: {NO_COLOR: '1'}}
})
afterAll(() => database.drop())

function list(world: World, ...argv: string[]) {
  return run(as(database, 'op_viewer', world), ['ip', 'list', ...argv])
}

describe('pm ip list', () => {
  it('draws a table on a terminal', async () => {
    expect(await list(onTerminal, '--region', 'us-east', '--status', 'warmed')).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "",
        "stdout": "IP                STATUS  REPUTATION  DOMAINS  REGION   LISTED ON         CHECKED
      192.0.2.10        warmed  good              2  us-east  -                 3h ago
      192.0.2.11        warmed  good              1  us-east  -                 3h ago
      192.0.2.12        warmed  fair              3  us-east  -                 3h ago
      2001:db8:113::24  warmed  good              2  us-east  -                 4h ago
      203.0.113.20      warmed  good              2  us-east  -                 4h ago
      203.0.113.21      warmed  good              2  us-east  -                 4h ago
      203.0.113.24      warmed  poor              9  us-east  zen.spamhaus.org  1h ago
      ",
      }
    `)
  })

  it('tells states by colour as well where there is colour', async () => {
    const argv = ['--listed', '--status', 'warmed', '--fields', 'ip,status,reputation']
    const plain = (await list(onTerminal, ...argv)).stdout
    const {stdout} = await list(colored, ...argv)
    expect(stdout).toContain('\u001b[32mwarmed\u001b[39m')
    expect(stdout.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain)
    expect((await list(colored, ...argv, '--color', 'never')).stdout).toBe(plain)
    expect((await list({}, ...argv, '-o', 'table', '--color', 'always')).stdout).toBe(stdout)
  })

  it('draws more columns with -o wide', async () => {
    const {stdout} = await list(onTerminal, '--listed', '--region', 'us-east', '-o', 'wide', '--fields', 'ip,vps,cost')
    expect(stdout).toMatchInlineSnapshot(`
      "IP            VPS        COST
      192.0.2.17    hw-410871  3.00
      203.0.113.24  hw-410902  3.00
      203.0.113.28  hw-410902  3.00
      "
    `)
    const [header] = (await list(onTerminal, '-o', 'wide', '--limit', '1')).stdout.split('\n')
    expect(header?.trim().split(/ {2,}/)).toEqual([
      'IP',
      'STATUS',
      'REPUTATION',
      'DOMAINS',
      'REGION',
      'LISTED ON',
      'CHECKED',
      'VPS',
      'COST',
      'ID',
    ])
  })

  it('fits a terminal of 80 columns, and says what it left out', async () => {
    const {stdout, stderr} = await list({...onTerminal, width: 80}, '--listed')
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(stdout).toMatchInlineSnapshot(`
      "IP             STATUS       REPUTATION  DOMAINS  REGION   LISTED ON      CHECKED
      192.0.2.17     quarantined  poor              0  us-east  zen.spamhaus…  3h ago
      192.0.2.142    degraded     critical          2  us-west  zen.spamhaus…  5h ago
      198.51.100.34  degraded     poor              2  us-west  bl.spamcop.n…  6h ago
      203.0.113.24   warmed       poor              9  us-east  zen.spamhaus…  1h ago
      203.0.113.28   quarantined  critical          0  us-east  zen.spamhaus…  4h ago
      "
    `)
    expect(stderr).toMatchInlineSnapshot(`""`)
  })

  it.each([40, 20, 1])('fits even a terminal of %i columns', async (width) => {
    const {stdout, exitCode} = await list({...onTerminal, width}, '--listed')
    expect(exitCode).toBe(0)
    expect(stdout.split('\n').filter((line) => line.length > Math.max(width, 12))).toEqual([])
  })

  it('shows 50 rows in a table, and says how to go on and how to see all', async () => {
    await ask(
      database,
      `insert into smtp_ip_addresses (ip_address, status, assigned_count)
       select '233.252.0.' || n, 'burned', 0 from generate_series(1, 60) n`,
    )
    const first = await list(onTerminal, '--status', 'burned')
    expect(first.stdout.trimEnd().split('\n')).toHaveLength(51)
    const [, after] = first.stderr.match(/^There are more\. Next: --after (\S+) {3}All: --limit 0\n$/) ?? []
    const next = await list(onTerminal, '--status', 'burned', '--after', after ?? '')
    expect(next.stdout.trimEnd().split('\n')).toHaveLength(1 + 63 - 50)
    expect(next.stderr).toBe('')
    const all = await list(onTerminal, '--status', 'burned', '--limit', '0')
    const addresses = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(' ')[0])
    expect(addresses(all.stdout)).toEqual([...addresses(first.stdout), ...addresses(next.stdout)])
    await ask(database, `delete from smtp_ip_addresses where ip_address like '233.252.0.%'`)
  })

  it('streams all rows as TSV without a header off a terminal', async () => {
    const {stdout, stderr} = await list({})
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(44)
    expect(lines[0]?.split('\t')).toEqual([
      '192.0.2.10',
      'warmed',
      'good',
      '2',
      'us-east',
      'hw-410871',
      '',
      expect.stringMatching(/Z$/),
      '3.00',
      expect.any(String),
    ])
    expect(stderr).toBe('')
    const [header] = (await list({}, '--header')).stdout.split('\n')
    expect(header).toBe('ip\tstatus\treputation\tdomains\tregion\tvps\tlisted_on\tchecked\tcost\tid')
  })

  const fields = [
    '--fields',
    'ip,reputation,listed_on',
    '--vps',
    'hw-410902',
    '--status',
    'warmed,assigned',
    '--sort',
    '-ip',
    '--limit',
    '3',
  ]
  it('speaks every format', async () => {
    const texts: string[] = []
    for (const format of ['json', 'ndjson', 'csv', 'tsv', 'yaml', 'name']) {
      const {stdout, stderr, exitCode} = await list({}, ...fields, '-o', format)
      expect({stderr, exitCode}).toEqual({
        stderr: expect.stringMatching(/^There are more\. Next: --after \S+ {3}All: --limit 0\n$/),
        exitCode: 0,
      })
      texts.push(`${format}:\n${stdout}`)
    }
    expect(texts.join('\n')).toMatchInlineSnapshot(`
      "json:
      [
        {
          "ip": "203.0.113.27",
          "reputation": null,
          "listed_on": []
        },
        {
          "ip": "203.0.113.24",
          "reputation": "poor",
          "listed_on": [
            "zen.spamhaus.org"
          ]
        },
        {
          "ip": "203.0.113.21",
          "reputation": "good",
          "listed_on": []
        }
      ]

      ndjson:
      {"ip":"203.0.113.27","reputation":null,"listed_on":[]}
      {"ip":"203.0.113.24","reputation":"poor","listed_on":["zen.spamhaus.org"]}
      {"ip":"203.0.113.21","reputation":"good","listed_on":[]}

      csv:
      ip,reputation,listed_on
      203.0.113.27,,
      203.0.113.24,poor,zen.spamhaus.org
      203.0.113.21,good,

      tsv:
      203.0.113.27		
      203.0.113.24	poor	zen.spamhaus.org
      203.0.113.21	good	

      yaml:
      - ip: "203.0.113.27"
        reputation: null
        listed_on: []
      - ip: "203.0.113.24"
        reputation: poor
        listed_on:
          - zen.spamhaus.org
      - ip: "203.0.113.21"
        reputation: good
        listed_on: []

      name:
      203.0.113.27
      203.0.113.24
      203.0.113.21
      "
    `)
  })

  it('has the same fields in JSON, whatever they hold, and times in ISO 8601', async () => {
    const rows: Record<string, unknown>[] = JSON.parse((await list({}, '--json')).stdout)
    expect(rows).toHaveLength(44)
    const names = ['ip', 'status', 'reputation', 'domains', 'region', 'vps', 'listed_on', 'checked', 'cost', 'id']
    expect(rows.filter((row) => Object.keys(row).join() !== names.join())).toEqual([])
    const times = rows.map(({checked}) => checked).filter((time) => time !== null)
    expect(times.filter((time) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(String(time)))).toEqual([])
    expect(rows.find(({ip}) => ip === '192.0.2.16')).toMatchObject({reputation: null, checked: null, listed_on: []})
  })

  it.each([
    ['table', ''],
    ['tsv', ''],
    ['json', '[]\n'],
    ['ndjson', ''],
    ['yaml', '[]\n'],
    ['name', ''],
    ['csv', 'ip,status,reputation,domains,region,vps,listed_on,checked,cost,id\n'],
  ])('finds none and says so on stderr: %s', async (format, stdout) => {
    expect(await list({}, '--region', 'moon', '-o', format)).toEqual({stdout, stderr: 'No IPs found.\n', exitCode: 0})
  })

  it.each([
    [['--listed', '--status', 'warmed'], ['203.0.113.24']],
    [
      ['--tenant', 'acme'],
      ['203.0.113.21', '203.0.113.24'],
    ],
    [
      ['--tenant', "O'Reilly's Orchard"],
      ['192.0.2.11', '203.0.113.22'],
    ],
    [
      ['--tenant', '株式会社ペンギン'],
      ['198.51.100.30', '198.51.100.31', '198.51.100.33'],
    ],
    [['--tenant', '\u001b[2J\u001b[31mHello Ops\u001b[0m \u202Eelpmaxe'], ['203.0.113.23']],
    [
      ['--unassigned', '--region', 'us-west', '--status', 'available'],
      ['192.0.2.143', '198.51.100.35', '198.51.100.36'],
    ],
    [['--stale-check', '--reputation', 'fair', '--region', 'eu-central'], ['198.51.100.142']],
    [
      ['--sort', '-domains', '--limit', '2'],
      ['203.0.113.24', '198.51.100.30'],
    ],
    [
      ['--status', 'quarantined', '--reputation', 'poor', '--sort', '-ip'],
      ['198.51.100.146', '192.0.2.17'],
    ],
  ])('filters and sorts: %j', async (argv, expected) => {
    const {stdout} = await list({}, ...argv, '-o', 'name')
    expect(stdout.trimEnd().split('\n')).toEqual(expected)
  })

  it.each([
    [['--status', 'sleeping'], '; not “sleeping”.'],
    [['--sort', 'cost'], 'This list cannot be sorted by “cost”.'],
    [['--fields', 'adress'], 'IPs have no field “adress”.'],
    [['--fields', ''], 'IPs have no field “”.'],
    [['--limit', '-1'], '--limit takes an integer greater than or equal to 0, not -1.'],
    [['--limit', '1.5'], '--limit takes an integer, not 1.5.'],
    [['--after', 'page2'], '--after takes the cursor that the list printed, unchanged.'],
    [['--after', Buffer.from('["ip","x",5]').toString('base64url')], '--after takes the cursor that this list printed'],
    [['--timeout', 'soon'], '--timeout takes an integer, not soon.'],
    [['-o', 'xml'], '; not “xml”.'],
    [['extra'], 'Unexpected argument: extra'],
  ])('does not start with %j', async (argv, message) => {
    const {stdout, stderr, exitCode} = await list({}, ...argv)
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 2})
    expect(stderr).toContain(message)
  })

  it('suggests the field that was probably meant', async () => {
    expect((await list({}, '--fields', 'reputatoin')).stderr).toContain('Did you mean reputation?')
  })

  it('is refused without ip.read, and leaves a trace', async () => {
    const other = await freshDatabase()
    await ask(
      other,
      `delete from staff_role_permissions where role_id = (select id from staff_roles where name = 'viewer')
       and permission_id = (select id from permissions where name = 'ip.read')`,
    )
    const {stdout, stderr, exitCode} = await run(as(other, 'op_viewer'), ['ip', 'list'])
    expect({stdout, stderr, exitCode}).toEqual({
      stdout: '',
      stderr:
        'Error: Vic Viewer (viewer) lacks the permission ip.read.\n' +
        'An admin can grant it: pm staff role grant viewer ip.read (permission_denied, exit 5)\n',
      exitCode: 5,
    })
    expect(await ask(other, 'select command, permission, login from pm.refusals')).toEqual([
      {command: 'pm ip list', permission: 'ip.read', login: 'op_viewer'},
    ])
    await other.drop()
  })
})

describe('whatever an address or a region holds', () => {
  it('nothing of it reaches the terminal but visible', async () => {
    const other = await freshDatabase()
    await ask(
      other,
      `update vps_instances set region = E'\\x1b[2J\\u009b31m\\u202Etsae' where hostwinds_instance_id = 'hw-410902'`,
    )
    await ask(
      other,
      `update smtp_ip_addresses set ip_address = E'203.0.113.24\\x1b[0m\\r\\nfree' where ip_address = '203.0.113.24'`,
    )
    for (const format of ['table', 'wide', 'json', 'ndjson', 'csv', 'tsv', 'yaml', 'name']) {
      const {stdout} = await run(as(other, 'op_viewer', onTerminal), ['ip', 'list', '--vps', 'hw-410902', '-o', format])
      expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/)
    }
    const {stdout} = await run(as(other, 'op_viewer', {}), [
      'ip',
      'list',
      '--listed',
      '--status',
      'warmed',
      '-o',
      'table',
    ])
    expect(stdout).toContain('203.0.113.24\\u{1b}[0m\\u{d}\\u{a}free')
    expect(stdout).toContain('\\u{1b}[2J')
    await other.drop()
  })
})
