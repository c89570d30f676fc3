import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'
import {run, type World} from '../../support/run.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
  await ask(database, 'update subscriptions set pending_plan_id = null')
})
afterAll(() => database.drop())

const pending = (world: World = {}, ...argv: string[]) =>
  run({...world, env: {DATABASE_URL: database.url('op_viewer'), NO_COLOR: '1', ...world.env}}, [
    'plan',
    'pending',
    ...argv,
  ])
const terminal: World = {isTTY: {stdout: true}, width: 80}
const move = (from: string, to: string, most: number) =>
  ask(
    database,
    `update subscriptions set pending_plan_id = (select id from plans where slug = '${to}') where id in (
      select s.id from subscriptions s join plans p on p.id = s.plan_id where p.slug = '${from}' limit ${most})`,
  )

describe('pm plan pending', () => {
  it('says so where no subscription is to change its plan', async () => {
    expect(await pending(terminal)).toEqual({
      exitCode: 0,
      stdout: 'No subscription is to change its plan.\n',
      stderr: '',
    })
    expect((await pending({}, '-o', 'json')).stdout).toBe('[]\n')
  })

  it('draws how many go from which plan to which, the most first', async () => {
    await move('starter', 'growth', 3)
    await move('scale', 'enterprise', 1)
    expect((await pending(terminal)).stdout).toMatchInlineSnapshot(`
      "4 subscriptions change when their periods end
        starter → growth    ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░  3
        scale → enterprise  ▓▓▓▓▓░░░░░░░░░░░░░░░  1

      Which they are: pm subscription list --pending
      "
    `)
  })

  it('draws it as well as there is room for, and says it in words to screen readers', async () => {
    expect((await pending({...terminal, width: 34})).stdout).toContain('\n  starter → growth    ▓▓▓▓▓▓▓░░  3\n')
    expect((await pending({...terminal, width: 28})).stdout).toContain('\n  starter → growth    3\n')
    const {stdout} = await pending({...terminal, env: {PM_ACCESSIBLE: '1'}})
    expect(stdout).toContain('\n  from starter to growth    3\n  from scale to enterprise  1\n')
  })

  it('gives programs the same as rows', async () => {
    expect(JSON.parse((await pending({}, '-o', 'json')).stdout)).toEqual([
      {from: 'starter', to: 'growth', subscriptions: 3},
      {from: 'scale', to: 'enterprise', subscriptions: 1},
    ])
    expect((await pending()).stdout).toBe('starter\tgrowth\t3\nscale\tenterprise\t1\n')
  })

  it('looks at the first five thousand, and says so where there are more', async () => {
    await ask(
      database,
      `insert into subscriptions (plan_id, pending_plan_id, status)
        select (select id from plans where slug = 'founder'), (select id from plans where slug = 'scale'), 'active'
        from generate_series(1, 5001)`,
    )
    const {stdout, stderr} = await pending({}, '--fields', 'subscriptions')
    const counted = stdout.split('\n').reduce((sum, line) => sum + Number(line), 0)
    expect([counted, stderr]).toEqual([5_001, 'There are more; these are the first 5,000.\n'])
  })
})
