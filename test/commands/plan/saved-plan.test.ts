import {createHash} from 'node:crypto'
import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {Interrupted} from '../../../src/rules/errors.ts'
import {addTenants, pendingPlans, recordedSubscriptions} from '../../support/bulk.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask, changesOf} from '../../support/records.ts'
import {type Ran, run, type World} from '../../support/run.ts'

let database: TestDatabase
let folder: string
let path: string
beforeEach(async () => {
  database = await freshDatabase()
  await addTenants(database, 5)
  folder = mkdtempSync(join(tmpdir(), 'pm-saved-'))
  path = join(folder, 'plan.json')
})
afterEach(async () => {
  rmSync(folder, {recursive: true})
  await database.drop()
})

const noon = new Date('2026-11-02T12:00:00Z')
const pm = (argv: readonly string[], world: World = {}, login = 'op_admin'): Promise<Ran> =>
  run({now: noon, ...world, env: {DATABASE_URL: database.url(login), ...world.env}}, argv)
const save = (...argv: string[]) => pm(['plan', 'change', ...argv, '--to', 'scale', '--save', path])
const apply = (...argv: string[]) => pm(['plan', 'change', '--apply', path, ...argv])
const later = (hours: number) => ({now: new Date(noon.getTime() + hours * 3_600_000)})
const jobs = async () => (await ask(database, 'select id from pm.jobs')).length
const results = async (job = 1) =>
  JSON.parse((await pm(['job', 'results', `${job}`, '-o', 'json'])).stdout)
    .map(({target, outcome}: Record<string, string>) => `${target}: ${outcome}`)
    .sort()
const past = (some: string) =>
  ask(database, `update subscriptions set status = 'past_due' where stripe_subscription_id like '${some}'`)

describe('saving', () => {
  test('changes nothing, lies where only its owner can read it, and says the whole command that does it', async () => {
    const {exitCode, stderr} = await save('Bulk 1', 'Bulk 2', '--rate', '50', '--reason', "Ada's offer")
    expect(exitCode).toBe(0)
    expect(stderr).toContain(
      `Saved to ${path}, good until 2026-11-03 12:00 UTC. Nothing was changed.\nTo do it: pm plan change --rate 50 --reason 'Ada'\\''s offer' --apply ${path}\n`,
    )
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect([await jobs(), await changesOf(database), await pendingPlans(database)]).toEqual([0, [], {none: 5}])
  })

  test('keeps who made it, when, with which command, for which database and until when', async () => {
    await save('Bulk 1', '-', '--valid-for', '3d')
    const {pm_plan: _, sha256: __, plan: ___, ...kept} = JSON.parse(readFileSync(path, 'utf8'))
    const place = new URL(database.url('op_admin'))
    expect(kept).toEqual({
      command: 'plan change',
      permission: 'subscription.write',
      grade: 'moderate',
      place: `${place.host}${place.pathname}`,
      by: 'ada@penguinmails.example',
      line: `pm plan change 'Bulk 1' - --valid-for 3d --to scale --save ${path}`,
      made: '2026-11-02T12:00:00.000Z',
      until: '2026-11-05T12:00:00.000Z',
    })
  })

  test('saves also that there is nothing to do, so that a script can do what it saved', async () => {
    await pm(['plan', 'change', 'Bulk 1', 'Bulk 2', '--to', 'scale', '--yes'])
    const {exitCode, stderr} = await save('Bulk 1', 'Bulk 2')
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('\nNothing to do.\n\nSaved to ')])
    const {exitCode: applied, stderr: told} = await pm(['plan', 'change', '--apply', path])
    expect([applied, told, await jobs()]).toEqual([0, expect.stringMatching(/\nNothing to do\.\n$/), 1])
  })

  test('saves nothing where nothing is possible', async () => {
    expect(await save('nobody', 'no-one')).toMatchObject({exitCode: 6})
    expect(statSync(path, {throwIfNoEntry: false})).toBeUndefined()
  })

  test.each([
    ['nonsense', '“nonsense” is no length of time.'],
    ['8d', '“8d” is no length of time.'],
  ])('is not good for %s', async (length, message) => {
    expect(await save('Bulk 1', 'Bulk 2', '--valid-for', length)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(message),
    })
  })
})

