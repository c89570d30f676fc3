import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {apply} from '../../support/engine.ts'
import {as} from '../../support/ip-write.ts'
import {ask} from '../../support/records.ts'
import {run, type World} from '../../support/run.ts'
import {openSessionAs} from '../../support/session.ts'

let database: TestDatabase
const onTerminal: World = {isTTY: {stdout: true}, width: 120, env: {NO_COLOR: '1'}}

beforeAll(async () => {
  database = await freshDatabase()
  await run(as(database, 'op_operations'), [
    'ip',
    'assign',
    'newleaf.example',
    '192.0.2.16',
    '--reason',
    'new',
    '--yes',
  ])
  await run(as(database, 'op_admin'), ['audit', 'undo', '1', '--yes'])
})
afterAll(() => database.drop())

function show(world: World, ...argv: string[]) {
  return run(as(database, 'op_viewer', world), ['audit', 'show', ...argv])
}

const withoutTimes = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)/g, 'TIME')

describe('pm audit show', () => {
  it('tells a person what a change did, row by row', async () => {
    const {stdout, stderr, exitCode} = await show(onTerminal, '1')
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    expect(withoutTimes(stdout)).toMatchInlineSnapshot(`
      "Change   1
      Made     just now
      By       olga@penguinmails.example
      Role     operations
      Command  pm ip assign newleaf.example 192.0.2.16 --reason new --yes
      Reason   new
      Targets  domain:newleaf.example, ip:192.0.2.16, tenant:Newleaf Gardens

      Permission   ip.write
      Enforced by  database
      Undo of      -
      Undone by    2

      What changed, row by row
        ~ ip 192.0.2.16                                 status: available → assigned, assigned_count: 0 → 1
        + assignment of newleaf.example to 192.0.2.16
            status: active
            assigned: TIME
            warmup_state: unwarmed
      "
    `)
  })

  it('says of an undo what it undid', async () => {
    expect(withoutTimes((await show(onTerminal, '2')).stdout)).toMatchInlineSnapshot(`
      "Change   2
      Made     just now
      By       ada@penguinmails.example
      Role     admin
      Command  pm audit undo 1 --yes
      Reason   -
      Targets  domain:newleaf.example, ip:192.0.2.16, tenant:Newleaf Gardens

      Permission   ip.write
      Enforced by  database
      Undo of      1
      Undone by    -

      What changed, row by row
        - assignment of newleaf.example to 192.0.2.16
            status: active
            assigned: TIME
            warmup_state: unwarmed
        ~ ip 192.0.2.16                                 status: assigned → available, assigned_count: 1 → 0
      "
    `)
  })

  it('fits a terminal of 80 columns', async () => {
    const {stdout} = await show({...onTerminal, width: 80}, '1')
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it('gives programs the change with all its images: of updated rows the columns that changed', async () => {
    const change = JSON.parse((await show({}, '1', '--json')).stdout)
    expect(change).toMatchObject({id: 1, reason: 'new', rows: 2, undone_by: 2, targets: expect.any(Array)})
    expect(change.images).toEqual([
      {
        row: 'ip 192.0.2.16',
        table: 'public.smtp_ip_addresses',
        op: 'update',
        before: {status: 'available', updated: expect.any(String), assigned_count: 0},
        after: {status: 'assigned', updated: expect.any(String), assigned_count: 1},
      },
      {
        row: 'assignment of newleaf.example to 192.0.2.16',
        table: 'public.domain_ip_assignments',
        op: 'insert',
        before: null,
        after: expect.objectContaining({status: 'active', warmup_state: 'unwarmed', expires: null}),
      },
    ])
    expect(Object.keys(change.images[1].after)).toHaveLength(10)
  })

  it.each([
    ['ndjson', '{"id":1,"rows":2}\n'],
    ['csv', 'id,rows\n1,2\n'],
    ['tsv', 'id\t1\nrows\t2\n'],
    ['yaml', 'id: 1\nrows: 2\n'],
    ['name', '1\n'],
  ])('speaks %s', async (format, stdout) => {
    expect(await show({}, '1', '-o', format, '--fields', 'id,rows')).toEqual({stdout, stderr: '', exitCode: 0})
  })

  it.each([
    [['7'], 3, 'No change 7.'],
    [['x'], 2, '“x” is not the id of a change.'],
    [[], 2, 'Which change?'],
  ])('%j ends with %i', async (argv, exitCode, message) => {
    const ran = await show({}, ...argv, '--json')
    expect(ran).toMatchObject({stdout: '', exitCode})
    expect(JSON.parse(ran.stderr).error.message).toBe(message)
  })

  it('never shows a secret, only that it changed', async () => {
    const other = await freshDatabase()
    const session = openSessionAs(other, 'op_admin')
    const [secret] = await ask<{key: string}>(
      other,
      'select key from system_config where is_sensitive order by 1 limit 1',
    )
    const row = {table: 'public.system_config', label: 'config', key: {key: secret?.key ?? ''}} as const
    await apply(session, [{...row, before: {}, after: {value: 'TOP-SECRET'}}], 'config.write')
    await session.close()
    for (const format of ['table', 'json', 'csv', 'yaml']) {
      const {stdout} = await run(as(other, 'op_viewer', onTerminal), ['audit', 'show', '1', '-o', format])
      expect(stdout).not.toContain('TOP-SECRET')
      expect(stdout).toContain('(masked, differs)')
    }
    await other.drop()
  })
})
