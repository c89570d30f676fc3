import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {openSandbox} from '../../../src/db/sandbox.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {behaviours, environmentOf, type FakeTree, startTree} from '../../support/dns/fake-tree.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run, withoutBanner} from '../../support/run.ts'

let database: TestDatabase
let tree: FakeTree
let folder: string
beforeEach(async () => {
  database = await freshDatabase()
  tree = await startTree()
  tree.resolver.behaviour = behaviours.refusing
  folder = mkdtempSync(join(tmpdir(), 'pm-check-many-'))
  await ask(database, 'update domains set dns_verification_attempts = 0')
})
afterEach(async () => {
  rmSync(folder, {recursive: true})
  await tree.close()
  await database.drop()
})

const env = () => ({DATABASE_URL: database.url('op_admin'), ...environmentOf(tree)})
const pm = (...argv: string[]) => run({env: env()}, argv)
const check = async (...argv: string[]) =>
  withoutBanner(await pm('domain', 'check', ...argv, '-o', 'csv', '--fields', 'domain,outcome,change'))
const attempts = async (domain: string) =>
  (
    await ask<{attempts: number}>(
      database,
      `select dns_verification_attempts as attempts from domains where domain = '${domain}' order by id`,
    )
  ).map((row) => row.attempts)
const jobs = async () => JSON.parse((await pm('job', 'list', '-o', 'json')).stdout)
const results = async (job: number) =>
  JSON.parse((await pm('job', 'results', `${job}`, '-o', 'json', '--fields', 'line,target,outcome,reason')).stdout)
const file = (...lines: string[]) => {
  const path = join(folder, 'domains.txt')
  writeFileSync(path, lines.join('\n'))
  return path
}
const done = '\nDone: job 1. To undo all of it: pm audit undo 1\n'