describe('of one that is named', () => {
  const kept = (flag: string) => ['--yes', flag, flag === '--save' ? path : join(folder, 'kept.csv')]

  test('what is to be kept makes it a job', async () => {
    expect(await pm(['plan', 'change', 'Bulk 1', '--to', 'scale', ...kept('--save')])).toMatchObject({exitCode: 0})
    expect([await jobs(), await pendingPlans(database)]).toEqual([0, {none: 5}])
    expect(await pm(['ip', 'rate', '192.0.2.10', 'poor', ...kept('--rejects')])).toMatchObject({exitCode: 0})
    expect(await jobs()).toBe(1)
  })

  test('what is no job refuses to be kept', async () => {
    await pm(['plan', 'change', 'Bulk 1', '--to', 'scale', '--yes'])
    for (const flag of ['--save', '--results', '--rejects']) {
      const undone = await pm(['audit', 'undo', '1', ...kept(flag)])
      expect(undone).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('Change 1 is no job: it is undone at once or not at all.'),
      })
    }
    for (const one of [['--in-stripe'], ['--subscription', 'sub_Bulk2']]) {
      expect(await pm(['plan', 'change', 'Bulk 2', '--to', 'scale', ...one, ...kept('--save')])).toMatchObject({
        exitCode: 2,
        stderr: `Error: ${one[0]} is for one tenant, and no job.\nName the one, as the only argument and without --save, --results or --rejects. (usage, exit 2)\n`,
      })
    }
    expect([await jobs(), await pendingPlans(database)]).toEqual([0, {none: 4, scale: 1}])
  })
})

