import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {addTenants, pendingPlans, recordedSubscriptions} from '../../support/bulk.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask, changesOf, refusalsOf} from '../../support/records.ts'
import {type Ran, run} from '../../support/run.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await freshDatabase()
  await addTenants(database, 5)
})
afterEach(() => database.drop())

const pm = (argv: readonly string[], login = 'op_admin'): Promise<Ran> =>
  run({env: {DATABASE_URL: database.url(login)}}, argv)
const names = ['Bulk 1', 'Bulk 2', 'Bulk 3', 'Bulk 4', 'Bulk 5']
const begin = () => pm(['plan', 'change', ...names, '--to', 'scale', '--yes'])
const shown = async () => JSON.parse((await pm(['job', 'show', '1', '-o', 'json'])).stdout)

/** A job that is begun and of which nothing is done, as after its client died. */
async function waiting(): Promise<void> {
  await begin()
  await ask(database, 'update pm.job_pages set position = 0, done = 0')
  await ask(database, "update subscriptions set pending_plan_id = null where stripe_subscription_id like 'sub_Bulk%'")
}

describe('looking', () => {
  test('the list and the one say how far a job is', async () => {
    await begin()
    const job = await shown()
    expect(job).toMatchObject({
      job: 1,
      headline: 'Change 5 subscriptions to scale when their periods end.',
      standing: 'finished',
      items: 5,
      changed: 5,
      failed: 0,
      already: 0,
      skipped: 0,
      left: 0,
      change: 1,
      undo_of: null,
      stalled_since: null,
      stopped: null,
    })
    const {stdout} = await pm(['job', 'list', '-o', 'json'])
    expect(JSON.parse(stdout)).toEqual([job])
  })

  test('the list by state', async () => {
    await begin()
    const ids = async (state: string) => (await pm(['job', 'list', '--state', state, '-o', 'name'])).stdout
    expect([await ids('finished'), await ids('running,paused')]).toEqual(['1\n', ''])
  })

  test('the results, and only some of them', async () => {
    await waiting()
    const results = async (...argv: string[]) => (await pm(['job', 'results', '1', '-o', 'name', ...argv])).stdout
    expect((await results()).trim().split('\n').sort()).toEqual(names)
    expect((await results('--outcome', 'waiting')).trim().split('\n')).toHaveLength(5)
    expect(await results('--outcome', 'changed,failed')).toBe('')
  })

  test('watching a finished job ends at once', async () => {
    await begin()
    expect((await pm(['job', 'watch', '1'])).exitCode).toBe(0)
  })

  test.each([
    ['99', 3, 'There is no job 99.'],
    ['twelve', 2, '“twelve” is not the number of a job.'],
  ])('job %s', async (id, exit, message) => {
    for (const command of ['show', 'results', 'watch', 'pause', 'resume', 'cancel', 'retry']) {
      const {exitCode, stderr} = await pm(['job', command, id])
      expect([command, exitCode, stderr]).toEqual([command, exit, expect.stringContaining(message)])
    }
  })
})

