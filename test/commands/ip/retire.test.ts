import {describe, expect, it} from 'vitest'
import {retireIps} from '../../../src/changes/ip/status.ts'
import {applyLate, attempt, carryOut, sound} from '../../support/ip-write.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const retire = (...argv: string[]) => ['ip', 'retire', ...argv]
const newcomer = (ip: string) =>
  `insert into domain_ip_assignments (domain_id, smtp_ip_address_id, status) select d.id, i.id, 'scheduled'
   from domains d, smtp_ip_addresses i where d.domain = 'newleaf.example' and i.ip_address = '${ip}'`

describe('pm ip retire', () => {
  holdsAsWrite('of an available and a quarantined IP', {
    argv: retire('203.0.113.25', '203.0.113.28'),
    consent: ['--yes'],
    refusedAs: 'op_support',
    permission: 'ip.write',
    rows: `select ip_address as ip, status from smtp_ip_addresses where ip_address in ('203.0.113.25', '203.0.113.28') order by 1`,
    after: [
      {ip: '203.0.113.25', status: 'burned'},
      {ip: '203.0.113.28', status: 'burned'},
    ],
    targets: ['ip:203.0.113.25', 'ip:203.0.113.28'],
    images: ['update smtp_ip_addresses 2'],
  })

  it('gives an IP up, and takes even that back', async () => {
    const {ran, wrote, soundness} = await carryOut(retire('2001:DB8:E1::40', '--yes'))
    expect(ran.exitCode).toBe(0)
    expect(ran.stderr).toContain('Retire 2001:db8:e1::40: burned from now on.')
    expect(wrote).toEqual(['~ ip 2001:db8:e1::40: status available → burned'])
    expect(soundness).toEqual(sound)
  })

  it.each([
    [['203.0.113.24'], 6, '203.0.113.24 still carries 9 domains.'],
    [['203.0.113.25', '192.0.2.11'], 6, '192.0.2.11 still carries 1 domain.'],
    [['203.0.113.26'], 6, '203.0.113.26 is burned and cannot become burned.'],
    [['192.0.2.250'], 3, 'No sending IP 192.0.2.250.'],
    [[], 2, 'Which IP?'],
  ])('%j ends with %i and changes nothing', async (argv, exitCode, message) => {
    const {stderr, ...rest} = await attempt(retire(...argv, '--yes', '-o', 'json'))
    expect(rest).toEqual({stdout: '', wrote: [], changes: 0, exitCode})
    expect(JSON.parse(stderr).error.message).toBe(message)
  })

  it('goes by the domains themselves, not by a count that is not true', async () => {
    const kept = await attempt(retire('203.0.113.25', '--yes'), {}, newcomer('203.0.113.25'))
    expect(kept).toMatchObject({exitCode: 6, wrote: [], changes: 0})
    const retired = await attempt(
      retire('203.0.113.25', '--yes'),
      {},
      `update smtp_ip_addresses set assigned_count = 3 where ip_address = '203.0.113.25'`,
    )
    expect(retired).toMatchObject({exitCode: 0, wrote: ['~ ip 203.0.113.25: status available → burned']})
  })

  it('does nothing when between plan and commit a domain came to it', async () => {
    const {error, wrote, changes} = await applyLate(retireIps, {ips: ['203.0.113.25']}, newcomer('203.0.113.25'))
    expect(error).toMatchObject({
      reason: 'conflict',
      message: '203.0.113.25 still carries 1 domain.',
      hint: 'Move them first: pm ip quarantine 203.0.113.25',
    })
    expect({others: wrote.length, changes}).toEqual({others: 1, changes: 0})
  })
})
