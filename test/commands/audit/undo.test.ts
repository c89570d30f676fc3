import {randomUUID} from 'node:crypto'
import {describe, expect, it} from 'vitest'
import {applyRows} from '../../../src/changes/apply.ts'
import {write} from '../../../src/db/transaction.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {apply, header, ipTable, ipUpdate} from '../../support/engine.ts'
import {as} from '../../support/ip-write.ts'
import {differences} from '../../support/pool-diff.ts'
import {ask, changesOf, poolOf, refusalsOf, torn, wrongCounts} from '../../support/records.ts'
import {run, type World} from '../../support/run.ts'
import {openSessionAs} from '../../support/session.ts'

/** Runs commands one after the other as an operator of operations; all but the last must succeed. */
async function history(database: TestDatabase, ...commands: readonly string[][]) {
  for (const argv of commands) {
    const {exitCode, stderr} = await run(as(database, 'op_operations'), argv)
    expect({argv, exitCode, stderr}).toMatchObject({exitCode: 0})
  }
}

const quarantine = ['ip', 'quarantine', '198.51.100.141', '--yes']
const undo = (id: number, ...more: string[]) => ['audit', 'undo', `${id}`, ...more]

async function withDatabase(work: (database: TestDatabase) => Promise<void>): Promise<void> {
  const database = await freshDatabase()
  try {
    await work(database)
  } finally {
    await database.drop()
  }
}

function undoing(database: TestDatabase, id: number, login = 'op_operations', world: World = {}) {
  return run(as(database, login, world), undo(id, '--yes', '-o', 'json'))
}

