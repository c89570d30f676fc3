import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {as} from '../support/ip-write.ts'
import {ask} from '../support/records.ts'
import {commandIds, loadCommand, run} from '../support/run.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
})

afterAll(() => database.drop())

/** What else a command must be told. */
const said: Readonly<Record<string, readonly string[]>> = {
  'company set-status': ['active'],
  'flags rollout': ['new_editor'],
  'flags test': ['new_editor'],
  'ip rate': ['good'],
  'plan change': ['--to', 'growth'],
  'staff add': ['--role', 'viewer'],
  'staff set-role': ['viewer'],
}

const pm = (...argv: string[]) => run(as(database, 'op_admin'), argv)

describe('--where', () => {
  it('selects what the list shows with the same filters', async () => {
    const listed = await pm('campaign', 'list', '--tenant', 'acme', '--status', 'sending', '-o', 'name')
    const selected = await pm(
      'campaign',
      'pause',
      '--where',
      'tenant=acme',
      '--where',
      'status=sending',
      '--dry-run',
      '-o',
      'json',
    )
    const piped = await run(as(database, 'op_admin', {stdin: listed.stdout}), [
      'campaign',
      'pause',
      '-',
      '--dry-run',
      '-o',
      'json',
    ])
    expect(selected.exitCode).toBe(9)
    // What is piped in stands in lines.
    expect(JSON.parse(selected.stdout)).toEqual(JSON.parse(piped.stdout.replaceAll(/"line": \d+/g, '"line": null')))
    expect(selected.stderr).toBe(piped.stderr)
  })

  it('changes all of them, by a job whose command says what was selected', async () => {
    const others = `select name, status from campaigns where status not in ('sending', 'paused') order by id`
    const before = await ask(database, others)
    const {exitCode} = await pm('campaign', 'pause', '--where', 'status=sending', '--yes')
    expect(exitCode).toBe(0)
    expect(await ask(database, `select id from campaigns where status = 'sending'`)).toEqual([])
    expect(await ask(database, others)).toEqual(before)
    expect(await ask(database, 'select command from pm.changes order by id desc limit 1')).toEqual([
      {command: 'pm campaign pause --where status=sending --yes'},
    ])
  })

  it('takes a filter without a value, and several values as the list does', async () => {
    const {stderr, exitCode} = await pm(
      'ip',
      'release',
      '--where',
      'unassigned',
      '--where',
      'status=quarantined,burned',
      '--dry-run',
    )
    expect(exitCode).toBe(9)
    expect(stderr).toContain('left out')
  })

  it('holds for a change of all at once, too', async () => {
    const {stderr, exitCode} = await pm('company', 'set-status', 'active', '--where', 'status=suspended', '--dry-run')
    expect(exitCode).toBe(9)
    expect(stderr).toContain('Make Daily Deal Blast of Daily Deal Blast active.')
  })

  it('selects hostile names exactly', async () => {
    await ask(
      database,
      `update email_accounts set email = E'#"a,b\\u202e"@acme.example' where email = 'newsletter@news.acme.example'`,
    )
    const {exitCode} = await pm('account', 'suspend', '--where', 'tenant=acme', '--yes')
    expect(exitCode).toBe(0)
    const left = `select a.email from email_accounts a join tenants t on t.id = a.tenant_id where t.name = 'Acme' and a.status <> 'suspended'`
    expect(await ask(database, left)).toEqual([])
  })

  it.each([
    [
      'what is no filter',
      ['sattus=sending'],
      'pm campaign list has no filter “sattus”.',
      'Did you mean status? --where takes its filters: tenant, status, search. See pm campaign list --help',
    ],
    [
      'what says how it is listed, not what',
      ['limit=1'],
      'pm campaign list has no filter “limit”.',
      '--where takes its filters: tenant, status, search. See pm campaign list --help',
    ],
    [
      'a filter without its value',
      ['status'],
      '--where status is not how it filters by status.',
      'Say which: --where status=…',
    ],
    [
      'a value that the list does not know',
      ['status=nothing'],
      '--where status= takes draft, scheduled, sending, paused, completed; not “nothing”.',
      'See pm campaign list --help',
    ],
    [
      'a filter that stands twice',
      ['tenant=acme', 'tenant=Meadow Pets'],
      '--where tenant stands twice, and pm campaign list filters by one tenant.',
      'All that is given must hold. Give it once.',
    ],
  ])('refuses %s', async (_, where, message, hint) => {
    const flags = where.flatMap((one) => ['--where', one])
    const {exitCode, stdout, stderr} = await pm('campaign', 'pause', ...flags, '--yes', '-o', 'json')
    expect({exitCode, stdout}).toEqual({exitCode: 2, stdout: ''})
    expect(JSON.parse(stderr).error).toMatchObject({message, hint})
  })

  it('refuses names besides, and has nothing to do where nothing is selected', async () => {
    expect(await pm('campaign', 'pause', 'Winter Sale', '--where', 'status=sending')).toMatchObject({exitCode: 2})
    expect(await pm('campaign', 'pause', '--from-file', 'x', '--where', 'status=sending')).toMatchObject({exitCode: 2})
    const {exitCode, stderr} = await pm('campaign', 'pause', '--where', 'search=nobody', '--yes')
    expect({exitCode, stderr}).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/^There is no campaign with search=nobody\.\n.*\nNothing to do\.\n$/s),
    })
  })

  it.each([
    [['staff', 'remove'], 'role=supprt', 'There is no person with role=supprt.\nDid you mean --where role=support?\n'],
    [
      ['ip', 'rate', 'poor'],
      'region=us-eest',
      'There is no IP with region=us-eest.\nDid you mean --where region=us-east?\n',
    ],
    [['staff', 'remove'], 'role=nobody', 'There is no person with role=nobody.\n▸'],
  ])('of pm %j --where %s says that none matches, and what was probably meant', async (argv, where, told) => {
    const {exitCode, stderr} = await pm(...argv, '--where', where, '--yes')
    expect({exitCode, told: stderr.slice(0, told.length)}).toEqual({exitCode: 0, told})
    expect(stderr).toMatch(/Nothing to change: no (staff member|IP) matches\.\n/)
  })

  it('changes nothing without the permission for the change', async () => {
    const {exitCode} = await run(as(database, 'op_billing'), ['campaign', 'pause', '--where', 'status=draft', '--yes'])
    expect(exitCode).toBe(5)
  })

  it('has a list for every command that takes it', async () => {
    const taking: string[] = []
    for (const id of commandIds()) if ((await loadCommand(id)).flags?.where) taking.push(id)
    for (const id of taking) {
      const isWrite = (await loadCommand(id)).flags?.yes !== undefined
      const {stderr} = await pm(
        ...id.split(' '),
        ...(said[id] ?? []),
        '--where',
        'no-such-filter=1',
        ...(isWrite ? ['--yes'] : []),
        '-o',
        'json',
      )
      expect(`${id}: ${JSON.parse(stderr).error?.message}`).toMatch(/^.*: pm .* list has no filter “no-such-filter”\.$/)
    }
    expect(taking.length).toBeGreaterThan(9)
  })
})
