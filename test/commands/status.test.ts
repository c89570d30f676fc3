import {expect, test} from 'vitest'
import {freshDatabase} from '../support/database.ts'
import {run} from '../support/run.ts'

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
