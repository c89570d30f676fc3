import {mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {addTenants} from '../../support/bulk.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask, changesOf} from '../../support/records.ts'
import {type Ran, run, type World} from '../../support/run.ts'

let database: TestDatabase
let folder: string
beforeEach(async () => {
  database = await freshDatabase()
  await addTenants(database, 3)
  folder = mkdtempSync(join(tmpdir(), 'pm-preview-'))
})
afterEach(async () => {
  rmSync(folder, {recursive: true})
  await database.drop()
})

const pm = (argv: readonly string[], world: World = {}): Promise<Ran> =>
  run({...world, env: {DATABASE_URL: database.url('op_admin')}}, argv)
const plan = (...argv: string[]) => pm(['plan', 'change', '--to', 'scale', ...argv])
const mixed = ['Bulk 1', 'nobody', 'Bulk 2', 'Bulk 3']

/** What `mixed` would come to, where Bulk 3 is to change already. */
async function expected() {
  await plan('Bulk 3', '--yes')
  const rows = await ask<{name: string; id: string; plan_id: string; scale: string}>(
    database,
    `select t.name, s.id, s.plan_id, (select id from plans where slug = 'scale') as scale
     from subscriptions s join tenants t on t.id = s.tenant_id where t.name in ('Bulk 1', 'Bulk 2') order by 1`,
  )
  const none = {table: null, key: null, before: null, after: null}
  return [
    ...rows.map(({name, id, plan_id, scale}) => ({
      target: name,
      line: null,
      outcome: 'waiting',
      reason: null,
      table: 'public.subscriptions',
      key: {id},
      before: {status: 'active', plan_id, pending_plan_id: null},
      after: {pending_plan_id: scale},
    })),
    {target: 'nobody', line: null, outcome: 'unknown', reason: 'No tenant or subscription nobody.', ...none},
    {target: 'Bulk 3', line: null, outcome: 'already', reason: 'Bulk 3 is to change to scale already.', ...none},
  ]
}

describe('a dry run of many', () => {
  test('gives the rows as data in every format', async () => {
    const rows = await expected()
    const out = async (format: string) => {
      const {exitCode, stdout} = await plan(...mixed, '--dry-run', '-o', format)
      expect(exitCode).toBe(9)
      return stdout
    }
    const lines = (await out('ndjson')).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows)
    const json = JSON.parse(await out('json'))
    expect(json).toMatchObject({change: null, job: null, rows})
    expect((await out('tsv')).split('\n').map((line) => line.split('\t').slice(0, 5))).toEqual([
      ['Bulk 1', '', 'waiting', '', 'public.subscriptions'],
      ['Bulk 2', '', 'waiting', '', 'public.subscriptions'],
      ['nobody', '', 'unknown', 'No tenant or subscription nobody.', ''],
      ['Bulk 3', '', 'already', 'Bulk 3 is to change to scale already.', ''],
      [''],
    ])
    expect((await out('csv')).trim().split('\n')[0]).toBe('target,line,outcome,reason,table,key,before,after')
    expect((await out('yaml')).match(/^ {2}- target: .*$/gm)).toEqual([
      '  - target: Bulk 1',
      '  - target: Bulk 2',
      '  - target: nobody',
      '  - target: Bulk 3',
    ])
    expect(await out('name')).toBe('Bulk 1\nBulk 2\n')
  })

  test('shows them on a terminal as the plan, and leaves stdout alone', async () => {
    const {stdout} = await pm(['plan', 'change', '--to', 'scale', ...mixed, '--dry-run'], {isTTY: {stdout: true}})
    expect(stdout).toBe('')
  })

  test('writes what would become of each, and what would be rejected', async () => {
    const rows = await expected()
    const [all, left] = [join(folder, 'all.ndjson'), join(folder, 'left.csv')]
    const {exitCode} = await plan(...mixed, '--dry-run', '--results', all, '--rejects', left)
    expect(exitCode).toBe(9)
    const lines = readFileSync(all, 'utf8').trim().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      rows.map(({target, line, outcome, reason}, at) => ({row: at + 1, line, target, outcome, reason})),
    )
    expect(readFileSync(left, 'utf8')).toBe(
      'row,line,target,outcome,reason\n1,,nobody,unknown,No tenant or subscription nobody.\n',
    )
    expect(await changesOf(database)).toHaveLength(1)
  })

  test('writes what is rejected also where that is all: exit 6', async () => {
    for (const consent of ['--dry-run', '--yes']) {
      const left = join(folder, `left${consent}.csv`)
      const {exitCode, stdout, stderr} = await plan('nobody', 'no-one', consent, '--rejects', left, '-o', 'json')
      expect({exitCode, stdout}).toEqual({exitCode: 6, stdout: ''})
      expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error).toMatchObject({
        message: 'None of it is possible.',
        details: {unknown: 2},
      })
      expect(readFileSync(left, 'utf8').match(/unknown/g)).toHaveLength(2)
    }
    expect(await changesOf(database)).toEqual([])
  })
})

describe('a file', () => {
  test.each(['--save', '--results', '--rejects'])('that is there already is never written over by %s', async (flag) => {
    const path = join(folder, "it's.csv")
    writeFileSync(path, 'precious\n')
    const {exitCode, stderr} = await plan('Bulk 1', 'Bulk 2', '--yes', flag, path)
    expect([exitCode, stderr]).toEqual([
      2,
      `Error: ${path} is there already, and pm does not write over it.\nNothing was changed. Give another name, or first: rm '${folder}/it'\\''s.csv' (usage, exit 2)\n`,
    ])
    expect([readFileSync(path, 'utf8'), await changesOf(database)]).toEqual(['precious\n', []])
  })

  test('that is empty may be written to, as mktemp makes one', async () => {
    const path = join(folder, 'all.csv')
    writeFileSync(path, '')
    expect(await plan('Bulk 1', 'Bulk 2', '--yes', '--results', path)).toMatchObject({exitCode: 0})
    expect(readFileSync(path, 'utf8').match(/changed/g)).toHaveLength(2)
  })

  test.each(['--save', '--results'])(
    'that is a link to itself is refused by %s before anything is changed',
    async (flag) => {
      const path = join(folder, 'loop.csv')
      symlinkSync('loop.csv', path)
      const {exitCode, stderr} = await plan('Bulk 1', 'Bulk 2', '--yes', flag, path)
      const why = `Error: ${path} cannot be written: its links lead in a circle.\nNothing was changed. (usage, exit 2)\n`
      expect([exitCode, stderr, await changesOf(database)]).toEqual([2, why, []])
    },
  )

  test('is none where a folder is', async () => {
    const {exitCode, stderr} = await plan('Bulk 1', 'Bulk 2', '--yes', '--save', folder)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`${folder} is a folder.`)])
  })
})
