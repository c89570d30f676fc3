import {randomUUID} from 'node:crypto'
import {describe, expect, it} from 'vitest'
import {applyRows} from '../../../src/changes/apply.ts'
import {write} from '../../../src/db/transaction.ts'
import {header, ipTable, ipUpdate} from '../../support/engine.ts'
import {as} from '../../support/ip-write.ts'
import {differences} from '../../support/pool-diff.ts'
import {ask, changesOf, poolOf, torn, wrongCounts} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {openSessionAs} from '../../support/session.ts'

import {history, quarantine, undo, undoing, withDatabase} from './undoing.ts'

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
        images: ['delete domain_ip_assignments 3', 'update domain_ip_assignments 3', 'update smtp_ip_addresses 2'],
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
        message: 'Change 1 cannot be undone: changed since then: assignment of cafecreme.example to 198.51.100.140.',
        hint: 'Undo what came after it first: pm audit list',
        details: {changed: ['assignment of cafecreme.example to 198.51.100.140']},
      })
      expect(await poolOf(database)).toEqual(before)
      expect(await changesOf(database)).toHaveLength(3)
    }))

  it('is refused before it is consented to, and says where to look', () =>
    withDatabase(async (database) => {
      await history(database, ['ip', 'rate', '203.0.113.24', 'critical'], ['ip', 'rate', '203.0.113.24', 'poor'])
      for (const consent of [[], ['--dry-run'], ['--yes']]) {
        const {exitCode, stderr} = await run(as(database, 'op_operations'), [...undo(1), ...consent])
        expect({exitCode, stderr}).toEqual({
          exitCode: 6,
          stderr:
            'Error: Change 1 cannot be undone: changed since then: ip 203.0.113.24.\n' +
            'See what came after it, and undo that first: pm audit list --target ip:203.0.113.24 (conflict, exit 6)\n',
        })
      }
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

  it('leaves no count untrue: a domain that came to an IP uncounted stops it', () =>
    withDatabase(async (database) => {
      await history(database, quarantine)
      await ask(
        database,
        `insert into domain_ip_assignments (domain_id, smtp_ip_address_id, status) select d.id, i.id, 'active'
         from domains d, smtp_ip_addresses i where d.domain = 'newleaf.example' and i.ip_address = '198.51.100.140'`,
      )
      const before = await poolOf(database)
      const {exitCode, stderr} = await undoing(database, 1)
      expect(exitCode).toBe(6)
      expect(stderr).toContain('Domains were assigned to 198.51.100.140 meanwhile. Nothing was changed.')
      expect(await poolOf(database)).toEqual(before)
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