describe('doing what was saved', () => {
  test('says whose it is, and does exactly what was seen, whatever was added meanwhile', async () => {
    await save('--from-plan', 'growth', '--allow-over-limit')
    const {items, missed} = JSON.parse(readFileSync(path, 'utf8')).plan
    expect([items.length > 5, missed]).toEqual([true, []])
    await ask(
      database,
      "update subscriptions set plan_id = (select id from plans where slug = 'growth') where status = 'active' and plan_id = (select id from plans where slug = 'starter')",
    )
    const {exitCode, stderr} = await pm(['plan', 'change', '--apply', path, '--yes'], later(3), 'op_billing')
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain(
      `${path}: made by ada@penguinmails.example 3h ago, good until 2026-11-03 12:00 UTC\n  by: pm plan change --from-plan growth --allow-over-limit --to scale --save ${path}\n`,
    )
    expect(await recordedSubscriptions(database)).toEqual({images: items.length, rows: items.length})
    expect(await changesOf(database)).toMatchObject([
      {login: 'op_billing', command: `pm plan change --apply ${path} --yes`},
    ])
  })

  test('leaves alone what changed since, and lists it: exit 8', async () => {
    await save('Bulk 1', 'Bulk 2')
    await past('sub_Bulk1')
    const {exitCode, stderr} = await apply('--yes')
    expect([exitCode, await pendingPlans(database)]).toEqual([8, {none: 4, scale: 1}])
    expect(stderr).toContain(
      '! 1 left out, stale: subscription of Bulk 1 changed since it was planned.\n! Still to be done as planned: 1 of 2.\n',
    )
    expect(await results()).toEqual(['Bulk 1: stale', 'Bulk 2: changed'])
  })

  test('leaves alone what is so already, and that is no failure: exit 0', async () => {
    await save('Bulk 1', 'Bulk 2', 'Bulk 3')
    await pm(['plan', 'change', 'Bulk 2', '--to', 'scale', '--yes'])
    const preview = await apply('--dry-run', '-o', 'json')
    expect([preview.exitCode, JSON.parse(preview.stdout).warnings]).toEqual([
      9,
      [
        '1 left out, already: subscription of Bulk 2 is as planned already.',
        'Still to be done as planned: 2 of 3.',
        'Stripe is not told. Its schedules must be changed there, too.',
      ],
    ])
    expect(await apply('--yes')).toMatchObject({exitCode: 0})
    expect(await results()).toEqual(['Bulk 1: changed', 'Bulk 2: already', 'Bulk 3: changed'])
  })

  test('everything changed since: exit 6, no job, and how to plan it anew', async () => {
    await save('Bulk 1', 'Bulk 2')
    await past('sub_Bulk%')
    for (const consent of ['--yes', '--dry-run']) {
      const {exitCode, stdout, stderr} = await apply(consent, '-o', 'json')
      expect([exitCode, stdout, JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error]).toEqual([
        6,
        '',
        {
          code: 'conflict',
          message: 'The plan is stale: 2 of 2 changed since it was planned, and nothing is left to do.',
          hint: `Plan anew: rm ${path} && pm plan change 'Bulk 1' 'Bulk 2' --to scale --save ${path}`,
          details: {stale: 2},
        },
      ])
    }
    expect([await jobs(), await pendingPlans(database)]).toEqual([0, {none: 5}])
  })

  test('how to plan it anew does what it says, whatever files the first one wrote', async () => {
    const files = ['--results', join(folder, 'res ults.csv'), `--rejects=${join(folder, 'left.csv')}`]
    await save('Bulk 1', 'Bulk 2', ...files)
    await past('sub_Bulk%')
    const {stderr} = await apply('--yes')
    const anew = `pm plan change 'Bulk 1' 'Bulk 2' --to scale --save ${path}`
    expect(stderr).toContain(`\nPlan anew: rm ${path} && ${anew} (conflict, exit 6)\n`)
  })

  test('once done, there is nothing to do any more: exit 0, and no second job', async () => {
    await save('Bulk 1', 'Bulk 2')
    expect(await apply('--yes')).toMatchObject({exitCode: 0})
    for (const consent of ['--yes', '--dry-run'])
      expect(await apply(consent)).toMatchObject({exitCode: 0, stderr: expect.stringMatching(/\nNothing to do\.\n$/)})
    expect([await jobs(), await recordedSubscriptions(database)]).toEqual([1, {images: 2, rows: 2}])
  })

  test('what changes rows, adds rows and takes rows away is told to be there already', async () => {
    const domains = join(folder, 'domains')
    writeFileSync(domains, 'one.acme.example\ntwo.acme.example\n')
    const add = ['domain', 'add', '--from-file', domains, '--tenant', 'acme', '--save', path]
    expect(await pm(add)).toMatchObject({exitCode: 0})
    const done = ['domain', 'add', '--apply', path, '--yes']
    expect(await pm(done)).toMatchObject({exitCode: 0})
    expect(await pm(done)).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('Still to be done as planned: 0 of 2.'),
    })
    const undo = join(folder, 'undo.json')
    expect(await pm(['audit', 'undo', '1', '--save', undo])).toMatchObject({exitCode: 0})
    const undone = ['audit', 'undo', '--apply', undo, '--yes']
    expect(await pm(undone)).toMatchObject({exitCode: 0})
    expect(
      await ask(database, "select id from domains where domain like '%.acme.example' and domain ~ '^(one|two)'"),
    ).toEqual([])
    expect(await pm(undone)).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('Still to be done as planned: 0 of 2.'),
    })
    expect(await jobs()).toBe(2)
  })
})