describe('pm domain check --write stores', () => {
  it('what it finds of a list by one job, whose results say where in it each stands', async () => {
    const {exitCode, stdout, stderr} = await check(
      '--from-file',
      file('acme.example', '', 'news.acme.example'),
      '--write',
    )
    expect([exitCode, stdout.trimEnd().split('\n').slice(1).sort(), stderr]).toEqual([
      10,
      ['acme.example,unknown,1', 'news.acme.example,unknown,1'],
      done,
    ])
    expect(await changesOf(database)).toMatchObject([
      {permission: 'domain.write', targets: [], images: ['insert pm.jobs 1', 'update domains 2']},
    ])
    expect(await jobs()).toMatchObject([
      {
        headline: 'Store domain checks.',
        standing: 'finished',
        items: 2,
        changed: 2,
        left: 0,
      },
    ])
    expect((await results(1)).sort((a: {line: number}, b: {line: number}) => a.line - b.line)).toEqual([
      {line: 1, target: 'acme.example', outcome: 'changed', reason: null},
      {line: 3, target: 'news.acme.example', outcome: 'changed', reason: null},
    ])
  })

  it.each([
    ['--tenant', 'Acme'],
    ['--status', 'verified'],
    ['--all'],
    ['--where', 'tenant=Acme'],
    ['acme.example', '--rejects', 'FILE'],
  ])('what it finds by %s %s by a job', async (...chosen) => {
    await check(...chosen.map((word) => (word === 'FILE' ? join(folder, 'rejects.csv') : word)), '--write')
    const [job, ...more] = await jobs()
    expect([job.standing, job.changed > 0, more]).toEqual(['finished', true, []])
  })

  it('less than was asked for where nobody reads on, exits 8, and says how to go on', async () => {
    const list = file('acme.example', 'news.acme.example', 'acme-offers.example')
    const argv = ['domain', 'check', '--from-file', list, '--write', '--rate', '5', '-o', 'name']
    const {exitCode, stderr} = await run({env: env(), reads: 0}, argv)
    const stopped = /Error: Stopped, since nobody reads on: \d were checked\. What was found of \d is stored\.\n/
    expect([exitCode, stderr]).toEqual([8, expect.stringMatching(stopped)])
    expect(stderr).toMatch(/\nGo on: pm domain check (--after \S+ )?--from-file /)
  })

  it('all of it where nobody reads that: it ends as ever', async () => {
    const argv = ['domain', 'check', '--from-file', file('acme.example'), '--write', '-o', 'name']
    expect(withoutBanner(await run({env: env(), reads: 0}, argv))).toEqual({stdout: '', exitCode: 10, stderr: done})
    expect(await attempts('acme.example')).toEqual([1])
  })

  it('each of several names by itself', async () => {
    const {stdout, stderr} = await check('acme.example', 'news.acme.example', '--write')
    expect([stdout.trimEnd().split('\n').slice(1).sort(), stderr, await jobs()]).toEqual([
      [
        expect.stringMatching(/^acme\.example,unknown,[12]$/),
        expect.stringMatching(/^news\.acme\.example,unknown,[12]$/),
      ],
      '',
      [],
    ])
    expect(await changesOf(database)).toMatchObject([{images: ['update domains 1']}, {images: ['update domains 1']}])
  })

  it('nothing in a dry run, and begins no job', async () => {
    const {exitCode, stdout, stderr} = await check('--tenant', 'Acme', '--write', '--dry-run')
    const told = 'This was a dry run: nothing is stored.\n'
    expect([exitCode, stdout.includes('acme.example,unknown,\n'), stderr]).toEqual([10, true, told])
    expect([await jobs(), await changesOf(database), await attempts('acme.example')]).toEqual([[], [], [0]])
  })

  it('nothing of domains of which no records are expected, and begins no job', async () => {
    await ask(database, `update domains set dns_records = '{"records": []}'`)
    const {exitCode, stderr} = await check('--tenant', 'Acme', '--write')
    const told = 'Of 5 there was nothing to store: they have no records that DNS could be held against.\n'
    expect([exitCode, stderr, await jobs(), await changesOf(database)]).toEqual([10, told, [], []])
  })

  it('both of two domains that are called the same', async () => {
    await ask(
      database,
      `insert into domains select m.* from jsonb_populate_record((select d from domains d where domain = 'acme.example'),
         jsonb_build_object('id', gen_random_uuid())) m`,
    )
    const {stdout} = await check('--tenant', 'Acme', '--write')
    expect(stdout.match(/^acme\.example,unknown,1$/gm)).toHaveLength(2)
    expect(await attempts('acme.example')).toEqual([1, 1])
  })

  it('and rejects what it could not: unknown, with nothing to store, and in a job', async () => {
    await ask(database, `update domains set dns_records = '{"records": []}' where domain = 'news.acme.example'`)
    const rejects = join(folder, 'rejects.csv')
    const list = file('acme.example', 'nobody.example', 'news.acme.example')
    const {exitCode} = await check('--from-file', list, '--write', '--rejects', rejects)
    const [, ...rows] = readFileSync(rejects, 'utf8').trimEnd().split('\n')
    expect([exitCode, rows]).toEqual([
      10,
      [
        '2,2,nobody.example,unknown,There is nothing called nobody.example.',
        expect.stringMatching(/^3,3,news\.acme\.example,already,/),
      ],
    ])
  })

  it('and rejects what was not tried, where it was cut short: both together are all, once', async () => {
    const rejects = join(folder, 'rejects.csv')
    const names = (await ask<{domain: string}>(database, 'select domain from domains order by id')).map(
      (row) => row.domain,
    )
    const list = file(...names)
    const argv = ['domain', 'check', '--from-file', list, '--write', '--rate', '5', '--rejects', rejects, '-o', 'name']
    const {exitCode, stderr} = await run({env: env(), reads: 0}, argv)
    expect([exitCode, stderr]).toEqual([8, expect.stringContaining('Stopped, since nobody reads on')])
    const [, ...rows] = readFileSync(rejects, 'utf8').trimEnd().split('\n')
    const left = rows.map((row) => row.split(',')[2])
    const changed = (await results(1)).filter(({outcome}: {outcome: string}) => outcome === 'changed')
    expect(rows.at(-1)).toMatch(/,waiting,It was not tried\.$/)
    expect([...left, ...changed.map(({target}: {target: string}) => target)].sort()).toEqual(names.sort())
  })

  it('what of a list is not gone meanwhile, and tells of the other: it can be fed back', async () => {
    const {behaviour} = tree.resolver
    tree.resolver.behaviour = async (incoming) => {
      tree.resolver.behaviour = behaviour
      await ask(database, "update domains set domain = 'was-acme.example' where domain = 'news.acme.example'")
      await ask(database, `update domains set dns_records = '{"records": []}' where domain = 'was-acme.example'`)
      behaviour(incoming)
    }
    const rejects = join(folder, 'rejects.csv')
    const list = file('acme.example', 'news.acme.example')
    const {exitCode, stderr} = await check('--from-file', list, '--write', '--rejects', rejects)
    const reason = 'The records of was-acme.example were changed while they were checked.'
    expect([exitCode, stderr]).toEqual([10, `! ${reason}\n${done}`])
    expect(readFileSync(rejects, 'utf8')).toBe(
      `row,line,target,outcome,reason\n2,2,news.acme.example,refused,${reason}\n`,
    )
    expect(await jobs()).toMatchObject([{standing: 'finished', items: 1, changed: 1, skipped: 1}])
  })

  it('all but what a trigger of the platform refuses, which is told of in its own words and can be fed back', async () => {
    await ask(
      database,
      `create function boom() returns trigger language plpgsql as $$ begin raise exception 'boom'; end $$;
       create trigger boom before update on domains for each row when (new.domain = 'news.acme.example')
         execute function boom()`,
    )
    const rejects = join(folder, 'rejects.csv')
    const list = file('acme.example', 'news.acme.example')
    const {exitCode, stderr} = await check('--from-file', list, '--write', '--rejects', rejects)
    expect([exitCode, stderr]).toEqual([10, `! news.acme.example: boom\n${done}`])
    expect(readFileSync(rejects, 'utf8')).toBe('row,line,target,outcome,reason\n2,2,news.acme.example,failed,boom\n')
    expect(await jobs()).toMatchObject([{standing: 'finished', items: 2, changed: 1, failed: 1}])
    const alone = await check('news.acme.example', '--write')
    expect([alone.exitCode, alone.stderr]).toEqual([10, expect.stringContaining('! news.acme.example: boom\n')])
  })
})

