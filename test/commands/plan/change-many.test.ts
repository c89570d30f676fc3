import {mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {addTenants, pendingPlans, recordedSubscriptions} from '../../support/bulk.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {startPm} from '../../support/process.ts'
import {ask, changesOf, refusalsOf} from '../../support/records.ts'
import {type Ran, run, type World} from '../../support/run.ts'

let database: TestDatabase
let folder: string
beforeEach(async () => {
  database = await freshDatabase()
  await addTenants(database, 5)
  folder = mkdtempSync(join(tmpdir(), 'pm-bulk-'))
})
afterEach(async () => {
  rmSync(folder, {recursive: true})
  await database.drop()
})

const pm = (argv: readonly string[], world: World = {}, login = 'op_admin'): Promise<Ran> =>
  run({...world, env: {DATABASE_URL: database.url(login), ...world.env}}, argv)
const toScale = ['plan', 'change', '--to', 'scale']
const changeAll = (...argv: string[]) => pm([...toScale, ...argv])
const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const jobs = () => ask(database, 'select id from pm.jobs')
const results = async (job = 1) => JSON.parse((await pm(['job', 'results', `${job}`, '-o', 'json'])).stdout)

describe('a list', () => {
  test.each([
    ['one a line', 'names.txt', 'Bulk 1\n\n# the rest later\nBulk 2\n'],
    ['CSV without a header', 'names.csv', 'Bulk 1,gold\nBulk 2,silver\n'],
    ['CSV with a header, from Windows', 'names.csv', '\uFEFFrank,Tenant\r\n1,Bulk 1\r\n2,"Bulk 2"\r\n'],
    ['TSV', 'names.tsv', 'rank\ttenant\n1\tBulk 1\n2\tBulk 2\n'],
    ['NDJSON', 'names.ndjson', '{"rank":1,"tenant":"Bulk 1"}\n{"tenant":"Bulk 2"}\n'],
    ['Stripe ids', 'ids.csv', 'stripe_subscription_id\nsub_Bulk1\nsub_Bulk2\n'],
  ])('%s', async (_, name, text) => {
    const {exitCode, stderr} = await changeAll('--from-file', file(name, text), '--yes')
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(await pendingPlans(database)).toEqual({none: 3, scale: 2})
  })

  test.each(['csv', 'tsv', 'ndjson', 'json'])('another list of pm as %s, through a pipe', async (format) => {
    const {stdout} = await pm(['subscription', 'list', '--tenant', 'Bulk 2', '-o', format, '--header'])
    const {exitCode, stderr} = await pm([...toScale, '-', '--yes'], {stdin: stdout})
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(await pendingPlans(database)).toEqual({none: 4, scale: 1})
  })

  test('what stands twice is an error that says where', async () => {
    const path = file('names.csv', 'tenant\nBulk 1\nBulk 2\nBulk 1\n')
    const {exitCode, stderr} = await changeAll('--from-file', path, '--yes')
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`“Bulk 1” stands twice: ${path} line 2 and ${path} line 4.`)
    expect(await jobs()).toEqual([])
  })

  test('one subscription by two of its names is an error, too', async () => {
    const path = file('names', 'Bulk 1\nBulk 2\nsub_Bulk1\n\nsub_Bulk2\n')
    expect(await changeAll('--from-file', path, '--yes')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        `Error: “Bulk 1” (${path} line 1) and “sub_Bulk1” (${path} line 3) mean the same subscription. ` +
        `“Bulk 2” (${path} line 2) and “sub_Bulk2” (${path} line 5) mean the same subscription.\n` +
        'Give each once. Nothing was changed. (usage, exit 2)\n',
    })
    expect(await jobs()).toEqual([])
  })

  test.each([
    ['to be changed already', toScale],
    ['not changed', ['plan', 'change', '--to', 'growth', '--allow-over-limit']],
  ])('so it is where its subscription is %s', async (_, words) => {
    await changeAll('Bulk 1', 'Bulk 2', '--yes')
    await ask(
      database,
      `update subscriptions set pending_plan_id = null where tenant_id in (select id from tenants where name = 'Bulk 2')`,
    )
    const path = file('names', 'Bulk 1\nsub_Bulk1\n')
    const {exitCode, stderr} = await pm([...words, '--from-file', path, '--dry-run'])
    expect({exitCode, stderr}).toEqual({
      exitCode: 2,
      stderr: `Error: “Bulk 1” (${path} line 1) and “sub_Bulk1” (${path} line 2) mean the same subscription.\nGive each once. Nothing was changed. (usage, exit 2)\n`,
    })
  })

  test('of which nothing is to be changed is headed by that', async () => {
    await changeAll('Bulk 1', 'Bulk 2', '--yes')
    const path = file('names', 'Bulk 1\nBulk 2\n')
    expect(await changeAll('--from-file', path, '--yes')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('\nNothing to change: 2 subscriptions are so already.\n'),
    })
    const mixed = file('mixed', 'Bulk 1\nnobody\n')
    const {exitCode, stderr} = await changeAll('--from-file', mixed, '--yes')
    expect({exitCode, stderr}).toEqual({
      exitCode: 6,
      stderr: expect.stringContaining('\nNothing to change: 1 subscription is so already, 1 is unknown.\n'),
    })
  })

  test('that is separated by semicolons, without a header that is known, is an error that says so', async () => {
    const path = file('firms.csv', 'Firma;Rang\nBulk 1;1\nBulk 2;2\n')
    expect(await changeAll('--from-file', path, '--yes')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(
        `Error: ${path} looks separated by semicolons, and what its lines say names nothing.\n`,
      ),
    })
    expect(await jobs()).toEqual([])
  })

  test('beside another one, whose lines have the same numbers, is told by names alone', async () => {
    const path = file('names', 'Bulk 1\nnobody\n')
    const {exitCode, stderr} = await pm([...toScale, '-', '--from-file', path, '--yes'], {stdin: 'Bulk 2\nnowhere\n'})
    expect({exitCode, stderr}).toEqual({
      exitCode: 8,
      stderr: expect.stringContaining('2 left out, unknown: nowhere, nobody.'),
    })
    expect((await results()).map(({line}: {line: number | null}) => line)).toEqual([null, null, null, null])
  })

  test('of which one unknown name has a semicolon leaves that one out', async () => {
    const path = file('names', 'Bulk 1\nBulk; 2\n')
    const {exitCode, stderr} = await changeAll('--from-file', path, '--yes')
    expect({exitCode, stderr}).toEqual({
      exitCode: 8,
      stderr: expect.stringContaining('1 left out, unknown: Bulk; 2 (line 2).'),
    })
  })

  test.each([
    ['is not there', 'missing.csv', undefined, 'cannot be read: there is no such file or folder.'],
    ['is no text', 'binary', Buffer.from([0x66, 0xfe, 0xfd]), 'is not in UTF-8: line 1 is not.'],
  ])('a file that %s', async (_, name, bytes, why) => {
    const path = join(folder, name)
    if (bytes) writeFileSync(path, bytes)
    const {exitCode, stderr} = await changeAll('--from-file', path, '--yes')
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`${path} ${why}`)
  })

  test('a text on stdin in another encoding', async () => {
    const place = {env: {DATABASE_URL: database.url('op_admin')}, stdin: Buffer.from('tenant\nCaf\xe9\n', 'latin1')}
    const {exitCode, stderr} = await startPm([...toScale, '-', '--yes'], place).ended
    expect(exitCode).toBe(2)
    expect(stderr).toContain(
      'stdin is not in UTF-8: line 2 is not.\nConvert it first: … | iconv -f WINDOWS-1252 -t UTF-8 | pm … (usage, exit 2)\n',
    )
    expect(await jobs()).toEqual([])
  })

  test('a selection that finds none is nothing to do, whichever way it is said: exit 0, and no job', async () => {
    for (const selection of [
      ['--from-plan', 'enterprise', '--status', 'unpaid'],
      ['--where', 'search=nobody'],
    ]) {
      const {exitCode, stdout, stderr} = await changeAll(...selection, '--yes', '-o', 'json')
      expect([exitCode, JSON.parse(stdout).rows, stderr]).toEqual([
        0,
        [],
        expect.stringMatching(/\nNothing to do\.\n$/),
      ])
    }
    expect(await changesOf(database)).toEqual([])
  })

  test('a selection by what does not exist is an error: exit 3', async () => {
    for (const selection of [
      ['--from-plan', 'nope'],
      ['--where', 'plan=nope'],
    ])
      expect(await changeAll(...selection, '--yes')).toMatchObject({
        exitCode: 3,
        stderr: expect.stringContaining('No plan nope.'),
      })
  })

  test.each([
    [[], 'Which tenant?\nGive it as an argument: see pm plan change --help.'],
    [['Bulk 1'], 'Which plan?\nGive it with --to PLAN: see pm plan change --help.'],
    [['--from-plan', 'growth'], 'Which plan?\nGive it with --to PLAN: see pm plan change --help.'],
    [
      ['--from-plan', 'growth', '--where', 'plan=growth', '--to', 'scale'],
      '--where and --from-plan both say which tenants.\nName them, list them, or select them: one of these.',
    ],
    [
      ['--where', 'plan=growth', '--where', 'plan=scale', '--to', 'scale'],
      '--where plan stands twice, and pm tenant list filters by one plan.\nAll that is given must hold. Give it once.',
    ],
    [['Bulk 1', '--to', 'scale', '--valid-for', '3h'], '--valid-for goes with --save.\nSee --help.'],
  ])('%j says what is wrong with it', async (argv, message) => {
    expect(await pm(['plan', 'change', ...argv])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: ${message} (usage, exit 2)\n`,
    })
  })

  test('names and a selection do not go together', async () => {
    const {exitCode, stderr} = await changeAll('Bulk 1', '--from-plan', 'growth', '--yes')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('Bulk 1 and --from-plan both say which tenants.')
  })
})

describe('what cannot be changed', () => {
  const named = 'Bulk 1\nBulk 2\nnobody.example\nMeadow Pets\n'

  test('is left out and told of; the others are done: exit 8', async () => {
    const [gone] = await ask<{name: string}>(database, 'select name from tenants where deleted is not null limit 1')
    const rejects = join(folder, 'left.csv')
    const list = file('names', `${named}${gone?.name}\n`)
    const {exitCode, stderr} = await changeAll('--from-file', list, '--yes', '--rejects', rejects)
    expect({exitCode, stderr}).toMatchObject({exitCode: 8})
    expect(await pendingPlans(database)).toEqual({none: 3, scale: 2})
    const outcomes = (await results()).map(({target, outcome}: Record<string, string>) => `${target}: ${outcome}`)
    expect(outcomes).toEqual(
      expect.arrayContaining([
        'Bulk 1: changed',
        'Bulk 2: changed',
        'nobody.example: unknown',
        'Meadow Pets: refused',
        `${gone?.name}: deleted`,
      ]),
    )
    expect(readFileSync(rejects, 'utf8')).not.toContain('Bulk')
    expect(statSync(rejects).mode & 0o777).toBe(0o600)
  })

  test('what is to change already is not a failure: exit 0', async () => {
    await changeAll('--from-file', file('first', 'Bulk 1\n'), '--yes')
    const {exitCode, stderr} = await changeAll('--from-file', file('both', 'Bulk 1\nBulk 2\n'), '--yes')
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(await results(2)).toMatchObject([
      {target: 'Bulk 2', outcome: 'changed'},
      {target: 'Bulk 1', outcome: 'already'},
    ])
  })

  test('what is true of many is said once, of all their names; what was not changed is listed by the command offered', async () => {
    await changeAll('--from-file', file('four', 'Bulk 1\nBulk 2\nBulk 3\nBulk 4\n'), '--yes')
    const list = file('more', 'Bulk 1\nBulk 2\nBulk 3\nBulk 4\nBulk 5\nMeadow Pets\n')
    const {exitCode, stderr} = await changeAll('--from-file', list, '--yes')
    expect([exitCode, stderr]).toEqual([
      8,
      expect.stringContaining(
        '! 4 left out, already: Bulk 1 (line 1), Bulk 2 (line 2), Bulk 3 (line 3), Bulk 4 (line 4) are to change to scale already.\n',
      ),
    ])
    expect(stderr.trimEnd().split('\n').slice(-2)).toEqual([
      'Error: 1 was not changed.',
      'See which and why: pm job results 2 --outcome unknown,deleted,refused,stale (partly_done, exit 8)',
    ])
  })

  test('a reason is told to its end, and on a narrow terminal in lines that are broken between words', async () => {
    await ask(
      database,
      `update subscriptions s set plan_id = scale.id, pending_plan_id = growth.id from tenants t, plans scale, plans growth
        where t.id = s.tenant_id and t.name in ('Bulk 1', 'Bulk 2') and scale.slug = 'scale' and growth.slug = 'growth'`,
    )
    const list = file('three', 'Bulk 1\nBulk 2\nBulk 3\n')
    const {stderr} = await pm([...toScale, '--from-file', list, '--dry-run'], {isTTY: {stderr: true}, width: 80})
    expect(stderr).toContain(
      `
! 2 left out, refused: Bulk 1 (line 1), Bulk 2 (line 2) are on scale but about
  to leave it: pm plan keep.
! Stripe is not told. Its schedules must be changed there, too.
`,
    )
  })

  test('nothing but that: nothing to do, exit 0, no job', async () => {
    const list = file('one', 'Bulk 1\n')
    await changeAll('--from-file', list, '--yes')
    const {exitCode, stderr} = await changeAll('--from-file', list, '--yes')
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('Nothing to do.')])
    expect(await jobs()).toHaveLength(1)
  })

  test('nothing is possible: exit 6, no job', async () => {
    const {exitCode, stderr} = await changeAll('--from-file', file('names', 'nobody\nno-one\n'), '--yes')
    expect([exitCode, stderr]).toEqual([6, expect.stringContaining('None of it is possible.')])
    expect(await jobs()).toEqual([])
  })

  test('who is beyond the limits of the plan is refused, unless that is allowed', async () => {
    const list = file('names', 'Acme\nBulk 1\n')
    const {exitCode} = await pm(['plan', 'change', '--to', 'starter', '--from-file', list, '--yes'])
    expect(exitCode).toBe(8)
    expect(await results()).toMatchObject([
      {target: 'Bulk 1', outcome: 'changed'},
      {target: 'Acme', outcome: 'refused', reason: expect.stringContaining('Acme is beyond ')},
    ])
    const allowed = ['plan', 'change', '--to', 'starter', '--from-file', list, '--allow-over-limit', '--yes']
    expect((await pm(allowed)).exitCode).toBe(0)
  })

  test.each([
    ['the list itself', (list: string) => ['--rejects', list]],
    ['one file for both', (list: string) => ['--results', `${list}.ndjson`, '--rejects', `${list}.ndjson`]],
    ['a folder that is not there', (list: string) => ['--results', join(list, 'none', 'left.csv')]],
  ])('nothing is begun where results would go to %s', async (_, flags) => {
    const list = file('listed.csv', 'tenant\nBulk 1\n')
    const {exitCode, stderr} = await changeAll('--from-file', list, '--yes', ...flags(list))
    expect({exitCode, stderr}).toMatchObject({exitCode: 2, stderr: expect.stringContaining('Nothing was changed.')})
    expect(readFileSync(list, 'utf8')).toBe('tenant\nBulk 1\n')
    expect(await changesOf(database)).toEqual([])
  })

  test.each(['csv', 'tsv', 'ndjson', 'jsonl', 'json'])(
    'what was rejected can be fed back as .%s, with why',
    async (format) => {
      const rejects = join(folder, `left.${format}`)
      await changeAll('--from-file', file('names', 'Bulk 1\n\nBulk 7\n'), '--yes', '--rejects', rejects)
      await ask(database, "update tenants set name = 'Bulk 7' where name = 'Bulk 5'")
      expect(readFileSync(rejects, 'utf8')).toContain('No tenant or subscription Bulk 7.')
      expect(await results()).toEqual([
        {row: 1, line: 1, target: 'Bulk 1', outcome: 'changed', reason: null},
        {row: 2, line: 3, target: 'Bulk 7', outcome: 'unknown', reason: 'No tenant or subscription Bulk 7.'},
      ])
      const {exitCode, stderr} = await changeAll('--from-file', rejects, '--yes')
      expect({exitCode, stderr}).toMatchObject({exitCode: 0})
      expect(await pendingPlans(database)).toEqual({none: 3, scale: 2})
    },
  )
})

describe('how it ended is told and exits as ever', () => {
  const list = () => file('names', 'Bulk 1\nBulk 7\n')

  test('where nobody reads what it came to', async () => {
    const {exitCode, stderr} = await pm([...toScale, '--from-file', list(), '--yes', '-o', 'json'], {reads: 0})
    expect(exitCode).toBe(8)
    expect(stderr).toContain('Done: job 1. To undo all of it: pm audit undo 1')
    expect(stderr).toContain('"message":"1 was not changed."')
    const whole = await pm([...toScale, '--from-file', file('two', 'Bulk 2\n'), '--yes', '-o', 'json'], {reads: 0})
    expect(whole).toMatchObject({exitCode: 0, stderr: expect.stringContaining('Done: job 2.')})
  })

  test('where a job that is resumed has no reader', async () => {
    await pm([...toScale, '--from-file', list(), '--yes'])
    await ask(database, "update pm.jobs set state = 'paused'")
    const {exitCode, stderr} = await pm(['job', 'resume', '1', '--yes'], {reads: 0})
    expect([exitCode, stderr]).toEqual([8, expect.stringContaining('was not changed.')])
  })

  test('where its results cannot be written in the end', async () => {
    const results = join(folder, 'full.csv')
    symlinkSync('/dev/full', results)
    const argv = [...toScale, '--from-file', file('one', 'Bulk 1\n'), '--yes', '--results', results]
    const {exitCode, stderr} = await pm(argv)
    expect(exitCode).toBe(8)
    expect(stderr).toContain('Done: job 1. To undo all of it: pm audit undo 1')
    expect(stderr).toContain(`Error: ${results} could not be written: `)
  })
})

describe('before it begins', () => {
  const five = () => file('names', 'Bulk 1\nBulk 2\nBulk 3\nBulk 4\nBulk 5\n')

  test('what would change is told in names', async () => {
    const {stderr} = await changeAll('--from-file', five(), '--dry-run')
    expect(stderr).toContain('~ subscription of Bulk 1   pending_plan_id: null → scale')
  })

  test('how many leave which plan is drawn for people, and the same in JSON', async () => {
    await ask(
      database,
      `update subscriptions set plan_id = (select id from plans where slug = 'starter')
        where stripe_subscription_id in ('sub_Bulk1', 'sub_Bulk2')`,
    )
    const stdin = 'Bulk 1\nBulk 2\nBulk 3\n'
    const {stdout, stderr} = await pm([...toScale, '-', '--dry-run', '-o', 'json'], {stdin})
    expect(stderr).toMatch(/^starter → scale {2}▓{13}░{7} {2}2\n\w+ → scale +▓{7}░{13} {2}1$/m)
    const plain = await pm([...toScale, '-', '--dry-run'], {stdin, env: {PM_ACCESSIBLE: '1'}})
    expect(plain.stderr).toMatch(/^from starter to scale {2}2$/m)
    expect(JSON.parse(stdout).effects).toEqual([
      {from: 'starter', to: 'scale', count: 2},
      {from: expect.any(String), to: 'scale', count: 1},
    ])
  })

  test('a dry run shows it, and writes nothing: exit 9', async () => {
    const {exitCode, stderr, stdout} = await changeAll('--from-file', five(), '--dry-run', '-o', 'json')
    expect(exitCode).toBe(9)
    expect(stderr).toContain('Change 5 subscriptions to scale when their periods end.')
    expect(JSON.parse(stdout)).toMatchObject({change: null, job: null})
    expect(await pendingPlans(database)).toEqual({none: 5})
    expect([await jobs(), await changesOf(database)]).toEqual([[], []])
  })

  test('nobody to ask and no consent: exit 7, nothing written', async () => {
    const {exitCode} = await changeAll('--from-file', five())
    expect([exitCode, await jobs(), await changesOf(database)]).toEqual([7, [], []])
  })

  test('nobody to ask and a list on stdin: it has to be piped in again', async () => {
    const {exitCode, stderr} = await pm([...toScale, '-'], {stdin: 'Bulk 1\n'})
    expect([exitCode, stderr.trimEnd().split('\n').slice(-2)]).toEqual([
      7,
      [
        'Error: This needs consent, and there is nobody to ask. Nothing was changed.',
        'To consent, with the list piped in again: pm plan change --to scale - --yes (consent_needed, exit 7)',
      ],
    ])
  })

  test.each([
    [['--rate', '0.5'], '--rate: “0.5” is no whole number of 1 or more.'],
    [['--workers', '999'], '--workers: “999” is no whole number from 1 to 16.'],
    [['--max-lag', '0'], '--max-lag: “0” is no whole number of 1 or more.'],
  ])('%j is refused with what it takes', async (words, message) => {
    expect(await changeAll('Bulk 1', 'Bulk 2', ...words)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: ${message}\nGive one such as 1. (usage, exit 2)\n`,
    })
  })

  test('more rows than --max-rows take the exact number, and not --yes', async () => {
    const argv = ['--from-file', five(), '--max-rows', '4']
    const {exitCode, stderr} = await changeAll(...argv, '--yes')
    expect([exitCode, stderr]).toEqual([7, expect.stringContaining("--confirm '5 subscriptions'")])
    expect((await changeAll(...argv, '--confirm', '4 subscriptions')).exitCode).toBe(2)
    expect(await jobs()).toEqual([])
    expect((await changeAll(...argv, '--confirm', '5 subscriptions')).exitCode).toBe(0)
    expect(await pendingPlans(database)).toEqual({scale: 5})
  })

  test('who may not is refused, and that leaves a trace', async () => {
    const {exitCode} = await pm([...toScale, '--from-file', five(), '--yes'], {}, 'op_viewer')
    expect(exitCode).toBe(5)
    expect(await refusalsOf(database)).toMatchObject([{permission: 'subscription.write', login: 'op_viewer'}])
    expect(await jobs()).toEqual([])
  })
})

