import {describe, expect, test} from 'vitest'
import {freshDatabase} from '../../support/database.ts'
import {ask, changesOf, wrongCounts} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const row = (name: string) =>
  `select hostwinds_instance_id as vps, status, decommission_scheduled_for::date::text as goes from vps_instances where hostwinds_instance_id = '${name}'`
const shared = {
  consent: ['--yes'],
  refusedAs: 'op_billing',
  permission: 'vps.write',
  images: ['update vps_instances 1'],
}

describe('pm vps', () => {
  holdsAsWrite('decommission', {
    ...shared,
    argv: ['vps', 'decommission', 'hw-431189', '--on', '2037-01-31'],
    rows: row('hw-431189'),
    after: [{vps: 'hw-431189', status: 'scheduled_decommission', goes: '2037-01-31'}],
    targets: ['vps:hw-431189'],
  })
  holdsAsWrite('keep', {
    ...shared,
    argv: ['vps', 'keep', 'hw-398217'],
    rows: row('hw-398217'),
    after: [{vps: 'hw-398217', status: 'active', goes: null}],
    targets: ['vps:hw-398217'],
  })
  holdsAsWrite('add', {
    ...shared,
    argv: [
      'vps',
      'add',
      'hw-440001',
      '--region',
      'us-east',
      '--address',
      '192.0.2.200',
      '--cost',
      '42.50',
      '--billing-day',
      '15',
    ],
    consent: [],
    rows: row('hw-440001'),
    after: [{vps: 'hw-440001', status: 'active', goes: null}],
    targets: ['vps:hw-440001'],
    images: ['insert vps_instances 1'],
  })
})

test('a VPS that is to go already goes on another day', async () => {
  const database = await freshDatabase()
  const decommission = (on: string) =>
    run({env: {DATABASE_URL: database.url('op_operations')}}, ['vps', 'decommission', 'hw-431189', '--on', on, '--yes'])
  await decommission('2037-01-31')
  expect(await decommission('2037-02-28')).toMatchObject({exitCode: 0})
  expect(await ask(database, row('hw-431189'))).toMatchObject([{status: 'scheduled_decommission', goes: '2037-02-28'}])
  await database.drop()
})

test('a VPS that carries domains is decommissioned only with their evacuation, in one change that can be undone', async () => {
  const database = await freshDatabase()
  const world = {env: {DATABASE_URL: database.url('op_operations')}}
  const argv = ['vps', 'decommission', 'hw-410902', '--on', '2037-01-31', '--yes']
  const refused = await run(world, argv)
  expect(refused).toMatchObject({exitCode: 6, stdout: ''})
  expect(refused.stderr).toContain('still carries 22 domains')
  const done = await run(world, [...argv, '--evacuate', '-o', 'json'])
  expect(done.exitCode).toBe(0)
  const {effects} = JSON.parse(done.stdout)
  expect(effects).toHaveLength(22)
  const left = `select count(*)::int as live from domain_ip_assignments a join smtp_ip_addresses i on i.id = a.smtp_ip_address_id
    join vps_instances v on v.id = i.vps_instance_id
    where v.hostwinds_instance_id = 'hw-410902' and a.status in ('active', 'warming', 'scheduled')`
  expect(await ask(database, left)).toEqual([{live: 0}])
  expect(await wrongCounts(database)).toEqual([])
  expect(await changesOf(database)).toHaveLength(1)
  expect(await run(world, ['audit', 'undo', '1', '--yes'])).toMatchObject({exitCode: 0})
  expect(await ask(database, left)).toEqual([{live: 22}])
  expect(await wrongCounts(database)).toEqual([])
  await database.drop()
})

test('an evacuation without room says what can be done about it here', async () => {
  const database = await freshDatabase()
  const argv = ['vps', 'decommission', 'hw-410902', '--on', '2037-01-31', '--evacuate', '--max-per-ip', '1', '--yes']
  const refused = await run({env: {DATABASE_URL: database.url('op_operations')}}, argv)
  expect(refused).toMatchObject({exitCode: 6, stdout: ''})
  expect(refused.stderr).toContain('Raise --max-per-ip (now 1), or add an IP elsewhere: pm ip add.')
  await database.drop()
})

test('lists VPS instances with what they carry and cost, and shows one', async () => {
  const database = await freshDatabase()
  const pm = (...argv: string[]) => run({env: {DATABASE_URL: database.url('op_viewer')}}, argv)
  const list = await pm(
    'vps',
    'list',
    '--region',
    'us-east',
    '-o',
    'tsv',
    '--fields',
    'vps,status,ips,domains,monthly_cost,cost_per_ip,cost_per_domain',
  )
  expect(list.stdout).toBe(
    'hw-410871\tactive\t8\t10\t42.00\t5.25\t4.20\nhw-410902\tactive\t10\t22\t42.00\t4.20\t1.91\n',
  )
  const show = await pm('vps', 'show', '203.0.113.5', '-o', 'json', '--fields', 'vps,addresses')
  expect(JSON.parse(show.stdout)).toMatchObject({vps: 'hw-410902'})
  expect(JSON.parse(show.stdout).addresses).toHaveLength(10)
  await database.drop()
})

test('spending adds up to the same, whatever it is told apart by', async () => {
  const database = await freshDatabase()
  const pm = (...argv: string[]) => run({env: {DATABASE_URL: database.url('op_viewer')}}, argv)
  const total = async (by: string) => {
    const {stdout} = await pm('cost', '--by', by, '-o', 'json')
    return JSON.parse(stdout).reduce((sum: number, {cost}: {cost: string}) => sum + Number(cost), 0)
  }
  const [region, vps, tenant] = [await total('region'), await total('vps'), await total('tenant')]
  expect(vps).toBeCloseTo(region, 2)
  // Each tenant's share is rounded to cents.
  expect(Math.abs(tenant - region)).toBeLessThan(0.5)
  await database.drop()
})

test.each([
  [['vps', 'decommission', 'hw-431189', '--on', '2037-02-30', '--yes'], 2, 'is no day'],
  [['vps', 'decommission', 'hw-431189', '--on', '2001-01-01', '--yes'], 2, 'is past'],
  [['vps', 'keep', 'hw-410871', '--yes'], 6, 'nothing is scheduled'],
  [['vps', 'show', 'hw-000000'], 3, 'No VPS hw-000000'],
  [['vps', 'add', 'hw-410871', '--region', 'us-east'], 6, 'There is a VPS hw-410871 already'],
  [['vps', 'add', 'hw-1', '--region', 'us-east', '--cost', '12.345'], 2, 'is no amount'],
])('pm %j exits %i', async (argv, code, words) => {
  const database = await freshDatabase()
  const {exitCode, stderr, stdout} = await run({env: {DATABASE_URL: database.url('op_admin')}}, argv)
  expect({exitCode, stdout}).toEqual({exitCode: code, stdout: ''})
  expect(stderr).toContain(words)
  await database.drop()
})
