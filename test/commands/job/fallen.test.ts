import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {addTenants, pendingPlans} from '../../support/bulk.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'
import {type Ran, run, type World} from '../../support/run.ts'

let database: TestDatabase
let folder: string
let path: string
beforeEach(async () => {
  database = await freshDatabase()
  await addTenants(database, 5)
  folder = mkdtempSync(join(tmpdir(), 'pm-fallen-'))
  path = join(folder, 'plan.json')
})
afterEach(async () => {
  vi.useRealTimers()
  rmSync(folder, {recursive: true})
  await database.drop()
})

const pm = (argv: readonly string[], world: World = {}): Promise<Ran> =>
  run({...world, env: {DATABASE_URL: database.url('op_admin')}}, argv)
const names = ['Bulk 1', 'Bulk 2', 'Bulk 3']
const change = ['plan', 'change', ...names, '--to', 'starter']
const save = (...argv: string[]) => pm([...change, '--save', path, ...argv])
const apply = (...argv: string[]) => pm(['plan', 'change', '--apply', path, ...argv])
const results = async (job = 1) =>
  JSON.parse((await pm(['job', 'results', `${job}`, '-o', 'json'])).stdout)
    .map(({target, outcome, reason}: Record<string, string | null>) => `${target}: ${reason ?? outcome}`)
    .sort()

const remove = () => pm(['tenant', 'delete', 'Bulk 1', '--confirm', 'Bulk 1'])
const endSale = () => pm(['plan', 'deactivate', 'starter', '--yes'])
const grow = () =>
  ask(
    database,
    `insert into domains (tenant_id, domain) select t.id, n || '.bulk2.example' from tenants t, generate_series(1, 4) n
     where t.name = 'Bulk 2'`,
  )

/** A job that is begun and of which nothing is done, as after its client died. */
async function waiting(): Promise<void> {
  await pm([...change, '--yes'])
  await ask(database, 'update pm.job_pages set position = 0, done = 0')
  await ask(database, "update subscriptions set pending_plan_id = null where stripe_subscription_id like 'sub_Bulk%'")
}

const deleted = 'subscription of Bulk 1 is of a tenant deleted since it was planned'
const grown = 'subscription of Bulk 2 is beyond Domains 4 of 3 now'
const left = [`Bulk 1: ${deleted}.`, `Bulk 2: ${grown}.`, 'Bulk 3: changed']
const unsold = 'is to change to starter, which is not sold any more.'

