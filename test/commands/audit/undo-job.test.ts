import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {addTenants, pendingPlans, recordedSubscriptions} from '../../support/bulk.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask, changesOf, poolOf, wrongCounts} from '../../support/records.ts'
import {type Ran, run} from '../../support/run.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.drop())

const pm = (argv: readonly string[], stdin = '', login = 'op_admin'): Promise<Ran> =>
  run({env: {DATABASE_URL: database.url(login)}, stdin}, argv)

/** Has so many tenants change to Scale, as job 1 under change 1. */
async function changeAll(count: number): Promise<string[]> {
  const names = await addTenants(database, count)
  const argv = ['plan', 'change', '--to', 'scale', '-', '--confirm', `${count.toLocaleString('en')} subscriptions`]
  expect(await pm(argv, names.join('\n'))).toMatchObject({exitCode: 0})
  return names
}

const undo = (change: number, ...argv: string[]) => pm(['audit', 'undo', `${change}`, '--yes', ...argv])
const planNamed = (slug: string) => `select id from plans where slug = '${slug}'`
/** Moves every pending plan from one to another, as somebody else would. */
const setPlans = (from: string | null, to: string) =>
  ask(
    database,
    `update subscriptions set pending_plan_id = (${planNamed(to)}) where stripe_subscription_id like 'sub_Bulk%'
     and pending_plan_id is not distinct from (${from === null ? 'null' : planNamed(from)})`,
  )
const stale = '{"target":"Bulk","outcome":"stale","reason":"It changed."}'
const undosOf = async (change: number) => {
  const {stdout} = await pm(['audit', 'show', `${change}`, '-o', 'json', '--fields', 'undone_by,partly_undone_by'])
  return JSON.parse(stdout)
}
const jobs = () => ask(database, 'select id, undo_of, headline from pm.jobs order by id')
const outcomes = async (job: number) => {
  const {stdout} = await pm(['job', 'results', `${job}`, '-o', 'json'])
  return JSON.parse(stdout).map(({target, outcome}: Record<string, string>) => `${target}: ${outcome}`)
}