describe('a plan that is not done', () => {
  test('beside what else says what to change', async () => {
    await save('Bulk 1', 'Bulk 2')
    const list = join(folder, 'list')
    writeFileSync(list, 'Bulk 3\n')
    const refused = async (...words: string[]) => {
      const {exitCode, stderr} = await pm(['plan', 'change', ...words, '--apply', path, '--reason', 'a b', '-y'])
      return [exitCode, stderr]
    }
    const error = (what: string) => [
      2,
      `Error: ${path} says what to do: ${what} cannot be given besides.\nTo do what it says: pm plan change --apply ${path} --reason 'a b' --yes (usage, exit 2)\n`,
    ]
    expect(await refused('--to', 'growth')).toEqual(error('--to'))
    expect(await refused('Bulk 3')).toEqual(error('Bulk 3'))
    expect(await refused('Bulk 3', '--from-plan', 'growth', '--allow-inactive')).toEqual(
      error('Bulk 3, --from-plan, --allow-inactive'),
    )
    expect(await refused('--from-file', list)).toEqual(error('--from-file'))
    expect(await refused('--where', 'plan=growth')).toEqual(error('--where'))
    expect(await refused('-')).toEqual(error('-'))
    expect([await jobs(), await pendingPlans(database)]).toEqual([0, {none: 5}])
  })

  test.each([
    ['ip rate', ['poor']],
    ['ip release', ['--as', 'available']],
    ['staff set-role', ['viewer']],
    ['domain add', ['--tenant', 'acme']],
    ['job retry', ['1']],
    ['audit undo', ['1']],
    ['account suspend', ['hello@acme.example']],
  ])('beside what else %s is told', async (command, words) => {
    const {exitCode, stderr} = await pm([...command.split(' '), ...words, '--apply', path, '--yes'])
    expect([exitCode, stderr]).toEqual([
      2,
      `Error: ${path} says what to do: ${words[0]} cannot be given besides.\nTo do what it says: pm ${command} --apply ${path} --yes (usage, exit 2)\n`,
    ])
  })

  test('too late: exit 6, and how to plan it anew', async () => {
    await save('Bulk 1', 'Bulk 2')
    const {exitCode, stderr} = await pm(['plan', 'change', '--apply', path, '--yes'], later(24))
    expect([exitCode, stderr]).toEqual([
      6,
      `Error: ${path} was to be done before 2026-11-03 12:00 UTC.\nPlan anew: rm ${path} && pm plan change 'Bulk 1' 'Bulk 2' --to scale --save ${path} (conflict, exit 6)\n`,
    ])
    expect(await pm(['plan', 'change', '--apply', path, '--yes'], later(23))).toMatchObject({exitCode: 0})
  })

  test('by somebody who may not', async () => {
    await save('Bulk 1', 'Bulk 2')
    expect(await pm(['plan', 'change', '--apply', path, '--yes'], {}, 'op_viewer')).toMatchObject({exitCode: 5})
    expect(await jobs()).toBe(0)
  })

  test('by somebody whom it concerns, whoever made it', async () => {
    await pm(['staff', 'role', 'grant', 'operations', 'staff.write', '--yes'])
    const people = ['olga@penguinmails.example', 'sam@penguinmails.example']
    await pm(['staff', 'set-role', ...people, 'viewer', '--save', path])
    expect(await pm(['staff', 'set-role', '--apply', path, '--yes'], {}, 'op_operations')).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining('Nobody changes their own place on the staff.'),
    })
    expect(await jobs()).toBe(0)
    expect(await pm(['staff', 'set-role', '--apply', path, '--yes'])).toMatchObject({exitCode: 0})
  })

  test('asks for nothing on a terminal but whether to go ahead', async () => {
    await save('Bulk 1', 'Bulk 2')
    const asked: string[] = []
    const refuse = async (message: string) => {
      asked.push(message)
      throw new Interrupted('Nothing was changed.')
    }
    const asker = {search: refuse, choose: refuse, text: refuse, typed: refuse, yesNo: refuse}
    const world = {asker, isTTY: {stdin: true, stdout: true, stderr: true}}
    expect(await pm(['plan', 'change', '--apply', path], world)).toMatchObject({exitCode: 130})
    expect(asked).toEqual(['Go ahead?'])
    for (const command of ['ip rate', 'audit undo', 'job retry', 'domain add', 'staff set-role']) {
      const {stderr} = await pm([...command.split(' '), '--apply', path], world)
      expect([command, stderr]).toEqual([command, expect.stringContaining('is a plan of another command.')])
    }
    expect(asked).toHaveLength(1)
  })

  test('edited', async () => {
    await save('Bulk 1', 'Bulk 2')
    writeFileSync(path, readFileSync(path, 'utf8').replace('Bulk 1', 'Bulk 3'))
    const {exitCode, stderr} = await apply('--yes')
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`${path} was changed since pm saved it.`)])
    expect(await jobs()).toBe(0)
  })

  test.each([
    ['line 2: permission should be one that there is, not "all.of.it".', 'subscription.write', 'all.of.it'],
    ['line 2: until should be a time.', '2026-11-03T', 'soon'],
    ['line 2: plan.targets should be a list.', '"targets":["plan:scale"]', '"targets":7'],
    ['line 3: rows[0].table should be public.subscriptions.', 'public.subscriptions', 'public.users'],
    ['line 3: rows[0].key should be {id}.', '"key":{"id"', '"key":{"tenant_id"'],
    ['line 3: rows[0].before should be an object.', '"before":{', '"before":7,"former":{'],
    ['line 3: target should be a text.', '"target":"Bulk 1"', '"target":null'],
    ['line 3 is no JSON.', '{"target":"Bulk 1"', '{"target":Bulk 1'],
    ['holds a row that this database cannot have.', '"before":{', '"before":{"no_such_column":1,'],
    ['holds a row that this database cannot have.', '"key":{"id":"', '"key":{"id":"x'],
  ])('although its digest is right: %s', async (wrong, from, to) => {
    await save('Bulk 1', 'Bulk 2')
    const [, ...rest] = readFileSync(path, 'utf8').replace(from, to).split('\n')
    const sha256 = createHash('sha256').update(rest.join('\n')).digest('hex')
    writeFileSync(path, [`{"pm_plan":2,"sha256":"${sha256}",`, ...rest].join('\n'))
    const {exitCode, stderr} = await apply('--yes')
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`${path} ${wrong}`)])
    expect(await jobs()).toBe(0)
  })

  test('of another database', async () => {
    await save('Bulk 1', 'Bulk 2')
    const other = await freshDatabase()
    try {
      const {exitCode} = await pm(['plan', 'change', '--apply', path, '--yes'], {
        env: {DATABASE_URL: other.url('op_admin')},
      })
      expect([exitCode, await ask(other, 'select id from pm.jobs')]).toEqual([6, []])
    } finally {
      await other.drop()
    }
  })

  test('by another command, also where both need the same permission', async () => {
    const ips = join(folder, 'ips')
    writeFileSync(ips, '192.0.2.10\n')
    await pm(['ip', 'rate', '--from-file', ips, 'poor', '--save', path])
    const {exitCode, stderr} = await pm(['ip', 'release', '--apply', path, '--yes'])
    expect([exitCode, stderr]).toEqual([
      2,
      `Error: ${path} is a plan of another command.\nIt is of: pm ip rate (usage, exit 2)\n`,
    ])
  })

  test('that is not there', async () => {
    expect(await apply('--yes')).toMatchObject({
      exitCode: 2,
      stderr: `Error: ${path} cannot be read: there is no such file or folder.\nIt should be a plan that --save wrote. (usage, exit 2)\n`,
    })
  })

  test.each([
    ['no plan', '{"items": []}', 'is no plan that this pm saved.'],
    ['nothing', '', 'is no plan that this pm saved.'],
  ])('that is %s', async (_, text, message) => {
    writeFileSync(path, text)
    const {exitCode, stderr} = await apply('--yes')
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`${path} ${message}`)])
  })
})
