import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {sql} from 'kysely'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {openServer} from '../../src/db/server.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {ask, changesOf, refusalsOf} from '../support/records.ts'
import {type Ran, run, type World} from '../support/run.ts'

/** A command that can show in clear what it masks, what is secret of it, and what it says instead. */
const revealing = [
  {
    argv: ['config', 'get', 'smtp_relay'],
    secret: 'fake-smtp-password',
    mask: '(masked)',
    permission: 'config.reveal',
    targets: ['config:smtp_relay'],
    role: 'admin',
  },
  {
    argv: ['config', 'list', '--category', 'email'],
    secret: 'fake-smtp-password',
    mask: '(masked)',
    permission: 'config.reveal',
    targets: ['config:smtp_relay'],
    role: 'admin',
  },
  {
    argv: ['lead', 'find', '--tenant', 'acme', '--limit', '3'],
    secret: 'bruno.obrien@birchco.example',
    mask: 'b…@birchco.example',
    permission: 'lead.reveal',
    targets: ['tenant:Acme'],
    role: 'support',
  },
]

let database: TestDatabase

beforeEach(async () => {
  database = await freshDatabase()
})

afterEach(() => database.drop())

describe.each(revealing)('pm $argv.0 $argv.1', ({argv, secret, mask, permission, targets, role}) => {
  const reveal = [...argv, '--reveal', '--reason', 'ticket 812']
  const login = `op_${role}`

  test('masks, whoever asks, and keeps no change of it', async () => {
    const {stdout, stderr, exitCode} = await as('op_admin', argv)

    expect({exitCode, masked: stdout.includes(mask), told: `${stdout}${stderr}`.includes(secret)}).toEqual({
      exitCode: 0,
      masked: true,
      told: false,
    })
    expect(await changesOf(database)).toEqual([])
  })

  test.each(['table', 'wide', 'json', 'ndjson', 'csv', 'tsv', 'yaml'])(
    'reveals in %s, on stdout alone',
    async (format) => {
      const {stdout, stderr, exitCode} = await as(login, [...reveal, '-o', format], {isTTY: {stdout: true}, width: 250})

      expect({exitCode, revealed: stdout.includes(secret), masked: stdout.includes(mask)}).toEqual({
        exitCode: 0,
        revealed: true,
        masked: false,
      })
      expect(stderr).not.toContain(secret)
      expect(stderr).toContain('Revealed, and kept as change 1.\n')
    },
  )

  test('keeps who did so, when, why and of what, but not what it was', async () => {
    await as(login, reveal)

    expect(await changesOf(database)).toEqual([
      {
        command: `pm ${argv.join(' ')} --reveal --reason 'ticket 812'`,
        permission,
        reason: 'ticket 812',
        targets,
        login,
        role,
        undo_of: null,
        enforced_by: 'database',
        images: [],
      },
    ])
    expect(await recorded()).not.toContain(secret)
    const shown = await as('op_admin', ['audit', 'show', '1', '-o', 'table'], {isTTY: {stdout: true}})
    expect(shown).toMatchObject({exitCode: 0, stdout: expect.stringMatching(/row by row\n {2}No row\.\n$/)})
  })

  test('is refused without a permission of its own: nothing is shown, and a trace is left', async () => {
    await sql`delete from staff_role_permissions g using permissions p, staff_roles r
      where p.id = g.permission_id and r.id = g.role_id and p.name = ${permission} and r.name = ${role}`.execute(
      database.owner.db,
    )

    const refused = await as(login, reveal)

    expect(refused).toEqual({
      exitCode: 5,
      stdout: '',
      stderr: expect.stringContaining(`(${role}) lacks the permission ${permission}.`),
    })
    expect(refused.stderr).not.toContain(secret)
    expect([await changesOf(database), await refusalsOf(database)]).toEqual([
      [],
      [{command: `pm ${argv.join(' ')} --reveal --reason 'ticket 812'`, permission, login}],
    ])
    expect(await recorded()).not.toContain(secret)
  })

  test('reveals nothing that is not kept: where nothing can be written, nothing is shown', async () => {
    const {database: name} = database.server('')
    await sql.raw(`alter database ${name} set default_transaction_read_only = on`).execute(database.owner.db)

    const masked = await as(login, argv)
    const refused = await as(login, reveal)

    expect(masked).toMatchObject({exitCode: 0, stdout: expect.stringContaining(mask)})
    expect(refused).toMatchObject({exitCode: 6, stdout: '', stderr: expect.stringContaining('takes no writes')})
  })

  test('reveals on the primary, where it is kept, and not on the replica it reads otherwise', async () => {
    const replica = await freshDatabase()
    await replica.owner.db
      .updateTable('system_config')
      .set({value: JSON.stringify('an old one')})
      .execute()
    await replica.owner.db.updateTable('leads').set({name: 'An Old One'}).execute()
    const [primary, other] = [database, replica].map((one) => openServer(one.server(login), 'pm test'))
    if (!primary || !other) throw new Error('They are not open.')

    const {stdout} = await run({connection: primary, replica: other}, reveal)

    expect([stdout.includes(secret), stdout.toLowerCase().includes('an old one')]).toEqual([true, false])
    expect([(await changesOf(database)).length, (await changesOf(replica)).length]).toEqual([1, 0])
    await Promise.all([primary.close(), other.close()])
    await replica.drop()
  })

  describe('in production', () => {
    let home: string
    const there = (words: readonly string[]) => run({home}, [...words, '--context', 'prod'])

    beforeEach(async () => {
      home = mkdtempSync(join(tmpdir(), 'pm-reveal-'))
      const {host, port, database: name} = database.server('')
      const at = ['--host', host, '--port', String(port), '--database', name, '--user', login]
      await run({home}, ['context', 'add', 'prod', '--kind', 'production', ...at])
    })

    afterEach(() => rmSync(home, {recursive: true}))

    test('needs a reason, without which nothing is shown and nothing kept', async () => {
      expect(await there([...argv, '--reveal'])).toEqual({
        exitCode: 2,
        stdout: '',
        stderr:
          'Error: Revealing in production needs a reason.\nSay why: --reason TEXT (or PM_REASON) (usage, exit 2)\n',
      })
      expect(await changesOf(database)).toEqual([])
    })

    test('needs no --write: it changes nothing of the platform', async () => {
      const {stdout, exitCode} = await there(reveal)

      expect({exitCode, revealed: stdout.includes(secret)}).toEqual({exitCode: 0, revealed: true})
      expect(await changesOf(database)).toMatchObject([{permission, reason: 'ticket 812'}])
    })
  })
})