describe('steering', () => {
  test('resume goes on with what is left, under the change that began', async () => {
    await waiting()
    const {exitCode, stderr} = await pm(['job', 'resume', '1'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(await pendingPlans(database)).toEqual({scale: 5})
    expect(await changesOf(database)).toHaveLength(1)
  })

  test('resume writes its own results anew, and over nothing else', async () => {
    await waiting()
    const folder = mkdtempSync(join(tmpdir(), 'pm-resume-'))
    try {
      const resume = async (name: string, text: string) => {
        const path = join(folder, name)
        writeFileSync(path, text)
        const {exitCode} = await pm(['job', 'resume', '1', '--results', path])
        return [exitCode, readFileSync(path, 'utf8') === text]
      }
      expect(await resume('precious.csv', 'name,row\nAda,1\n')).toEqual([2, true])
      expect(await resume('precious.json', '{"row": 1}\n')).toEqual([2, true])
      expect((await shown()).left).toBe(5)
      for (const name of ['all.csv', 'all.tsv', 'all.json', 'all.ndjson']) {
        expect([name, await resume(name, '')]).toEqual([name, [0, false]])
        const written = readFileSync(join(folder, name), 'utf8')
        expect([name, await resume(name, `${written}\n`)]).toEqual([name, [0, false]])
      }
    } finally {
      rmSync(folder, {recursive: true})
    }
  })

  test('of a finished job there is nothing to resume: nothing is done twice', async () => {
    await begin()
    const {exitCode} = await pm(['job', 'resume', '1'])
    expect([exitCode, await recordedSubscriptions(database)]).toEqual([0, {images: 5, rows: 5}])
  })

  test('somebody else may resume it, under a change of their own', async () => {
    await waiting()
    await ask(database, "update pm.jobs set state = 'paused'")
    const {exitCode, stderr} = await pm(['job', 'resume', '1', '--yes'], 'op_billing')
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect((await changesOf(database)).map(({login, permission, images}) => ({login, permission, images}))).toEqual([
      {login: 'op_admin', permission: 'subscription.write', images: ['insert pm.jobs 1', 'update subscriptions 5']},
      {login: 'op_billing', permission: 'job.write', images: ['update pm.jobs 1']},
      {login: 'op_billing', permission: 'subscription.write', images: ['update subscriptions 5']},
    ])
  })

  test('a paused job waits, is resumed, and then it runs to its end', async () => {
    await waiting()
    expect((await pm(['job', 'pause', '1', '--yes'])).exitCode).toBe(0)
    expect(await shown()).toMatchObject({standing: 'paused', left: 5})
    const {exitCode, stderr} = await pm(['job', 'resume', '1', '--yes'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(await shown()).toMatchObject({standing: 'finished', changed: 5})
  })

  test('a dry run shows what is left, and leaves it', async () => {
    await waiting()
    expect(await pm(['job', 'resume', '1', '--dry-run'])).toMatchObject({exitCode: 9})
    await pm(['job', 'pause', '1', '--yes'])
    expect(await pm(['job', 'resume', '1', '--dry-run'])).toMatchObject({exitCode: 9})
    expect(await shown()).toMatchObject({standing: 'paused', left: 5})
    expect(await pendingPlans(database)).toEqual({none: 5})
  })

  test('a paused job stays so for somebody who may not do what it does', async () => {
    await waiting()
    await pm(['job', 'pause', '1', '--yes'])
    expect(await pm(['job', 'resume', '1', '--yes'], 'op_operations')).toMatchObject({exitCode: 5})
    expect(await shown()).toMatchObject({standing: 'paused', left: 5})
  })

  test.each(['true', '"true"', '1'])('where all jobs are halted (%s) none goes on, however short', async (value) => {
    await waiting()
    await ask(
      database,
      `insert into system_config (key, value) values ('pm.jobs_halted', '${value}')
       on conflict (key) do update set value = excluded.value`,
    )
    const {exitCode, stderr} = await pm(['job', 'resume', '1'])
    expect([exitCode, stderr]).toEqual([
      8,
      [
        'Error: Job 1 stopped, because all jobs are halted. None of 5 was changed, 5 are left.',
        'Let them run: pm config set pm.jobs_halted false   Then: pm job resume 1 (partly_done, exit 8)\n',
      ].join('\n'),
    ])
    expect([await pendingPlans(database), await shown()]).toMatchObject([
      {none: 5},
      {left: 5, standing: 'stopped', stopped: 'halted'},
    ])
    const watched = await pm(['job', 'watch', '1'])
    expect([watched.exitCode, watched.stderr]).toEqual([
      8,
      'Error: Job 1 is stopped (halted): 5 of 5 are left.\nGo on: pm job resume 1 (partly_done, exit 8)\n',
    ])
    expect((await pm(['job', 'list', '--state', 'stopped', '-o', 'name'])).stdout).toBe('1\n')
  })

  test('a canceled job stays canceled', async () => {
    await waiting()
    expect((await pm(['job', 'cancel', '1', '--yes'])).exitCode).toBe(0)
    const {exitCode, stderr} = await pm(['job', 'resume', '1', '--yes'])
    expect([exitCode, stderr]).toEqual([
      6,
      'Error: Job 1 is canceled: there is nothing to go on with.\nSee what it did: pm job results 1   Do the rest after all: pm job retry 1 (conflict, exit 6)\n',
    ])
    expect(await pendingPlans(database)).toEqual({none: 5})
  })

  test('what a canceled job left is done by retry, once', async () => {
    await waiting()
    await pm(['job', 'cancel', '1', '--yes'])
    const {stdout} = await pm(['job', 'results', '1', '-o', 'csv', '--fields', 'outcome,reason'])
    expect(stdout.split('\n').slice(1, 3)).toEqual(Array(2).fill('waiting,The job was canceled before its turn.'))
    const {exitCode, stderr} = await pm(['job', 'retry', '1', '--yes'])
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining(
        'Try again what is not done of job 1: Change 5 subscriptions to scale when their periods end.',
      ),
    ])
    expect([await pendingPlans(database), await recordedSubscriptions(database)]).toEqual([
      {scale: 5},
      {images: 10, rows: 5},
    ])
    const {stderr: again, exitCode: nothing} = await pm(['job', 'retry', '1', '--yes'])
    expect([nothing, again]).toEqual([0, expect.stringMatching(/\nNothing to do\.\n$/)])
  })

  test('what is left of a job that is not over is not taken from it by retry, which says how to go on', async () => {
    await waiting()
    await pm(['job', 'pause', '1'])
    const {exitCode, stderr} = await pm(['job', 'retry', '1', '--yes'])
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringMatching(
        /\n! Job 1 is paused: 5 are left of it, which it still does itself: pm job resume 1\.\nNothing to do\.\n$/,
      ),
    ])
  })

  test('a job that somebody paused takes consent to go on; there is no name to type', async () => {
    await waiting()
    await pm(['job', 'pause', '1'])
    const {exitCode, stderr} = await pm(['job', 'resume', '1'])
    expect([exitCode, stderr]).toEqual([
      7,
      expect.stringMatching(
        /Error: This needs consent, and there is nobody to ask\. Nothing was changed\.\nTo consent: pm job resume 1 --yes \(consent_needed, exit 7\)\n$/,
      ),
    ])
    expect(await pm(['job', 'resume', '1', '--confirm', 'garbage'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('There is no flag --confirm.'),
    })
    expect(await shown()).toMatchObject({standing: 'paused', left: 5})
  })

  test.each(['pause', 'cancel'])(
    'a finished job is past %s, also one that was paused at its very end',
    async (verb) => {
      await begin()
      const refused = [
        6,
        `Error: Job 1 is finished: there is nothing to ${verb}.\nSee what it did: pm job results 1 (conflict, exit 6)\n`,
      ]
      const attempt = async () => {
        const {exitCode, stderr} = await pm(['job', verb, '1', '--yes'])
        return [exitCode, stderr]
      }
      expect(await attempt()).toEqual(refused)
      await ask(database, "update pm.jobs set state = 'paused'")
      expect([await attempt(), (await pm(['job', 'resume', '1'])).exitCode]).toEqual([refused, 0])
      expect(await changesOf(database)).toHaveLength(1)
    },
  )

  test('a job on which nobody has worked for a minute is stalled, until somebody does', async () => {
    await waiting()
    expect(await shown()).toMatchObject({standing: 'running', stalled_since: null})
    await ask(database, "update pm.job_pages set touched = touched - interval '61 seconds'")
    const {touched, ...job} = await shown()
    expect(job).toMatchObject({standing: 'stalled', stalled_since: touched, left: 5})
    const listed = async (state: string) => (await pm(['job', 'list', '--state', state, '-o', 'name'])).stdout
    expect([await listed('stalled'), await listed('running')]).toEqual(['1\n', ''])
    expect((await pm(['job', 'show', '1', '-o', 'table'])).stdout).toContain(
      'Nobody works on it any more. Go on: pm job resume 1\n',
    )
    expect((await pm(['job', 'resume', '1'])).exitCode).toBe(0)
    expect(await shown()).toMatchObject({standing: 'finished', stalled_since: null})
  })

  test('a stalled job can be paused', async () => {
    await waiting()
    await ask(database, "update pm.job_pages set touched = null; update pm.jobs set made = made - interval '1 day'")
    expect((await shown()).standing).toBe('stalled')
    expect((await pm(['job', 'pause', '1', '--yes'])).exitCode).toBe(0)
    expect(await shown()).toMatchObject({standing: 'paused', stalled_since: null})
  })

  test.each([
    ['pause', 'Job 1 is paused: 5 of 5 are left.\nGo on: pm job resume 1 (partly_done, exit 8)\n'],
    ['cancel', 'Job 1 is canceled: 5 of 5 are left.\nSee what it did: pm job results 1 (partly_done, exit 8)\n'],
  ])('watching a job ends when it does: %s', async (verb, told) => {
    await waiting()
    await pm(['job', verb, '1', '--yes'])
    const {exitCode, stderr} = await pm(['job', 'watch', '1'])
    expect([exitCode, stderr]).toEqual([8, `Error: ${told}`])
  })

  test('what is left of a large job is told in thousands', async () => {
    await waiting()
    await pm(['job', 'cancel', '1', '--yes'])
    await ask(database, 'update pm.job_pages set size = 2447, position = 1060')
    expect((await pm(['job', 'watch', '1'])).stderr).toBe(
      'Error: Job 1 is canceled: 1,387 of 2,447 are left.\nSee what it did: pm job results 1 (partly_done, exit 8)\n',
    )
  })

  test('watching a job that stalled says so', async () => {
    await waiting()
    await ask(database, "update pm.job_pages set touched = touched - interval '61 seconds'")
    const {exitCode, stderr} = await pm(['job', 'watch', '1'])
    expect([exitCode, stderr]).toEqual([
      8,
      'Error: Job 1 is stalled: 5 of 5 are left.\nGo on: pm job resume 1 (partly_done, exit 8)\n',
    ])
  })

  test('pausing a job that is paused already changes nothing', async () => {
    await waiting()
    await pm(['job', 'pause', '1', '--yes'])
    const {exitCode, stderr} = await pm(['job', 'pause', '1', '--yes'])
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('Job 1 is paused already.')])
  })

  test('who may not is refused, and that leaves a trace', async () => {
    await waiting()
    for (const command of ['pause', 'cancel', 'resume'])
      expect([command, (await pm(['job', command, '1', '--yes'], 'op_viewer')).exitCode]).toEqual([command, 5])
    expect((await refusalsOf(database)).length).toBeGreaterThanOrEqual(2)
    expect(await shown()).toMatchObject({standing: 'running', left: 5})
  })
})

