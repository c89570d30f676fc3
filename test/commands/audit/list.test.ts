import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {ask} from '../../support/records.ts'
import {run, type World} from '../../support/run.ts'
import {revoke} from './undoing.ts'

let database: TestDatabase
const onTerminal: World = {isTTY: {stdout: true}, width: 120, env: {NO_COLOR: '1'}}

beforeAll(async () => {
  database = await freshDatabase()
  await run(as(database, 'op_admin'), ['ip', 'rate', '203.0.113.24', 'critical', '--reason', 'bounces'])
  await run(as(database, 'op_operations'), ['ip', 'quarantine', '203.0.113.24', '--yes'])
  await run(as(database, 'op_operations'), ['ip', 'rate', '192.0.2.10', '2001:db8:113::24', 'fair'])
  await run(as(database, 'op_admin'), ['audit', 'undo', '3', '--yes'])
})
afterAll(() => database.drop())

function list(world: World, ...argv: string[]) {
  return run(as(database, 'op_viewer', world), ['audit', 'list', ...argv])
}

async function ids(...argv: string[]): Promise<string[]> {
  const {stdout} = await list({}, ...argv, '-o', 'name')
  return stdout.split('\n').filter(Boolean)
}

describe('pm audit list', () => {
  it('draws the newest changes first on a terminal', async () => {
    const {stdout, stderr, exitCode} = await list(onTerminal)
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    expect(stdout).toMatchInlineSnapshot(`
      "CHANGE  MADE      BY                         COMMAND                                            ROWS  REASON   UNDONE BY
           4  just now  ada@penguinmails.example   pm audit undo 3 --yes                                 2  -                -
           3  just now  olga@penguinmails.example  pm ip rate 192.0.2.10 2001:db8:113::24 fair           2  -                4
           2  just now  olga@penguinmails.example  pm ip quarantine 203.0.113.24 --yes                  23  -                -
           1  just now  ada@penguinmails.example   pm ip rate 203.0.113.24 critical --reason bounces     1  bounces          -
      "
    `)
  })

  it('fits a terminal of 80 columns', async () => {
    const {stdout} = await list({...onTerminal, width: 80})
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it('gives programs every field of a change', async () => {
    const changes = JSON.parse((await list({}, '--json')).stdout)
    expect(changes).toHaveLength(4)
    expect(changes[1]).toEqual({
      id: 3,
      made: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      by: 'olga@penguinmails.example',
      role: 'operations',
      command: 'pm ip rate 192.0.2.10 2001:db8:113::24 fair',
      targets: ['ip:192.0.2.10', 'ip:2001:db8:113::24'],
      rows: 2,
      reason: null,
      undo_of: null,
      undone_by: 4,
      partly_undone_by: null,
      permission: 'ip.write',
      enforced_by: 'database',
    })
  })

  it('is TSV off a terminal', async () => {
    const {stdout} = await list({}, '--fields', 'id,by,rows,targets', '--sort', 'id')
    expect(stdout.split('\n').slice(2)).toEqual([
      '3\tolga@penguinmails.example\t2\tip:192.0.2.10,ip:2001:db8:113::24',
      '4\tada@penguinmails.example\t2\tip:192.0.2.10,ip:2001:db8:113::24',
      '',
    ])
  })

  it.each([
    [[], ['4', '3', '2', '1']],
    [
      ['--sort', 'id'],
      ['1', '2', '3', '4'],
    ],
    [['--sort', '-made', '--limit', '1'], ['4']],
    [
      ['--target', '203.0.113.24'],
      ['2', '1'],
    ],
    [['--target', 'domain:acme.example'], ['2']],
    [
      ['--target', '2001:db8:113::24'],
      ['4', '3'],
    ],
    [
      ['--by', 'op_admin'],
      ['4', '1'],
    ],
    [
      ['--by', 'OLGA@penguinmails.example'],
      ['3', '2'],
    ],
    [
      ['--command', 'ip rate'],
      ['3', '1'],
    ],
    [
      ['--since', '1h'],
      ['4', '3', '2', '1'],
    ],
    [['--since', '2999-01-01'], []],
    [['--by', 'op_admin', '--command', 'audit undo'], ['4']],
  ])('filters and sorts: %j', async (argv, expected) => {
    expect(await ids(...argv)).toEqual(expected)
  })

  it('counts --since back from now', async () => {
    const later = new Date(Date.now() + 7_200_000)
    expect((await list({now: later}, '--since', '90m', '-o', 'name')).stdout).toBe('')
    expect((await list({now: later}, '--since', '3h', '-o', 'name')).stdout).toBe('4\n3\n2\n1\n')
  })

  it('goes on page by page', async () => {
    const first = await list(onTerminal, '--limit', '3', '--fields', 'id')
    const [, after = ''] = first.stderr.match(/--after (\S+)/) ?? []
    expect(first.stdout.trim().split(/\s+/)).toEqual(['CHANGE', '4', '3', '2'])
    expect(await ids('--after', after)).toEqual(['1'])
  })

  it('finds none and says so', async () => {
    expect(await list({}, '--target', 'nobody', '-o', 'json')).toEqual({
      stdout: '[]\n',
      stderr: 'No changes found.\n',
      exitCode: 0,
    })
  })

  it.each([
    [['--since', 'yesterday'], '“yesterday” is no moment.'],
    [['--since', '2026-02-31'], '“2026-02-31” is no moment.'],
    [['--since', '999999w'], '“999999w” is no moment.'],
    [['--sort', 'by'], 'This list cannot be sorted by “by”.'],
    [['--after', Buffer.from('["ip","x","y"]').toString('base64url')], '--after takes the cursor'],
    [['--after', Buffer.from('["-id","x","y"]').toString('base64url')], '--after takes the cursor'],
    [['--after', Buffer.from('["-id",99999999999999999999,1]').toString('base64url')], '--after takes the cursor'],
  ])('does not start with %j', async (argv, message) => {
    const {stdout, stderr, exitCode} = await list({}, ...argv)
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 2})
    expect(stderr).toContain(message)
  })

  it('shows what an attacker put into a command or a reason harmlessly', async () => {
    const other = await freshDatabase()
    await run(as(other, 'op_operations'), ['ip', 'rate', '192.0.2.10', 'fair', '--reason', 'a\u001b[2J\nb\u202e'])
    for (const format of ['table', 'wide', 'json', 'csv', 'tsv', 'yaml']) {
      const {stdout} = await run(as(other, 'op_viewer'), ['audit', 'list', '-o', format])
      expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/)
    }
    const {stdout} = await run(as(other, 'op_viewer'), [
      'audit',
      'list',
      '-o',
      'table',
      '--fields',
      'reason',
      '--no-header',
    ])
    expect(stdout).toBe('a\\u{1b}[2J\\u{a}b\\u{202e}\n')
    await other.drop()
  })

  it('is refused without audit.read', async () => {
    const other = await freshDatabase()
    await revoke(other, 'viewer', 'audit.read')
    expect(await run(as(other, 'op_viewer'), ['audit', 'list'])).toMatchObject({stdout: '', exitCode: 5})
    expect(await ask(other, 'select permission from pm.refusals')).toEqual([{permission: 'audit.read'}])
    await other.drop()
  })
})
