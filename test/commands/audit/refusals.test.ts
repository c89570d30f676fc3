import {sql} from 'kysely'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {ask} from '../../support/records.ts'
import {run, type World} from '../../support/run.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
  await take('support', 'lead.reveal', database)
  await run(as(database, 'op_viewer'), ['ip', 'rate', '203.0.113.24', 'critical'])
  await run(as(database, 'op_support'), ['lead', 'find', '--tenant', 'acme', '--reveal', '--search', 'b'])
  await run(as(database, 'op_viewer'), ['domain', 'set-primary', 'acme.example', '--reason', '\u001b[2J\u202ex'])
})
afterAll(() => database.drop())

/** Takes a permission from a role. */
function take(role: string, permission: string, from: TestDatabase) {
  return ask(
    from,
    `delete from staff_role_permissions where role_id = (select id from staff_roles where name = '${role}')
     and permission_id = (select id from permissions where name = '${permission}')`,
  )
}

function refusals(login: string, world: World, ...argv: string[]) {
  return run(as(database, login, world), ['audit', 'refusals', ...argv])
}

async function ids(...argv: string[]): Promise<string> {
  return (await refusals('op_admin', {}, ...argv, '-o', 'name')).stdout.replaceAll('\n', ' ').trim()
}

describe('pm audit refusals', () => {
  it('draws the newest first on a terminal, harmlessly', async () => {
    const {stdout, stderr, exitCode} = await refusals('op_admin', {
      isTTY: {stdout: true},
      width: 120,
      env: {NO_COLOR: '1'},
    })
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    expect(stdout).toMatchInlineSnapshot(`
      "REFUSAL  MADE      BY                        LACKED        COMMAND
            3  just now  vic@penguinmails.example  domain.write  pm domain set-primary acme.example --reason '\\u{1b}[2J\\u{202…
            2  just now  sue@penguinmails.example  lead.reveal   pm lead find --tenant acme --reveal --search b
            1  just now  vic@penguinmails.example  ip.write      pm ip rate 203.0.113.24 critical
      "
    `)
  })

  it('gives programs every field, and what was about to be touched where it was known', async () => {
    const [first, second] = JSON.parse((await refusals('op_admin', {}, '--json', '--sort', 'id')).stdout)
    expect([first, second]).toEqual([
      {
        id: 1,
        made: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        by: 'vic@penguinmails.example',
        permission: 'ip.write',
        command: 'pm ip rate 203.0.113.24 critical',
        targets: [],
      },
      {
        id: 2,
        made: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        by: 'sue@penguinmails.example',
        permission: 'lead.reveal',
        command: 'pm lead find --tenant acme --reveal --search b',
        targets: ['tenant:Acme'],
      },
    ])
  })

  it.each([
    [[], '3 2 1'],
    [['--by', 'vic@penguinmails.example'], '3 1'],
    [['--by', 'op_support'], '2'],
    [['--permission', 'lead.reveal'], '2'],
    [['--since', '1h', '--permission', 'ip.write'], '1'],
    [['--since', '2100-01-01'], ''],
    [['--limit', '1'], '3'],
  ])('%j finds %s', async (argv, found) => {
    expect(await ids(...argv)).toBe(found)
  })

  it('goes on from page to page', async () => {
    const world: World = {isTTY: {stdout: true}}
    const {stderr} = await refusals('op_admin', world, '--limit', '1')
    const [, cursor = ''] = /--after (\S+)/.exec(stderr) ?? []
    expect(await ids('--after', cursor)).toBe('2 1')
  })

  it('names the permission that was meant', async () => {
    const {stderr, exitCode} = await refusals('op_admin', {}, '--permission', 'lead.reval')
    expect({stderr, exitCode}).toEqual({
      exitCode: 2,
      stderr:
        'Error: There is no permission “lead.reval”.\nDid you mean lead.reveal? See which there are: pm staff permission list (usage, exit 2)\n',
    })
  })

  it('is refused without audit.read, which is a refusal too', async () => {
    const other = await freshDatabase()
    await take('viewer', 'audit.read', other)
    expect(await run(as(other, 'op_viewer'), ['audit', 'refusals'])).toMatchObject({exitCode: 5, stdout: ''})
    const {stdout} = await run(as(other, 'op_admin'), [
      'audit',
      'refusals',
      '-o',
      'tsv',
      '--fields',
      'permission,command',
    ])
    expect(stdout).toBe('audit.read\tpm audit refusals\n')
    await other.drop()
  })

  it('does not keep whom it refuses waiting where it cannot be kept', async () => {
    const other = await freshDatabase()
    const ran = await other.owner.db.transaction().execute(async (trx) => {
      await sql`lock table pm.refusals in access exclusive mode`.execute(trx)
      return run(as(other, 'op_viewer'), ['ip', 'rate', '203.0.113.24', 'critical', '--timeout', '1'])
    })
    expect(ran).toMatchObject({exitCode: 5, stdout: ''})
    await other.drop()
  })
})
