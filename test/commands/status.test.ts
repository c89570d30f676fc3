import {expect, test} from 'vitest'
import {freshDatabase} from '../support/database.ts'
import {ask} from '../support/records.ts'
import {run} from '../support/run.ts'

test('leaves out what the operator may not see, and says so', async () => {
  const database = await freshDatabase()
  await ask(
    database,
    `delete from staff_role_permissions g using staff_roles r, permissions p
     where r.id = g.role_id and p.id = g.permission_id and r.name = 'viewer' and p.name in ('domain.read', 'subscription.read', 'audit.read')`,
  )
  const world = {env: {DATABASE_URL: database.url('op_viewer')}, isTTY: {stdout: true}, width: 80}
  const {stdout} = await run(world, ['status', '--color', 'never'])
  expect(stdout).toContain('\nNot shown without domain.read, subscription.read, audit.read.\n')
  expect(stdout).not.toMatch(/Domains that fail|past due|Plan changes|Last changes/)
  const fields = 'domains,past_due,pending_plan_changes,cancelling,changes,hidden'
  expect(JSON.parse((await run(world, ['status', '-o', 'json', '--fields', fields])).stdout)).toEqual({
    domains: null,
    past_due: null,
    pending_plan_changes: null,
    cancelling: null,
    changes: null,
    hidden: ['domain.read', 'subscription.read', 'audit.read'],
  })
  await database.drop()
})

test('shows the platform on one screen, 80 columns wide', async () => {
  const database = await freshDatabase()
  const world = {env: {DATABASE_URL: database.url('op_viewer')}, isTTY: {stdout: true}, width: 80}
  const {stdout, exitCode} = await run(world, ['status', '--color', 'never'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('warmed       ▓▓▓▓▓▓▓░░░░░░░░░░░░░  16 / 44 (36%)')
  expect(stdout).toContain('IPs on a blocklist                5   pm ip list --listed')
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(stdout.split('\n').length).toBeLessThanOrEqual(32)
  const {stdout: json} = await run(world, [
    'status',
    '-o',
    'json',
    '--fields',
    'domains,past_due,pending_plan_changes,cancelling',
  ])
  expect(JSON.parse(json)).toEqual({
    domains: [
      {status: 'failed', count: 12},
      {status: 'error', count: 4},
    ],
    past_due: {subscriptions: 4, monthly: 26_600},
    pending_plan_changes: 3,
    cancelling: 3,
  })
  await database.drop()
})

test('counts what the commands beside it list', async () => {
  const database = await freshDatabase()
  const pm = (line: string) =>
    run({env: {DATABASE_URL: database.url('op_viewer')}, isTTY: {stdout: true}}, line.split(' '))
  const {stdout} = await pm('status --color never')
  const beside = [...stdout.matchAll(/ (\d+) {3}pm (.*)/g)].map(([, count, line = '']) => ({
    count: Number(count),
    line,
  }))
  expect(beside.map(({line}) => line)).toEqual([
    'ip list --listed',
    'ip list --stale-check',
    'domain list --status failed',
    'domain list --status error',
    'subscription list --pending',
  ])
  for (const {count, line} of beside) {
    const listed = (await pm(`${line} -o name --limit 0`)).stdout.trim().split('\n')
    expect([line, listed.length]).toEqual([line, count])
  }
  const burned = JSON.parse((await pm('ip list --listed --status burned --json --fields status')).stdout)
  expect(burned).toContainEqual({status: 'burned'})
  await database.drop()
})
