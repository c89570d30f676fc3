import {describe, expect, it} from 'vitest'
import {releaseIps} from '../../../src/changes/ip/status.ts'
import {applyLate, attempt, carryOut, sound} from '../../support/ip-write.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const release = (...argv: string[]) => ['ip', 'release', ...argv]

describe('pm ip release', () => {
  holdsAsWrite('of two quarantined IPs', {
    argv: release('192.0.2.17', '203.0.113.28'),
    consent: ['--yes'],
    refusedAs: 'op_viewer',
    permission: 'ip.write',
    rows: `select ip_address as ip, status from smtp_ip_addresses where ip_address in ('192.0.2.17', '203.0.113.28') order by 1`,
    after: [
      {ip: '192.0.2.17', status: 'warming'},
      {ip: '203.0.113.28', status: 'warming'},
    ],
    targets: ['ip:192.0.2.17', 'ip:203.0.113.28'],
    images: ['update smtp_ip_addresses 2'],
  })

  it.each(['warming', 'available'])('brings an IP back as %s', async (status) => {
    const {ran, wrote, soundness} = await carryOut(release('203.0.113.28', '--as', status, '--yes'))
    expect(ran.exitCode).toBe(0)
    expect(ran.stderr).toContain(`Release 203.0.113.28: ${status} from now on.`)
    expect(wrote).toEqual([`~ ip 203.0.113.28: status quarantined → ${status}`])
    expect(soundness).toEqual(sound)
  })

  it('names the legal moves of an IP that is not quarantined', async () => {
    const {stderr} = await attempt(release('203.0.113.24', '--yes', '-o', 'json'))
    expect(JSON.parse(stderr).error.hint).toBe(
      'From warmed it can become available, assigned, degraded, quarantined, burned.',
    )
  })

  it.each([
    [['203.0.113.24'], 6, '203.0.113.24 is warmed, not quarantined.'],
    [['203.0.113.28', '203.0.113.26'], 6, '203.0.113.26 is burned, not quarantined.'],
    [
      ['203.0.113.24', '203.0.113.28', '203.0.113.26'],
      6,
      '203.0.113.24 is warmed, not quarantined. 203.0.113.26 is burned, not quarantined. Nothing was changed.',
    ],
    [['192.0.2.250'], 3, 'No sending IP 192.0.2.250.'],
    [['203.0.113.28', '--as', 'warmed'], 2, '--as takes warming, available; not “warmed”'],
    [[], 2, 'Which IP?'],
  ])('%j ends with %i and changes nothing', async (argv, exitCode, message) => {
    const {stderr, ...rest} = await attempt(release(...argv, '--yes', '-o', 'json'))
    expect(rest).toEqual({stdout: '', wrote: [], changes: 0, exitCode})
    expect(JSON.parse(stderr).error.message).toContain(message)
  })

  it('does nothing when between plan and commit somebody else released it', async () => {
    const {error, changes} = await applyLate(
      releaseIps,
      {ips: ['203.0.113.28'], as: 'warming'},
      `update smtp_ip_addresses set status = 'available' where ip_address = '203.0.113.28'`,
    )
    expect(error).toMatchObject({reason: 'conflict', details: {changed: ['ip 203.0.113.28']}})
    expect(changes).toBe(0)
  })
})
