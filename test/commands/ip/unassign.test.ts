import {describe, expect, it} from 'vitest'
import {unassignDomain} from '../../../src/changes/ip/assign.ts'
import {applyLate, attempt, carryOut, sound} from '../../support/ip-write.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const unassign = (...argv: string[]) => ['ip', 'unassign', ...argv, '--yes']

describe('pm ip unassign', () => {
  holdsAsWrite('of a domain', {
    argv: ['ip', 'unassign', 'kestrel.example'],
    consent: ['--yes'],
    refusedAs: 'op_viewer',
    permission: 'ip.write',
    rows: `select ip_address as ip, status, assigned_count as domains from smtp_ip_addresses where ip_address = '203.0.113.24'`,
    after: [{ip: '203.0.113.24', status: 'warmed', domains: 8}],
    targets: ['domain:kestrel.example', 'ip:203.0.113.24', 'tenant:Kestrel Analytics'],
    images: ['update domain_ip_assignments 1', 'update smtp_ip_addresses 1'],
  })

  it('ends the assignment, counts truly, and says that the domain stops', async () => {
    const {ran, wrote, soundness} = await carryOut(unassign('acme.example', '--reason', 'abuse report 4711'))
    expect(ran.exitCode).toBe(0)
    expect(ran.stderr).toContain('Take acme.example of Acme off 203.0.113.24.')
    expect(ran.stderr).toContain('! The domain will stop sending.')
    expect(wrote).toEqual([
      '~ acme.example on 203.0.113.24: status active → expired, expires null → now',
      '~ ip 203.0.113.24: assigned_count 9 → 8',
    ])
    expect(soundness).toEqual(sound)
  })

  it('takes a domain off every IP where it stands on two', async () => {
    const {ran, wrote, change} = await carryOut(
      unassign('acme.example'),
      {},
      `insert into domain_ip_assignments (domain_id, smtp_ip_address_id, status) select d.id, i.id, 'active'
       from domains d, smtp_ip_addresses i where d.domain = 'acme.example' and i.ip_address = '192.0.2.11';
       update smtp_ip_addresses set assigned_count = 2 where ip_address = '192.0.2.11'`,
    )
    expect(ran.exitCode).toBe(0)
    expect(wrote).toEqual([
      '~ acme.example on 192.0.2.11: status active → expired, expires null → now',
      '~ acme.example on 203.0.113.24: status active → expired, expires null → now',
      '~ ip 192.0.2.11: assigned_count 2 → 1',
      '~ ip 203.0.113.24: assigned_count 9 → 8',
    ])
    expect(change?.targets).toHaveLength(4)
  })

  it.each([
    [['newleaf.example'], 6, 'newleaf.example sends by no IP.'],
    [['nobody.example'], 3, 'No domain nobody.example.'],
    [[], 2, 'Which domain?'],
  ])('%j ends with %i and changes nothing', async (argv, exitCode, message) => {
    const {stderr, ...rest} = await attempt([...unassign(...argv), '-o', 'json'])
    expect(rest).toEqual({stdout: '', wrote: [], changes: 0, exitCode})
    expect(JSON.parse(stderr).error.message).toBe(message)
  })

  it.each<[string, string]>([
    [
      'the domain moved',
      `update domain_ip_assignments set status = 'expired' where domain_id = (select id from domains where domain = 'acme.example')`,
    ],
    ['another left the IP', `update smtp_ip_addresses set assigned_count = 8 where ip_address = '203.0.113.24'`],
  ])('does nothing when between plan and commit %s', async (_, meanwhile) => {
    const {error, wrote, changes} = await applyLate(unassignDomain, {domain: 'acme.example'}, meanwhile)
    expect(error).toMatchObject({reason: 'conflict'})
    expect({others: wrote.length, changes}).toEqual({others: 1, changes: 0})
  })
})