describe('pm audit undo', () => {
  it('puts back every row that is unchanged since, and is itself a change', () =>
    withDatabase(async (database) => {
      const before = await poolOf(database)
      await history(database, quarantine)
      const {stdout, exitCode} = await run(as(database, 'op_admin'), [
        ...undo(1, '--yes', '--reason', 'wrong IP', '-o', 'json'),
      ])
      expect(exitCode).toBe(0)
      expect(await differences(database, before, await poolOf(database))).toEqual([])
      const [first, second] = await changesOf(database)
      expect(second).toEqual({
        command: `pm audit undo 1 --yes --reason 'wrong IP' -o json`,
        permission: 'ip.write',
        reason: 'wrong IP',
        targets: first?.targets,
        login: 'op_admin',
        role: 'admin',
        undo_of: 1,
        enforced_by: 'database',
        images: ['delete domain_ip_assignments 3', 'update domain_ip_assignments 3', 'update smtp_ip_addresses 3'],
      })
      expect(JSON.parse(stdout)).toMatchObject({
        change: 2,
        undo: 'pm audit undo 2',
        headline: `Undo change 1: pm ip quarantine 198.51.100.141 --yes`,
        effects: [],
        warnings: [],
      })
    }))

  it('shows what it would put back in a dry run, and changes nothing', () =>
    withDatabase(async (database) => {
      await history(database, ['ip', 'assign', 'newleaf.example', '192.0.2.16', '--yes'])
      const before = await poolOf(database)
      const {stderr, exitCode} = await run(as(database, 'op_operations'), undo(1, '--dry-run'))
      expect(exitCode).toBe(9)
      expect(stderr.slice(stderr.indexOf('Undo')).replace(/assigned: \S+/, 'assigned: TIME')).toMatchInlineSnapshot(`
        "Undo change 1: pm ip assign newleaf.example 192.0.2.16 --yes

        - assignment of newleaf.example to 192.0.2.16   status: active, assigned: TIME warmup_state: unwarmed
        ~ ip 192.0.2.16                                 status: assigned → available, assigned_count: 1 → 0
        "
      `)
      expect(await poolOf(database)).toEqual(before)
      expect(await changesOf(database)).toHaveLength(1)
    }))

  it('needs consent, and says the exact command', () =>
    withDatabase(async (database) => {
      await history(database, quarantine)
      const {exitCode, stderr} = await run(as(database, 'op_operations'), undo(1))
      expect(exitCode).toBe(7)
      expect(stderr).toContain('To consent: pm audit undo 1 --yes (consent_needed, exit 7)')
      expect(await changesOf(database)).toHaveLength(1)
    }))

  it('is refused whole where rows changed since, and lists them', () =>
    withDatabase(async (database) => {
      await history(
        database,
        quarantine,
        ['ip', 'assign', 'newleaf.example', '198.51.100.140', '--yes'],
        ['ip', 'unassign', 'cafecreme.example', '--yes'],
      )
      const before = await poolOf(database)
      const {exitCode, stderr, stdout} = await undoing(database, 1)
      expect({exitCode, stdout}).toEqual({exitCode: 6, stdout: ''})
      const {error} = JSON.parse(stderr.slice(stderr.indexOf('{"error"')))
      expect(error).toEqual({
        code: 'conflict',
        message:
          'Changed since it was planned: assignment of cafecreme.example to 198.51.100.140. Nothing was changed.',
        hint: 'Run the command again to see how things stand now.',
        details: {changed: ['assignment of cafecreme.example to 198.51.100.140']},
      })
      expect(await poolOf(database)).toEqual(before)
      expect(await changesOf(database)).toHaveLength(3)
    }))

  it('does not mind other columns of its rows, and leaves them as they are', () =>
    withDatabase(async (database) => {
      await history(database, ['ip', 'rate', '203.0.113.24', 'critical'])
      await ask(database, `update smtp_ip_addresses set status = 'degraded' where ip_address = '203.0.113.24'`)
      expect(await undoing(database, 1)).toMatchObject({exitCode: 0})
      expect(
        await ask(database, `select status, reputation_state from smtp_ip_addresses where ip_address = '203.0.113.24'`),
      ).toEqual([{status: 'degraded', reputation_state: 'poor'}])
    }))

  it('does not mind that a count it does not touch is not true', () =>
    withDatabase(async (database) => {
      await history(database, ['ip', 'rate', '203.0.113.24', 'critical'])
      await ask(database, `update smtp_ip_addresses set assigned_count = 3 where ip_address = '203.0.113.24'`)
      expect(await undoing(database, 1)).toMatchObject({exitCode: 0})
    }))

  it('undoes nothing twice', () =>
    withDatabase(async (database) => {
      await history(database, quarantine, undo(1, '--yes'))
      const {exitCode, stderr} = await undoing(database, 1)
      expect(exitCode).toBe(6)
      expect(JSON.parse(stderr).error.message).toBe('Change 1 was undone already, by change 2.')
      expect(await changesOf(database)).toHaveLength(2)
    }))

  it('undoes nothing twice, even where the rows are again as the change left them', () =>
    withDatabase(async (database) => {
      await history(database, ['ip', 'rate', '203.0.113.24', 'critical'], undo(1, '--yes'), [
        'ip',
        'rate',
        '203.0.113.24',
        'critical',
      ])
      expect(await undoing(database, 1)).toMatchObject({exitCode: 6})
    }))

  it('can be undone: the change is done again, and that can be undone', () =>
    withDatabase(async (database) => {
      const before = await poolOf(database)
      await history(database, quarantine)
      const quarantined = await poolOf(database)
      await history(database, undo(1, '--yes'), undo(2, '--yes'))
      expect(await differences(database, quarantined, await poolOf(database))).toEqual([])
      await history(database, undo(3, '--yes'))
      expect(await differences(database, before, await poolOf(database))).toEqual([])
      expect((await changesOf(database)).map(({undo_of}) => undo_of)).toEqual([null, 1, 2, 3])
    }))

  it('puts no domain on a second IP', () =>
    withDatabase(async (database) => {
      await history(
        database,
        ['ip', 'unassign', 'acme.example', '--yes'],
        ['ip', 'assign', 'acme.example', '192.0.2.11', '--yes'],
      )
      const {exitCode, stderr} = await undoing(database, 1)
      expect(exitCode).toBe(6)
      expect(stderr).toContain('Assigned to another IP meanwhile: acme.example. Nothing was changed.')
      expect({torn: await torn(database), counts: await wrongCounts(database)}).toEqual({torn: [], counts: []})
      await history(database, undo(2, '--yes'), undo(1, '--yes'))
      expect({torn: await torn(database), counts: await wrongCounts(database)}).toEqual({torn: [], counts: []})
    }))

  it('undoes what a change did to one row in several steps as one', () =>
    withDatabase(async (database) => {
      const session = openSessionAs(database, 'op_admin')
      const before = await poolOf(database)
      const row = (id: string) => ({table: ipTable, label: 'ip', key: {id}}) as const
      const [added, gone] = [row(randomUUID()), row(randomUUID())]
      const ip = (key: object, address: string) => ({...key, ip_address: address, status: 'available'})
      const rated = (from: string, to: string) =>
        ipUpdate(database, '192.0.2.10', {reputation_state: from}, {reputation_state: to})
      const steps = [
        [
          {...added, before: null, after: ip(added.key, '198.51.100.200')},
          {...gone, before: null, after: ip(gone.key, '198.51.100.201')},
          await rated('good', 'poor'),
          await ipUpdate(database, '192.0.2.11', {status: 'warmed'}, {status: 'degraded'}),
        ],
        [
          {...added, before: {}, after: {status: 'warming'}},
          {...gone, before: {}, after: null},
          await rated('poor', 'good'),
          await ipUpdate(database, '192.0.2.11', {}, {status: 'quarantined'}),
        ],
      ]
      await write(session, header(), async (trx) => {
        for (const rows of steps) await applyRows(trx, rows)
      })
      await session.close()
      const {exitCode, stdout} = await undoing(database, 1)
      expect(exitCode).toBe(0)
      expect(JSON.parse(stdout).rows).toHaveLength(2)
      expect(await differences(database, before, await poolOf(database))).toEqual([])
    }))

  it.each([
    ['12', 3, 'No change 12.'],
    ['0', 3, 'No change 0.'],
    ['-1', 2, '“-1” is not the id of a change.'],
    ['one', 2, '“one” is not the id of a change.'],
    ['1.0', 2, '“1.0” is not the id of a change.'],
    ['1e3', 2, '“1e3” is not the id of a change.'],
    ['9999999999999999', 2, '“9999999999999999” is not the id of a change.'],
    ['1; drop table users', 2, '“1; drop table users” is not the id of a change.'],
  ])('finds no change by %s', async (text, exitCode, message) => {
    await withDatabase(async (database) => {
      const ran = await run(as(database, 'op_operations'), ['audit', 'undo', '--yes', '-o', 'json', '--', text])
      expect(ran).toMatchObject({stdout: '', exitCode})
      expect(JSON.parse(ran.stderr).error.message).toBe(message)
    })
  })
})