describe('an item that cannot be written', () => {
  test('fails alone, the others are done; retry does it once it can be', async () => {
    const other = await database.owner.db.startTransaction().execute()
    await other
      .selectFrom('subscriptions')
      .where('stripe_subscription_id', '=', 'sub_Bulk3')
      .selectAll()
      .forUpdate()
      .execute()
    const {exitCode, stderr} = await pm(['plan', 'change', ...names, '--to', 'scale', '--yes', '--timeout', '1'])
    await other.rollback().execute()
    expect({exitCode, stderr}).toMatchObject({exitCode: 8})
    expect(await pendingPlans(database)).toEqual({none: 1, scale: 4})
    expect(await shown()).toMatchObject({changed: 4, failed: 1, left: 0})
    const {exitCode: retried} = await pm(['job', 'retry', '1', '--yes'])
    expect([retried, await pendingPlans(database)]).toEqual([0, {scale: 5}])
    expect(await recordedSubscriptions(database)).toEqual({images: 5, rows: 5})
  }, 120_000)

  /** Has the database do something before a subscription is written. */
  const onWrite = (body: string) =>
    ask(
      database,
      `create sequence tries; create function before_write() returns trigger language plpgsql security definer as $$
         begin ${body} return new; end $$;
       create trigger before_write before update on subscriptions for each row execute function before_write()`,
    )
  const refusing = (...some: string[]) =>
    onWrite(`if new.stripe_subscription_id in (${some.map((name) => `'${name}'`)}) then
      raise exception 'not this one' using errcode = '23514'; end if;`)

  test('for its own sake is found among the others, and says why', async () => {
    await refusing('sub_Bulk2', 'sub_Bulk5')
    expect((await begin()).exitCode).toBe(8)
    expect(await pendingPlans(database)).toEqual({none: 2, scale: 3})
    const {stdout} = await pm(['job', 'results', '1', '--outcome', 'failed', '-o', 'json'])
    const failed = JSON.parse(stdout).map(({target, reason}: Record<string, string>) => `${target}: ${reason}`)
    expect(failed.sort()).toEqual(['Bulk 2: not this one', 'Bulk 5: not this one'])
  })

  test('that a trigger of the platform raises is a failure of that one alone, under whichever code it raises', async () => {
    await onWrite(`if new.stripe_subscription_id = 'sub_Bulk2' then raise exception E'boom \\x1b[31m in red'; end if;
      if new.stripe_subscription_id = 'sub_Bulk5' then raise exception 'not now' using errcode = 'PX001'; end if;`)
    expect((await begin()).exitCode).toBe(8)
    expect(await pendingPlans(database)).toEqual({none: 2, scale: 3})
    const {stdout} = await pm([
      'job',
      'results',
      '1',
      '--outcome',
      'failed',
      '-o',
      'tsv',
      '--fields',
      'target,reason',
      '--no-header',
    ])
    expect(stdout.split('\n').sort()).toEqual(['', 'Bulk 2\tboom \\u{1b}[31m in red', 'Bulk 5\tnot now'])
  })

  test('of a single change that a trigger refuses is said so, and by which, without a stack', async () => {
    await onWrite(`raise exception 'boom';`)
    expect(await pm(['plan', 'change', 'Bulk 1', '--to', 'scale', '--yes'])).toMatchObject({
      exitCode: 6,
      stderr: expect.stringMatching(
        /\nError: The database would not have it: boom\. Nothing was changed\.\nThat is a rule of the platform’s database \(function before_write\(\)\), which pm cannot overrule\. \(conflict, exit 6\)\n$/,
      ),
    })
  })

  test('of more than a share of all: the job stops too', async () => {
    await refusing('sub_Bulk1', 'sub_Bulk2', 'sub_Bulk3', 'sub_Bulk4', 'sub_Bulk5')
    const change = (budget: string) =>
      pm(['plan', 'change', ...names, '--to', 'scale', '--yes', '--workers', '1', '--max-failures', budget])
    expect((await change('39%')).exitCode).toBe(8)
    expect(await shown()).toMatchObject({
      changed: 0,
      failed: 2,
      left: 3,
      standing: 'stopped',
      stopped: 'too many failures',
    })
    expect(await change('101%')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'Error: --max-failures: “101%” is neither a number nor a share of all.\nGive one such as 100, or 5%. (usage, exit 2)\n',
    })
  })

  test('too often: the job stops, and says how to go on', async () => {
    await refusing('sub_Bulk1', 'sub_Bulk2', 'sub_Bulk3', 'sub_Bulk4', 'sub_Bulk5')
    const {exitCode, stderr} = await pm([
      ...['plan', 'change', ...names, '--to', 'scale', '--yes'],
      ...['--max-failures', '1', '--workers', '1'],
    ])
    expect([exitCode, stderr]).toEqual([
      8,
      expect.stringMatching(
        new RegExp(
          [
            'Error: Job 1 stopped: more failed than --max-failures allows. None of 5 was changed, 2 failed, 3 are left.',
            'See why: pm job results 1 --outcome failed   Go on all the same: pm job resume 1 --workers 1 .partly_done, exit 8.\n$',
          ].join('\n'),
        ),
      ),
    ])
    expect(await shown()).toMatchObject({changed: 0, failed: 2, left: 3})
    // Whoever goes on does so in spite of those, and may have as many again.
    expect((await pm(['job', 'resume', '1', '--workers', '1'])).exitCode).toBe(8)
    expect(await shown()).toMatchObject({changed: 0, failed: 4, left: 1})
  })

  test('only now is tried again', async () => {
    await onWrite(`if nextval('tries') < 3 then raise exception 'busy' using errcode = '40001'; end if;`)
    expect((await begin()).exitCode).toBe(0)
    expect([await pendingPlans(database), await recordedSubscriptions(database)]).toEqual([
      {scale: 5},
      {images: 5, rows: 5},
    ])
  })

  test('in time together is written in smaller parts', async () => {
    await onWrite('perform pg_sleep(0.4);')
    const {exitCode, stderr} = await pm(['plan', 'change', ...names, '--to', 'scale', '--yes', '--timeout', '1'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect([await pendingPlans(database), await recordedSubscriptions(database)]).toEqual([
      {scale: 5},
      {images: 5, rows: 5},
    ])
  })

  test('and changed since is not tried again: exit 6; where it is as planned already: exit 0', async () => {
    await refusing('sub_Bulk2', 'sub_Bulk5')
    await begin()
    const only = "update subscriptions set status = 'past_due' where stripe_subscription_id = 'sub_Bulk2'"
    await ask(database, `alter table subscriptions disable trigger before_write; ${only}`)
    const {stderr: some, exitCode: could} = await pm(['job', 'retry', '1', '--dry-run'])
    expect([could, some]).toEqual([
      9,
      expect.stringContaining('! 1 left out, stale: subscription of Bulk 2 changed since it was planned.\n'),
    ])
    await pm(['plan', 'change', 'Bulk 5', '--to', 'scale', '--yes'])
    for (const consent of ['--dry-run', '--yes']) {
      const {exitCode, stderr} = await pm(['job', 'retry', '1', consent])
      expect([exitCode, stderr]).toEqual([
        6,
        expect.stringContaining(
          'Error: The plan is stale: 1 of 2 changed since it was planned, and nothing is left to do.\nSee which: pm job results 1 --outcome failed (conflict, exit 6)\n',
        ),
      ])
    }
    await ask(database, only.replace('past_due', 'active'))
    await pm(['plan', 'change', 'Bulk 2', '--to', 'scale', '--yes'])
    expect(await pm(['job', 'retry', '1', '--yes'])).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/\nNothing to do\.\n$/),
    })
    expect(await ask(database, 'select count(*)::int as jobs from pm.jobs')).toEqual([{jobs: 1}])
  })

  test('where nothing failed there is nothing to retry', async () => {
    await begin()
    const {exitCode} = await pm(['job', 'retry', '1', '--yes'])
    expect([exitCode, await ask(database, 'select count(*)::int as jobs from pm.jobs')]).toEqual([0, [{jobs: 1}]])
  })
})
