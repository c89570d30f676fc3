import {describe, expect, it} from 'vitest'
import {apply} from '../../support/engine.ts'
import {as} from '../../support/ip-write.ts'
import {ask, changesOf, poolOf, refusalsOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {openSessionAs} from '../../support/session.ts'

import {history, quarantine, revoke, undoing, withDatabase} from './undoing.ts'

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