describe('who may undo', () => {
  it('nobody without audit.undo', () =>
    withDatabase(async (database) => {
      await history(database, quarantine)
      const before = await poolOf(database)
      expect(await undoing(database, 1, 'op_viewer')).toMatchObject({exitCode: 5, stdout: ''})
      expect(await poolOf(database)).toEqual(before)
      expect(await refusalsOf(database)).toEqual([
        {command: 'pm audit undo 1 --yes -o json', permission: 'audit.undo', login: 'op_viewer'},
      ])
    }))

  it('nobody without the permission that the change itself needed', () =>
    withDatabase(async (database) => {
      await history(database, quarantine)
      const before = await poolOf(database)
      const {exitCode, stderr} = await undoing(database, 1, 'op_support')
      expect(exitCode).toBe(5)
      expect(JSON.parse(stderr).error).toEqual({
        code: 'permission_denied',
        message: 'Sue Support (support) lacks the permission ip.write.',
        hint: 'An admin can grant it: pm staff role grant support ip.write',
        details: {permission: 'ip.write', role: 'support', login: 'op_support'},
      })
      expect(await poolOf(database)).toEqual(before)
      expect(await refusalsOf(database)).toEqual([
        {command: 'pm audit undo 1 --yes -o json', permission: 'ip.write', login: 'op_support'},
      ])
    }))

  it('of their own changes, those without audit.read too; of others they know nothing', () =>
    withDatabase(async (database) => {
      await run(as(database, 'op_admin'), ['ip', 'rate', '192.0.2.10', 'fair'])
      await history(database, ['ip', 'rate', '192.0.2.11', 'fair'])
      await revoke(database, 'operations', 'audit.read')
      expect(await undoing(database, 1)).toMatchObject({exitCode: 3})
      expect(await undoing(database, 2)).toMatchObject({exitCode: 0})
    }))

  it('nobody by SQL of their own: the database asks for audit.undo itself', () =>
    withDatabase(async (database) => {
      await history(database, quarantine)
      await revoke(database, 'operations', 'audit.undo')
      const session = openSessionAs(database, 'op_operations')
      const begin = `select pm.begin_change('pm audit undo 1', 'ip.write', null, '{}', gen_random_uuid(), 1)`
      await expect(ask({owner: session.primary}, begin)).rejects.toThrow(
        'operator op_operations lacks the permission audit.undo',
      )
      await session.close()
      expect(await changesOf(database)).toHaveLength(1)
    }))
})