test('reveals of a list what is on the page, and keeps no other keys', async () => {
  const {stdout} = await as('op_admin', ['config', 'list', '--sensitive', '--reveal', '--limit', '1', '-o', 'json'])

  expect(JSON.parse(stdout)).toMatchObject([{key: 'hostwinds_api', value: {secret: 'fake-hostwinds-secret'}}])
  expect(await changesOf(database)).toMatchObject([{targets: ['config:hostwinds_api']}])
})

test.each(['config list', 'lead find --tenant acme'])('pm %s reveals no more than a thousand at once', async (line) => {
  const words = line.split(' ')
  const ran = [await as('op_admin', [...words, '--reveal', '--limit', '0'])]
  ran.push(await as('op_admin', [...words, '--reveal', '--limit', '1001']))

  for (const {exitCode, stdout, stderr} of ran)
    expect([exitCode, stdout, stderr]).toEqual([2, '', expect.stringContaining('At most 1,000 ')])
  expect(await changesOf(database)).toEqual([])
})

test('a key that is not there is not found, and nothing is kept', async () => {
  expect(await as('op_admin', ['config', 'get', 'nothing', '--reveal'])).toMatchObject({exitCode: 3, stdout: ''})
  expect(await changesOf(database)).toEqual([])
})

function as(login: string, argv: readonly string[], world: World = {}): Promise<Ran> {
  return run({...world, env: {DATABASE_URL: database.url(login), NO_COLOR: '1'}}, argv)
}

/** All that pm keeps in the database. */
async function recorded(): Promise<string> {
  const kept = await ask(
    database,
    `select to_jsonb(c) from pm.changes c union all select to_jsonb(i) from pm.row_images i
     union all select to_jsonb(r) from pm.refusals r union all select to_jsonb(t) from pm.change_targets t`,
  )
  return JSON.stringify(kept)
}
