import {describe, expect, it} from 'vitest'
import {assignDomain} from '../../../src/changes/ip/assign.ts'
import {applyLate, attempt, carryOut, sound} from '../../support/ip-write.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const assign = (...argv: string[]) => ['ip', 'assign', ...argv, '--yes']

describe('pm ip assign', () => {
  holdsAsWrite('of a domain without an IP', {
    argv: ['ip', 'assign', 'newleaf.example', '192.0.2.10'],
    consent: ['--yes'],
    refusedAs: 'op_support',
    permission: 'ip.write',
    rows: `select i.ip_address as ip, i.assigned_count as domains, a.status, a.warmup_state as warmup
      from smtp_ip_addresses i left join domain_ip_assignments a on a.smtp_ip_address_id = i.id
        and a.domain_id = (select id from domains where domain = 'newleaf.example') where i.ip_address = '192.0.2.10'`,
    after: [{ip: '192.0.2.10', domains: 3, status: 'active', warmup: 'warmed'}],
    targets: ['domain:newleaf.example', 'ip:192.0.2.10', 'tenant:Newleaf Gardens'],
    images: ['insert domain_ip_assignments 1', 'update smtp_ip_addresses 1'],
  })

  it('moves a domain that sends by another IP, and counts truly on both sides', async () => {
    const {ran, wrote, change, soundness} = await carryOut([
      'ip',
      'assign',
      'acme.example',
      '192.0.2.11',
      '--reason',
      'own IP',
      '--yes',
    ])
    expect(ran.exitCode).toBe(0)
    expect(wrote).toEqual([
      '+ acme.example on 192.0.2.11: status active, assigned now, warmup_state warmed',
      '~ acme.example on 203.0.113.24: status active → expired, expires null → now',
      '~ ip 192.0.2.11: assigned_count 1 → 2',
      '~ ip 203.0.113.24: assigned_count 9 → 8',
    ])
    expect(change).toEqual({
      command: `pm ip assign acme.example 192.0.2.11 --reason 'own IP' --yes`,
      permission: 'ip.write',
      reason: 'own IP',
      targets: ['domain:acme.example', 'ip:192.0.2.11', 'ip:203.0.113.24', 'tenant:Acme'],
      login: 'op_operations',
      role: 'operations',
      undo_of: null,
      enforced_by: 'database',
      images: ['insert domain_ip_assignments 1', 'update domain_ip_assignments 1', 'update smtp_ip_addresses 2'],
    })
    expect(ran.stderr).toContain('Make acme.example of Acme send by 192.0.2.11.')
    expect(ran.stderr).toContain('! It leaves 203.0.113.24.')
    expect(soundness).toEqual(sound)
  })

  it('says that the tenant is deleted', async () => {
    const deleted = "update tenants set deleted = now() where name = 'Acme'"
    const {ran} = await carryOut(assign('acme.example', '192.0.2.10'), {}, deleted)
    expect(ran.exitCode).toBe(0)
    expect(ran.stderr).toContain('! Deleted, so that nothing of theirs is sent: Acme.\n')
    const living = await carryOut(assign('acme.example', '192.0.2.10'))
    expect(living.ran.stderr).not.toContain('Deleted')
  })

  it.each([
    ['192.0.2.13', 'status warming, assigned now, warmup_state warming', 'assigned_count 2 → 3'],
    ['203.0.113.23', 'status active, assigned now, warmup_state unwarmed', 'assigned_count 3 → 4'],
    ['2001:DB8:113::24', 'status active, assigned now, warmup_state warmed', 'assigned_count 2 → 3'],
    [
      '192.0.2.16',
      'status active, assigned now, warmup_state unwarmed',
      'status available → assigned, assigned_count 0 → 1',
    ],
  ])('begins as warm as the IP is: %s', async (given, begins, counts) => {
    const {ran, wrote, soundness} = await carryOut(assign('newleaf.example', given))
    const ip = given.toLowerCase()
    expect(ran.exitCode).toBe(0)
    expect(wrote).toEqual([`+ newleaf.example on ${ip}: ${begins}`, `~ ip ${ip}: ${counts}`])
    expect(soundness).toEqual(sound)
  })

  it('makes an IP available again that its last domain leaves', async () => {
    const {wrote, soundness} = await carryOut(
      assign('lumen-research.example', '192.0.2.10'),
      {},
      `update domain_ip_assignments set status = 'expired' where domain_id = (select id from domains where domain = 'summit-ortho.example');
       update smtp_ip_addresses set assigned_count = 1 where ip_address = '192.0.2.14'`,
    )
    expect(wrote).toContain('~ ip 192.0.2.14: status assigned → available, assigned_count 1 → 0')
    expect(soundness).toEqual(sound)
  })

  it('warns of a listed IP, and of a bad reputation', async () => {
    const {ran} = await carryOut(assign('newleaf.example', '203.0.113.24'))
    expect(ran.stderr).toContain('! 203.0.113.24 is listed on zen.spamhaus.org.')
    const rated = await carryOut(
      assign('newleaf.example', '192.0.2.10'),
      {},
      `update smtp_ip_addresses set reputation_state = 'critical' where ip_address = '192.0.2.10'`,
    )
    expect(rated.ran.stderr).toContain('! The reputation of 192.0.2.10 is critical.')
  })

  it('takes a domain in any case of letters', async () => {
    const {ran, change} = await carryOut(assign('NewLeaf.Example', '192.0.2.10'))
    expect(ran.exitCode).toBe(0)
    expect(change?.targets[0]).toBe('domain:newleaf.example')
  })

  it('repairs a count that was not true, and one that was missing', async () => {
    const {ran, wrote} = await carryOut(
      assign('acme.example', '192.0.2.11'),
      {},
      `update smtp_ip_addresses set assigned_count = case ip_address when '192.0.2.11' then null else 3 end
       where ip_address in ('192.0.2.11', '203.0.113.24')`,
    )
    expect(ran.exitCode).toBe(0)
    expect(wrote.filter((line) => line.startsWith('~ ip'))).toEqual([
      '~ ip 192.0.2.11: assigned_count null → 2',
      '~ ip 203.0.113.24: assigned_count 3 → 8',
    ])
  })

  it.each([
    [['acme.example', '203.0.113.24'], 6, 'acme.example sends by 203.0.113.24 already.'],
    [['acme.example', '203.0.113.26'], 6, '203.0.113.26 is burned and cannot carry domains.'],
    [['acme.example', '203.0.113.28'], 6, '203.0.113.28 is quarantined and cannot carry domains.'],
    [['nobody.example', '192.0.2.10'], 3, 'No domain nobody.example.'],
    [['%', '192.0.2.10'], 3, 'No domain %.'],
    [['acme.example', '192.0.2.250'], 3, 'No sending IP 192.0.2.250.'],
    [['acme.example', '192.0.2'], 2, '“192.0.2” is not an IP address.'],
    [['acme.example'], 2, 'Which IP?'],
    [[], 2, 'Which domain?'],
    [['acme.example', '192.0.2.10', 'now'], 2, 'Unexpected argument: now'],
  ])('%j ends with %i and changes nothing', async (argv, exitCode, message) => {
    const {stderr, ...rest} = await attempt([...assign(...argv), '-o', 'json'])
    expect(rest).toEqual({stdout: '', wrote: [], changes: 0, exitCode})
    expect(JSON.parse(stderr).error.message).toContain(message)
  })

  it.each<[string, string, string]>([
    [
      'the IP was quarantined',
      `update smtp_ip_addresses set status = 'quarantined' where ip_address = '192.0.2.10'`,
      'Changed since it was planned: ip 192.0.2.10. Nothing was changed.',
    ],
    [
      'another domain came to the IP',
      `insert into domain_ip_assignments (domain_id, smtp_ip_address_id, status) select d.id, i.id, 'active'
       from domains d, smtp_ip_addresses i where d.domain = 'go.sunrisesolar.example' and i.ip_address = '192.0.2.10'`,
      'Domains were assigned to 192.0.2.10 meanwhile. Nothing was changed.',
    ],
    [
      'the domain came to another IP',
      `insert into domain_ip_assignments (domain_id, smtp_ip_address_id, status) select d.id, i.id, 'active'
       from domains d, smtp_ip_addresses i where d.domain = 'newleaf.example' and i.ip_address = '192.0.2.11'`,
      'Assigned to another IP meanwhile: newleaf.example. Nothing was changed.',
    ],
  ])('does nothing when between plan and commit %s', async (_, meanwhile, message) => {
    const input = {domain: 'newleaf.example', ip: '192.0.2.10'}
    const {error, wrote, changes} = await applyLate(assignDomain, input, meanwhile)
    expect(error).toMatchObject({reason: 'conflict', message})
    expect({others: wrote.length, changes}).toEqual({others: 1, changes: 0})
  })
})
