import {describe, expect, it} from 'vitest'
import {addIp} from '../../../src/changes/ip/add.ts'
import {freshDatabase} from '../../support/database.ts'
import {applyLate, as, attempt, carryOut, sound} from '../../support/ip-write.ts'
import {ask, poolOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

describe('pm ip add', () => {
  holdsAsWrite('of an IP', {
    argv: ['ip', 'add', '203.0.113.90', '--vps', 'hw-410902'],
    consent: [],
    refusedAs: 'op_viewer',
    permission: 'ip.write',
    rows: `select i.ip_address as ip, i.status, i.reputation_state as reputation, i.assigned_count as domains,
        v.hostwinds_instance_id as vps from smtp_ip_addresses i join vps_instances v on v.id = i.vps_instance_id
      where i.ip_address = '203.0.113.90'`,
    after: [{ip: '203.0.113.90', status: 'available', reputation: null, domains: 0, vps: 'hw-410902'}],
    targets: ['ip:203.0.113.90'],
    images: ['insert smtp_ip_addresses 1'],
  })

  it.each([
    ['its Hostwinds id', 'hw-410902'],
    ['its address', '203.0.113.5'],
  ])('finds the VPS by %s', async (_, vps) => {
    const {ran, wrote, soundness} = await carryOut(['ip', 'add', '203.0.113.90', '--vps', vps])
    expect(ran.exitCode).toBe(0)
    expect(ran.stderr).toContain('Add 203.0.113.90 on hw-410902.')
    expect(wrote).toEqual(['+ ip 203.0.113.90: status available, assigned_count 0'])
    expect(soundness).toEqual(sound)
  })

  it('writes an IPv6 address in its one spelling', async () => {
    const {ran, wrote, change} = await carryOut(['ip', 'add', '2001:0DB8:0113::0090', '--vps', 'hw-410902'])
    expect(ran.exitCode).toBe(0)
    expect(wrote).toEqual(['+ ip 2001:db8:113::90: status available, assigned_count 0'])
    expect(change?.targets).toEqual(['ip:2001:db8:113::90'])
  })

  it('warns of a VPS that is not active', async () => {
    const {ran} = await carryOut(['ip', 'add', '203.0.113.90', '--vps', 'hw-398217'])
    expect(ran.stderr).toContain('! hw-398217 is scheduled_decommission.')
  })

  it('is not undone once a domain sends by the IP, even where its count does not say so', async () => {
    const database = await freshDatabase()
    const world = as(database, 'op_operations')
    await run(world, ['ip', 'add', '203.0.113.90', '--vps', 'hw-410902'])
    await ask(
      database,
      `insert into domain_ip_assignments (domain_id, smtp_ip_address_id, status) select d.id, i.id, 'active'
       from domains d, smtp_ip_addresses i where d.domain = 'newleaf.example' and i.ip_address = '203.0.113.90'`,
    )
    const before = await poolOf(database)
    const {exitCode, stderr} = await run(world, ['audit', 'undo', '1', '--yes'])
    expect(exitCode).toBe(6)
    expect(stderr).toContain('1 more row would go with what goes. Nothing was changed.')
    expect(await poolOf(database)).toEqual(before)
    await database.drop()
  })

  it.each([
    [['203.0.113.24', '--vps', 'hw-410902'], 6, '203.0.113.24 is in the pool already, warmed.'],
    [['2001:DB8:113::24', '--vps', 'hw-410902'], 6, '2001:db8:113::24 is in the pool already, warmed.'],
    [['203.0.113.90', '--vps', 'hw-0'], 3, 'No VPS hw-0.'],
    [['203.0.113.90', '--vps', ''], 3, 'No VPS .'],
    [['203.0.113', '--vps', 'hw-410902'], 2, '“203.0.113” is not an IP address.'],
    [['127.0.0.1', '--vps', 'hw-410902'], 2, '127.0.0.1 cannot be a sending IP: it is a loopback address.'],
    [['10.1.2.3', '--vps', 'hw-410902'], 2, '10.1.2.3 cannot be a sending IP: it is private.'],
    [['FF02:0::1', '--vps', 'hw-410902'], 2, 'ff02::1 cannot be a sending IP: it is a multicast address.'],
    [['203.0.113.90'], 2, '--vps is missing.'],
    [['--vps', 'hw-410902'], 2, 'What is missing: ip.'],
  ])('%j ends with %i and changes nothing', async (argv, exitCode, message) => {
    const {stderr, ...rest} = await attempt(['ip', 'add', ...argv, '-o', 'json'])
    expect(rest).toEqual({stdout: '', wrote: [], changes: 0, exitCode})
    expect(JSON.parse(stderr).error.message).toContain(message)
  })

  it('does nothing when between plan and commit somebody else added it', async () => {
    const {error, wrote, changes} = await applyLate(
      addIp,
      {ip: '203.0.113.90', vps: 'hw-410902'},
      `insert into smtp_ip_addresses (ip_address, status) values ('203.0.113.90', 'available')`,
    )
    expect(error).toMatchObject({
      reason: 'conflict',
      message: '203.0.113.90 was added by somebody else meanwhile. Nothing was changed.',
    })
    expect({wrote, changes}).toEqual({
      wrote: ['+ ip 203.0.113.90: status available, assigned_count 0'],
      changes: 0,
    })
  })
})