describe('undoing a job', () => {
  test('is a job, under a change that undoes the one that began it', async () => {
    await changeAll(3)
    const {exitCode, stderr} = await undo(1)
    expect({exitCode, stderr}).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('Done: job 2. To undo all of it: pm audit undo 2'),
    })
    expect(await pendingPlans(database)).toEqual({none: 3})
    expect(await jobs()).toMatchObject([
      {id: 1, undo_of: null},
      {id: 2, undo_of: 1, headline: expect.stringMatching(/^Undo job 1: Change 3 subscriptions to scale/)},
    ])
    expect(await changesOf(database)).toMatchObject([
      {undo_of: null, permission: 'subscription.write'},
      {undo_of: 1, permission: 'subscription.write', images: ['insert pm.jobs 1', 'update subscriptions 3']},
    ])
  })

  test('says what plans are called, and not their ids', async () => {
    await changeAll(2)
    const dry = await pm(['audit', 'undo', '1', '--dry-run'])
    expect(dry).toMatchObject({exitCode: 9, stderr: expect.stringContaining('   pending_plan_id: scale → null\n')})
    await pm(['plan', 'change', 'Meadow Pets', '--to', 'scale', '--yes'])
    await pm(['plan', 'change', 'acme', '--to', 'scale', '--yes'])
    const single = await pm(['audit', 'undo', '2', '--dry-run'])
    expect(single).toMatchObject({exitCode: 9, stderr: expect.stringContaining('   pending_plan_id: scale → null\n')})
  })

  test('goes through more images than are read at once, each row once', async () => {
    await changeAll(1_203)
    const {exitCode, stderr} = await undo(1, '--max-rows', '2000')
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(await pendingPlans(database)).toEqual({none: 1_203})
    expect(await recordedSubscriptions(database)).toEqual({images: 2 * 1_203, rows: 1_203})
  }, 60_000)

  test('leaves alone what changed since, and lists it: exit 8', async () => {
    await changeAll(3)
    await pm(['plan', 'change', 'Bulk 2', '--to', 'enterprise', '--yes'])
    const {exitCode, stderr} = await undo(1)
    expect([exitCode, stderr]).toEqual([8, expect.stringContaining('1 was not changed.')])
    expect(await outcomes(2)).toEqual(expect.arrayContaining(['Bulk 1: changed', 'Bulk 2: stale', 'Bulk 3: changed']))
    expect(await pendingPlans(database)).toEqual({none: 2, enterprise: 1})
  })

  test('has nothing to do where somebody put back the same', async () => {
    await changeAll(3)
    await pm(['plan', 'keep', 'Bulk 2', '--yes'])
    expect(await undo(1)).toMatchObject({exitCode: 0})
    expect(await outcomes(2)).toEqual(expect.arrayContaining(['Bulk 1: changed', 'Bulk 2: already', 'Bulk 3: changed']))
    expect(await pendingPlans(database)).toEqual({none: 3})
  })

  test('a dry run shows it and changes nothing: exit 9', async () => {
    await changeAll(3)
    const {exitCode, stderr} = await undo(1, '--dry-run')
    expect([exitCode, stderr]).toEqual([9, expect.stringContaining('~ subscription ')])
    expect([await pendingPlans(database), (await jobs()).length]).toEqual([{scale: 3}, 1])
  })

  test('of more rows than --max-rows takes the number of its items', async () => {
    await changeAll(3)
    const {exitCode, stderr} = await undo(1, '--max-rows', '2')
    expect([exitCode, stderr]).toEqual([7, expect.stringContaining("--confirm '3 subscriptions'")])
    expect((await jobs()).length).toBe(1)
  })

  test('happens once', async () => {
    await changeAll(2)
    await undo(1)
    const {exitCode, stderr} = await undo(1)
    expect([exitCode, stderr]).toEqual([6, expect.stringContaining('Change 1 was undone already, by change 2.')])
  })

  test('that nothing can be put back of is begun by nobody, and is possible once it can', async () => {
    await changeAll(2)
    await setPlans('scale', 'enterprise')
    for (const consent of ['--yes', '--dry-run']) {
      const {exitCode, stderr} = await pm(['audit', 'undo', '1', consent])
      expect({exitCode, stderr}).toEqual({
        exitCode: 6,
        stderr: expect.stringMatching(
          /! 2 left out, stale: subscription sub_Bulk[12], subscription sub_Bulk[12] changed since they were planned\..*2 of 2 changed since.*pm audit list/s,
        ),
      })
    }
    expect((await jobs()).length).toBe(1)
    await setPlans('enterprise', 'scale')
    expect(await undo(1)).toMatchObject({exitCode: 0})
    expect(await pendingPlans(database)).toEqual({none: 2})
    expect(await undosOf(1)).toEqual({undone_by: 2, partly_undone_by: null})
  })

  test('that put nothing back when its turn came does not count', async () => {
    await changeAll(2)
    await undo(1)
    await setPlans(null, 'scale')
    await ask(
      database,
      `update pm.job_pages set done = 0, missed = array_fill($$${stale}$$::json, array[2]) where job_id = 2`,
    )
    expect(await undosOf(1)).toEqual({undone_by: null, partly_undone_by: null})
    expect(await undo(1)).toMatchObject({exitCode: 0})
    expect(await pendingPlans(database)).toEqual({none: 2})
    expect(await undosOf(1)).toEqual({undone_by: 3, partly_undone_by: null})
  })

  test('of a part says so, and the rest can be undone by another', async () => {
    await changeAll(3)
    await pm(['plan', 'change', 'Bulk 2', '--to', 'enterprise', '--yes'])
    expect(await undo(1)).toMatchObject({exitCode: 8})
    expect(await undosOf(1)).toEqual({undone_by: null, partly_undone_by: 3})
    await setPlans('enterprise', 'scale')
    const {exitCode, stderr} = await undo(1)
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining('! A part is undone already: job 2 put back 2 of 2, as change 3.'),
    ])
    expect(await pendingPlans(database)).toEqual({none: 3})
    expect(await undosOf(1)).toEqual({undone_by: 4, partly_undone_by: 3})
  })

  test('that is not over is gone on with, or ended and begun anew', async () => {
    await changeAll(3)
    await undo(1)
    const [page] = await ask<{id: string}>(
      database,
      `update pm.job_pages set position = 2, done = 2 where job_id = 2
       returning items -> 2 -> 'rows' -> 0 -> 'key' ->> 'id' as id`,
    )
    await ask(database, `update subscriptions set pending_plan_id = (${planNamed('scale')}) where id = '${page?.id}'`)
    expect(await undosOf(1)).toEqual({undone_by: null, partly_undone_by: 2})
    expect(await undo(1)).toMatchObject({
      exitCode: 6,
      stderr: expect.stringMatching(
        /being undone by job 2, which is running: 2 of 3 put back, 1 left.*pm job resume 2 .*pm job cancel 2/s,
      ),
    })
    await pm(['job', 'cancel', '2', '--yes'])
    expect(await undo(1)).toMatchObject({exitCode: 0})
    expect(await pendingPlans(database)).toEqual({none: 3})
  })

  test('can be undone', async () => {
    await changeAll(2)
    await undo(1)
    expect(await undo(2)).toMatchObject({exitCode: 0})
    expect(await pendingPlans(database)).toEqual({scale: 2})
  })

  test('waits until the job is over; of a canceled one it undoes what was done', async () => {
    await changeAll(3)
    await ask(database, 'update pm.job_pages set position = 2, done = 2')
    await ask(
      database,
      `update subscriptions set pending_plan_id = null where id::text = (select items -> 2 -> 'rows' -> 0 -> 'key' ->> 'id' from pm.job_pages)`,
    )
    expect(await undo(1)).toMatchObject({exitCode: 6, stderr: expect.stringContaining('pm job cancel 1')})
    await pm(['job', 'cancel', '1', '--yes'])
    const {exitCode} = await undo(1)
    expect([exitCode, await pendingPlans(database)]).toEqual([0, {none: 3}])
  })

  test('takes back what others did of it, too', async () => {
    await changeAll(4)
    await ask(database, 'update pm.job_pages set position = 0, done = 0')
    await ask(
      database,
      "update subscriptions set pending_plan_id = null where stripe_subscription_id in ('sub_Bulk1', 'sub_Bulk2')",
    )
    await pm(['job', 'resume', '1', '--yes'], '', 'op_billing')
    expect(await pendingPlans(database)).toEqual({scale: 4})
    await undo(1)
    expect(await pendingPlans(database)).toEqual({none: 4})
  })

  test('needs the permission to undo', async () => {
    await changeAll(2)
    const {exitCode} = await pm(['audit', 'undo', '1', '--yes'], '', 'op_viewer')
    expect([exitCode, await pendingPlans(database)]).toEqual([5, {scale: 2}])
  })
})

test('a job of items with several rows is put back as it was, with every count right', async () => {
  const before = await poolOf(database)
  expect(await pm(['ip', 'release', '-', '--yes'], '203.0.113.28\n')).toMatchObject({exitCode: 0})
  expect(await poolOf(database)).not.toEqual(before)
  expect(await undo(1)).toMatchObject({exitCode: 0})
  expect(await poolOf(database)).toEqual(before)
  expect(await wrongCounts(database)).toEqual([])
})