describe('a saved plan', () => {
  test('leaves out whose tenant is deleted since, or is over a limit now, and says so before anything is done', async () => {
    await save()
    await remove()
    await grow()
    const preview = await apply('--dry-run', '-o', 'json')
    expect([preview.exitCode, JSON.parse(preview.stdout).warnings]).toEqual([
      9,
      [
        `2 left out, stale: ${deleted}; ${grown}.`,
        'Still to be done as planned: 1 of 3.',
        'Stripe is not told. Its schedules must be changed there, too.',
      ],
    ])
    expect(await apply('--yes')).toMatchObject({exitCode: 8})
    expect([await results(), await pendingPlans(database)]).toEqual([left, {none: 4, starter: 1}])
  })

  test('is stale where the plan is not sold any more: exit 6', async () => {
    await save()
    await endSale()
    for (const how of ['--dry-run', '--yes'])
      expect(await apply(how)).toMatchObject({
        exitCode: 6,
        stderr: expect.stringMatching(
          /3 left out, stale: subscription of Bulk 1, .* are to change to starter, which is not sold any more\..*The plan is stale: 3 of 3 changed since it was planned/s,
        ),
      })
    expect(await pendingPlans(database)).toEqual({none: 5})
  })

  test('is done where it was allowed to be so', async () => {
    await save('--allow-inactive', '--allow-over-limit')
    await endSale()
    await grow()
    expect(await apply('--yes')).toMatchObject({exitCode: 0})
    expect(await pendingPlans(database)).toEqual({none: 2, starter: 3})
  })

  test('that is done already stays so, whatever became of the tenant', async () => {
    await save()
    await apply('--yes')
    await remove()
    await grow()
    await endSale()
    expect(await apply('--yes')).toMatchObject({exitCode: 0, stderr: expect.stringMatching(/\nNothing to do\.\n$/)})
  })

  test('can be undone, whatever became of the tenant', async () => {
    await save()
    await apply('--yes')
    await remove()
    await grow()
    await endSale()
    expect(await pm(['audit', 'undo', '1', '--yes'])).toMatchObject({exitCode: 0})
    expect(await pendingPlans(database)).toEqual({none: 5})
  })

  test('of domains for a tenant deleted since', async () => {
    const list = join(folder, 'list')
    writeFileSync(list, 'one.bulk.example\ntwo.bulk.example\n')
    await pm(['domain', 'add', '--from-file', list, '--tenant', 'Bulk 1', '--save', path])
    await remove()
    for (const how of ['--dry-run', '--yes'])
      expect(await pm(['domain', 'add', '--apply', path, how])).toMatchObject({
        exitCode: 6,
        stderr: expect.stringContaining(
          '2 left out, stale: domain one.bulk.example (line 1), domain two.bulk.example (line 2) are of a tenant deleted since they were planned.',
        ),
      })
    expect(await ask(database, "select id from domains where domain like '%.bulk.example'")).toEqual([])
  })

  test('of a user deleted since, who was to be on the staff', async () => {
    const email = 'alice@acme.example'
    await pm(['staff', 'add', email, '--role', 'viewer', '--save', path])
    await ask(database, `update users set deleted = now() where email = '${email}'`)
    expect(await pm(['staff', 'add', '--apply', path, '--yes'])).toMatchObject({
      exitCode: 6,
      stderr: expect.stringContaining(`staff ${email} is of a user deleted since it was planned.`),
    })
    expect(
      await ask(
        database,
        `select m.user_id from staff_members m join users u on u.id = m.user_id where u.email = '${email}'`,
      ),
    ).toEqual([])
  })
})

describe('a job', () => {
  test('that is gone on with leaves alone whose tenant is deleted since, or is over a limit now: exit 8', async () => {
    await waiting()
    await remove()
    await grow()
    expect(await pm(['job', 'resume', '1'])).toMatchObject({exitCode: 8})
    expect([await results(), await pendingPlans(database)]).toEqual([left, {none: 4, starter: 1}])
  })

  test('that is gone on with writes nothing where the plan is not sold any more', async () => {
    await waiting()
    await endSale()
    expect(await pm(['job', 'resume', '1'])).toMatchObject({exitCode: 6})
    expect([await results(), await pendingPlans(database)]).toEqual([
      names.map((name) => `${name}: subscription of ${name} ${unsold}`),
      {none: 5},
    ])
  })

  test('of which the rest is tried again leaves out the same', async () => {
    await waiting()
    await pm(['job', 'cancel', '1', '--yes'])
    await remove()
    await grow()
    expect(await pm(['job', 'retry', '1', '--yes'])).toMatchObject({exitCode: 8})
    expect([await results(2), await pendingPlans(database)]).toEqual([left, {none: 4, starter: 1}])
  })

  test('that waited long for consent looks once more, at limits too', async () => {
    const never = async () => {
      throw new Error('Nobody is to be asked this.')
    }
    const yesNo = async () => {
      await remove()
      await grow()
      vi.useFakeTimers({toFake: ['Date'], now: Date.now() + 61_000})
      return true
    }
    const isTTY = {stdin: true, stdout: true, stderr: true}
    const asker = {search: never, choose: never, text: never, typed: never, yesNo}
    expect(await pm(change, {asker, isTTY})).toMatchObject({exitCode: 8})
    vi.useRealTimers()
    expect([await results(), await pendingPlans(database)]).toEqual([left, {none: 4, starter: 1}])
  })
})