describe('the record', () => {
  test('one change, with an image of every row that changed', async () => {
    const {exitCode} = await changeAll('Bulk 1', 'Bulk 2', 'Bulk 3', '--yes', '--reason', 'spring')
    expect(exitCode).toBe(0)
    expect(await changesOf(database)).toMatchObject([{permission: 'subscription.write', reason: 'spring'}])
    expect(await recordedSubscriptions(database)).toEqual({images: 3, rows: 3})
  })

  test('is found by each of what it touched', async () => {
    await changeAll('Bulk 1', 'Bulk 2', '--yes')
    for (const target of ['tenant:Bulk 2', 'subscription:sub_Bulk1', 'plan:scale']) {
      const {stdout} = await pm(['audit', 'list', '--target', target, '-o', 'json'])
      expect([target, JSON.parse(stdout).map(({id}: {id: number}) => id)]).toEqual([target, [1]])
    }
    const {stdout} = await pm(['audit', 'list', '--target', 'tenant:Bulk 3', '-o', 'json'])
    expect(JSON.parse(stdout)).toEqual([])
  })

  test('is not found by what the job never came to', async () => {
    await ask(database, "insert into system_config (key, value) values ('pm.jobs_halted', 'true')")
    await changeAll('Bulk 1', 'Bulk 2', '--yes')
    for (const [target, changes] of [
      ['plan:scale', [1]],
      ['tenant:Bulk 2', []],
    ]) {
      const {stdout} = await pm(['audit', 'list', '--target', String(target), '-o', 'json'])
      expect([target, JSON.parse(stdout).map(({id}: {id: number}) => id)]).toEqual([target, changes])
    }
  })

  test('its results are written as they are listed', async () => {
    const path = join(folder, 'all.ndjson')
    await changeAll('Bulk 1', 'Bulk 2', 'nobody', '--yes', '--results', path)
    const lines = readFileSync(path, 'utf8').trim().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(await results())
    expect(lines).toHaveLength(3)
  })

  test('a file name that tells no format is refused before anything is done', async () => {
    const {exitCode} = await changeAll('Bulk 1', 'Bulk 2', '--yes', '--results', join(folder, 'all.xls'))
    expect([exitCode, await jobs()]).toEqual([2, []])
  })
})