it('refuses the files and the rate of a job where nothing is stored, and a file that is there', async () => {
  const there = file('x')
  const refusals = [
    await check('acme.example', '--rejects', join(folder, 'new.csv')),
    await check('acme.example', '--rate', '5'),
    await check('acme.example', '--write', '--rejects', join(folder, 'domains.pdf')),
    await check('--all', '--write', '--rejects', `${there.replace('.txt', '.csv')}`, '--from-file', there),
  ]
  expect(refusals.map(({exitCode}) => exitCode)).toEqual([2, 2, 2, 2])
  expect(await changesOf(database)).toEqual([])
})

it('works in the sandbox, too, and is undone there as a whole', async () => {
  const connection = await openSandbox({folder: join(folder, 'sandbox'), login: 'op_admin', progress: () => {}})
  const world = {connection, env: environmentOf(tree)}
  const {exitCode, stdout} = await run(world, ['domain', 'check', '--tenant', 'Acme', '--write', '-o', 'name'])
  const [job] = JSON.parse((await run(world, ['job', 'list', '-o', 'json'])).stdout)
  expect([exitCode, job]).toMatchObject([
    10,
    {standing: 'finished', changed: stdout.trimEnd().split('\n').length, left: 0},
  ])
  const {exitCode: undone} = await run(world, ['audit', 'undo', `${job.change}`, '--yes'])
  expect(undone).toBe(0)
  await connection.close()
}, 120_000)