describe('what cannot be undone', () => {
  it('is a change of a secret, which the record does not keep', () =>
    withDatabase(async (database) => {
      const session = openSessionAs(database, 'op_admin')
      const [secret] = await ask<{key: string; value: never}>(
        database,
        'select key, value from system_config where is_sensitive order by 1 limit 1',
      )
      const key = {key: secret?.key ?? ''}
      const row = {table: 'public.system_config', label: 'config', key} as const
      await apply(session, [{...row, before: {}, after: {value: 'new'}}], 'config.write')
      await session.close()
      const {exitCode, stderr} = await undoing(database, 1, 'op_admin')
      expect(exitCode).toBe(6)
      expect(JSON.parse(stderr).error.message).toBe(
        'Change 1 touched a secret, which the record does not keep: it cannot be undone.',
      )
      expect(await ask(database, `select value from system_config where key = '${secret?.key}'`)).toEqual([
        {value: 'new'},
      ])
    }))

  it('is not the new row of a secret, unless it was touched since', () =>
    withDatabase(async (database) => {
      const session = openSessionAs(database, 'op_admin')
      const add = (key: string) =>
        apply(
          session,
          [
            {
              table: 'public.system_config',
              label: `config ${key}`,
              key: {key},
              before: null,
              after: {key, value: 'hidden', is_sensitive: true},
            },
          ],
          'config.write',
        )
      await add('new.one')
      await add('new.two')
      await session.close()
      await ask(database, `update system_config set value = '"other"', updated = now() where key = 'new.two'`)
      expect(await undoing(database, 1, 'op_admin')).toMatchObject({exitCode: 0})
      expect(await undoing(database, 2, 'op_admin')).toMatchObject({exitCode: 6})
      expect(await ask(database, `select key from system_config where key like 'new.%'`)).toEqual([{key: 'new.two'}])
      // The deletion of a secret is gone for good.
      expect(await undoing(database, 3, 'op_admin')).toMatchObject({exitCode: 6})
    }))

  it('is a change by a permission that this version does not know', () =>
    withDatabase(async (database) => {
      await ask(
        database,
        `insert into pm.changes (command, permission, targets, login, role, request_key, enforced_by)
         values ('pm moon land', 'moon.land', '{}', 'op_admin', 'admin', gen_random_uuid(), 'database')`,
      )
      const {exitCode, stderr} = await undoing(database, 1, 'op_admin')
      expect(exitCode).toBe(6)
      expect(JSON.parse(stderr).error.message).toBe('This version of pm does not know the permission moon.land.')
    }))

  it('is a change of a table that this version does not write', () =>
    withDatabase(async (database) => {
      await history(database, ['ip', 'rate', '192.0.2.10', 'fair'])
      await ask(
        database,
        `insert into pm.row_images (change_id, table_name, op, before, after)
         values (1, 'public.payments', 'update', '{"id": "a"}', '{"id": "a"}')`,
      )
      const {exitCode, stderr} = await undoing(database, 1)
      expect(exitCode).toBe(6)
      expect(JSON.parse(stderr).error.message).toContain('This version of pm does not write public.payments')
    }))
})

async function revoke(database: TestDatabase, role: string, permission: string): Promise<void> {
  await ask(
    database,
    `delete from staff_role_permissions where role_id = (select id from staff_roles where name = '${role}')
     and permission_id = (select id from permissions where name = '${permission}')`,
  )
}
