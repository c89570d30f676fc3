import {describe, expect, it} from 'vitest'
import {rateIps} from '../../../src/changes/ip/rate.ts'
import {applyLate, attempt, carryOut, sound} from '../../support/ip-write.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

describe('pm ip rate', () => {
  holdsAsWrite('of two IPs', {
    argv: ['ip', 'rate', '203.0.113.24', '2001:DB8:113::24', 'critical'],
    consent: [],
    refusedAs: 'op_billing',
    permission: 'ip.write',
    rows: `select ip_address as ip, reputation_state as reputation from smtp_ip_addresses
      where ip_address in ('203.0.113.24', '2001:db8:113::24') order by 1`,
    after: [
      {ip: '2001:db8:113::24', reputation: 'critical'},
      {ip: '203.0.113.24', reputation: 'critical'},
    ],
    targets: ['ip:203.0.113.24', 'ip:2001:db8:113::24'],
    images: ['update smtp_ip_addresses 2'],
  })

  it.each(['good', 'fair', 'critical'])('records %s, in place of what was there', async (reputation) => {
    const {ran, wrote, soundness} = await carryOut(['ip', 'rate', '203.0.113.24', reputation])
    expect(ran.exitCode).toBe(0)
    expect(wrote).toEqual([`~ ip 203.0.113.24: reputation_state poor → ${reputation}`])
    expect(soundness).toEqual(sound)
  })

  it('rates an IP that nobody rated, and leaves alone what is so already', async () => {
    const {wrote, change, soundness} = await carryOut(['ip', 'rate', '192.0.2.16', '192.0.2.10', 'good'])
    expect(wrote).toEqual(['~ ip 192.0.2.16: reputation_state null → good'])
    expect(change).toMatchObject({targets: ['ip:192.0.2.16'], images: ['update smtp_ip_addresses 1']})
    expect(soundness).toEqual(sound)
  })

  it('has nothing to do where all are so already, and says so as data too', async () => {
    const text = await attempt(['ip', 'rate', '192.0.2.10', '192.0.2.11', 'good'])
    expect(text).toMatchObject({exitCode: 0, stdout: '', wrote: [], changes: 0})
    expect(text.stderr.trimEnd().split('\n').at(-1)).toBe('Nothing to do.')
    const json = await attempt(['ip', 'rate', '192.0.2.10', 'good', '-o', 'json'])
    expect({...json, stdout: JSON.parse(json.stdout)}).toMatchObject({
      exitCode: 0,
      changes: 0,
      stdout: {
        change: null,
        undo: null,
        headline: 'Rate 192.0.2.10 good.',
        targets: [],
        effects: [],
        rows: [],
        warnings: [],
      },
    })
  })

  it('exits 0 from a dry run that would change nothing', async () => {
    expect(await attempt(['ip', 'rate', '192.0.2.10', 'good', '--dry-run'])).toMatchObject({exitCode: 0, changes: 0})
  })

  it.each([
    [['--reason', 'good', '203.0.113.24', 'good']],
    [['--reason', '203.0.113.24', '203.0.113.24', 'good']],
    [['203.0.113.24', '--reason', 'good', 'good']],
  ])('takes the last argument for the reputation, whatever the flags hold: %j', async (argv) => {
    const {ran, wrote} = await carryOut(['ip', 'rate', ...argv])
    expect({exitCode: ran.exitCode, wrote}).toEqual({
      exitCode: 0,
      wrote: ['~ ip 203.0.113.24: reputation_state poor → good'],
    })
  })

  it.each([
    [['203.0.113.24'], '“203.0.113.24” is no reputation.'],
    [['good', '203.0.113.24'], '“203.0.113.24” is no reputation.'],
    [['203.0.113.24', 'GOOD'], '“GOOD” is no reputation.'],
    [['203.0.113.24', 'unknown'], '“unknown” is no reputation.'],
    [[], 'Which reputation?'],
    [['good'], 'Which IP?'],
    [['203.0.113.24', 'fair', 'good'], '“fair” is not an IP address.'],
  ])('%j is no command line', async (argv, message) => {
    const {stderr, ...rest} = await attempt(['ip', 'rate', ...argv, '-o', 'json'])
    expect(rest).toEqual({stdout: '', wrote: [], changes: 0, exitCode: 2})
    expect(JSON.parse(stderr).error.message).toBe(message)
  })

  it('does nothing when between plan and commit somebody else rated it', async () => {
    const {error, wrote, changes} = await applyLate(
      rateIps,
      {ips: ['203.0.113.24', '192.0.2.10'], reputation: 'critical'},
      `update smtp_ip_addresses set reputation_state = 'fair' where ip_address = '192.0.2.10'`,
    )
    expect(error).toMatchObject({reason: 'conflict', details: {changed: ['ip 192.0.2.10']}})
    expect({wrote, changes}).toEqual({wrote: ['~ ip 192.0.2.10: reputation_state good → fair'], changes: 0})
  })
})
