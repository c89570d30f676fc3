import {describe, expect, it} from 'vitest'
import {attempt, carryOut, sound} from '../../support/ip-write.ts'

const quarantine = (...argv: string[]) => ['ip', 'quarantine', ...argv, '--yes']
const hosts = (wrote: readonly string[]) =>
  wrote.filter((line) => line.startsWith('+')).map((line) => line.replace(/^\+ (\S+) on (\S+): .*$/, '$1 $2'))

// Nothing in the platform's tables forbids it.
const alsoOn = (ip: string) => `
  with host as (update smtp_ip_addresses set assigned_count = assigned_count + 1 where ip_address = '${ip}' returning id)
  insert into domain_ip_assignments (domain_id, smtp_ip_address_id, status, warmup_state, assigned)
  select d.id, host.id, 'active', 'warmed', now() from domains d, host where d.domain = 'acme.example'`

describe('where quarantined domains go', () => {
  it('to the one IP that --to names, even in another region', async () => {
    const {ran, wrote, change, soundness} = await carryOut(quarantine('198.51.100.141', '--to', '192.0.2.10'))
    expect(ran.exitCode).toBe(0)
    expect(hosts(wrote)).toEqual([
      'atlas-quotes.example 192.0.2.10',
      'cafecreme.example 192.0.2.10',
      'pixelfoundry.example 192.0.2.10',
    ])
    expect(wrote).toContain('~ ip 192.0.2.10: assigned_count 2 → 5')
    expect(change?.targets.slice(0, 2)).toEqual(['ip:198.51.100.141', 'ip:192.0.2.10'])
    expect(soundness).toEqual(sound)
  })

  it('to none, for a domain that also sends by an IP that stays', async () => {
    const also = alsoOn('192.0.2.11')
    const {ran, wrote, soundness} = await carryOut(quarantine('203.0.113.24', '-o', 'json'), {}, also)
    const {effects} = JSON.parse(ran.stdout)
    expect(effects).toContainEqual(expect.objectContaining({domain: 'acme.example', to: '192.0.2.11'}))
    expect(hosts(wrote).filter((line) => line.startsWith('acme.example '))).toEqual([])
    expect(soundness.counts).toEqual([])
    const left = await carryOut(quarantine('203.0.113.24', '--no-reassign'), {}, also)
    expect(left.ran.stderr).toContain('and leave 8 domains of 5 tenants without an IP.')
    expect(left.ran.stderr).toContain('! 8 domains will stop sending.')
  })

  it('to one, for a domain that sends by two of the leaving', async () => {
    const {ran, wrote, soundness} = await carryOut(
      quarantine('203.0.113.24', '198.51.100.140'),
      {},
      alsoOn('198.51.100.140'),
    )
    expect(ran.exitCode).toBe(0)
    expect(hosts(wrote).filter((line) => line.startsWith('acme.example '))).toHaveLength(1)
    expect([soundness.counts, soundness.torn]).toEqual([[], []])
  })

  it('to one of the same version of IP, as long as one has room', async () => {
    const only = (address: string) => `update smtp_ip_addresses set reputation_state = 'critical'
      where ip_address not in (${address})`
    const {ran, wrote} = await carryOut(quarantine('198.51.100.141'), {}, only("'2001:db8:113::24', '198.51.100.33'"))
    expect(hosts(wrote).every((line) => line.endsWith(' 198.51.100.33'))).toBe(true)
    expect(ran.stderr).not.toContain('IPv6')
    const other = await carryOut(quarantine('198.51.100.141'), {}, only("'2001:db8:113::24'"))
    expect(hosts(other.wrote).every((line) => line.endsWith(' 2001:db8:113::24'))).toBe(true)
    expect(other.ran.stderr).toContain(
      '! From IPv4 to IPv6, which not every receiver takes mail from: atlas-quotes.example, cafecreme.example, pixelfoundry.example.\n',
    )
    const back = await carryOut(quarantine('2001:db8:e0::40', '--to', '198.51.100.33'))
    expect(back.ran.stderr).toContain('! From IPv6 to IPv4: atlas-track.example, eu.atlasfreight.example.\n')
  })

  it('where a tenant is deleted, with a word about it', async () => {
    const deleted = "update tenants set deleted = now() where name = 'Acme'"
    const {ran} = await carryOut(quarantine('203.0.113.24'), {}, deleted)
    expect(ran.exitCode).toBe(0)
    expect(ran.stderr).toContain('! Deleted, so that nothing of theirs is sent: Acme.\n')
  })

  it('to a warming IP as domains that warm up', async () => {
    const {wrote, soundness} = await carryOut(quarantine('2001:db8:e0::40', '--to', '2001:DB8:113::24'))
    expect(hosts(wrote)).toEqual(['atlas-track.example 2001:db8:113::24', 'eu.atlasfreight.example 2001:db8:113::24'])
    expect(soundness).toEqual(sound)
    const warming = await carryOut(quarantine('2001:db8:e0::40', '--to', '198.51.100.33'))
    expect(warming.wrote.filter((line) => line.startsWith('+'))).toEqual([
      '+ atlas-track.example on 198.51.100.33: status warming, assigned now, warmup_state warming',
      '+ eu.atlasfreight.example on 198.51.100.33: status warming, assigned now, warmup_state warming',
    ])
    expect(warming.soundness).toEqual(sound)
  })

  it.each([
    ['203.0.113.23', 'degraded', 'degraded, fair'],
    ['203.0.113.25', 'available', 'available, good'],
    ['203.0.113.24', 'listed', 'warmed, poor, listed on zen.spamhaus.org'],
    [
      '203.0.113.28',
      'quarantined',
      'quarantined, critical, listed on zen.spamhaus.org, listed on bl.spamcop.net, listed on b.barracudacentral.org',
    ],
    ['192.0.2.16', 'unrated', 'available'],
  ])('never to an unhealthy IP, whoever names it: %s, %s', async (to, _, state) => {
    const {stderr, ...rest} = await attempt(quarantine('198.51.100.141', '--to', to, '-o', 'json'))
    expect(rest).toEqual({stdout: '', wrote: [], changes: 0, exitCode: 6})
    expect(JSON.parse(stderr).error).toMatchObject({
      code: 'conflict',
      message: `${to} cannot take domains over: it is ${state}.`,
      hint: 'It must be warmed or warming, good or fair, and on no blocklist. See: pm ip list --status warmed',
    })
  })

  it('never to an IP that is quarantined with them', async () => {
    const {stderr, ...rest} = await attempt(quarantine('198.51.100.141', '192.0.2.10', '--to', '192.0.2.10'))
    expect(rest).toEqual({stdout: '', wrote: [], changes: 0, exitCode: 2})
    expect(stderr).toBe('Error: 192.0.2.10 cannot take over its own domains. (usage, exit 2)\n')
  })

  it('never to one that nobody knows', async () => {
    expect(await attempt(quarantine('198.51.100.141', '--to', '192.0.2.250'))).toMatchObject({exitCode: 3, changes: 0})
    // Nor where there is nothing to move: whoever names it is mistaken.
    expect(await attempt(quarantine('203.0.113.25', '--to', '192.0.2.250'))).toMatchObject({exitCode: 3, changes: 0})
  })

  it('never more than --max-per-ip to one, those it has included', async () => {
    const {ran, wrote, soundness} = await carryOut(quarantine('203.0.113.24', '--max-per-ip', '3'))
    expect(ran.exitCode).toBe(0)
    const full = wrote.filter((line) => /assigned_count \d+ → ([4-9]|\d\d)/.test(line))
    expect(full).toEqual([])
    expect(hosts(wrote)).toHaveLength(9)
    expect(soundness).toEqual(sound)
  })

  it('never to a listed IP, whatever its state says, nor to one on a VPS that goes', async () => {
    const {wrote} = await carryOut(
      quarantine('198.51.100.141'),
      {},
      `update smtp_ip_addresses set provider_blacklist_status = '{"listed": ["bl.spamcop.net"]}'
       where ip_address in ('198.51.100.140', '198.51.100.142')`,
    )
    expect([...new Set(hosts(wrote).map((line) => line.split(' ')[1]))]).toEqual(['192.0.2.11', '192.0.2.10'])
    const away = await carryOut(
      quarantine('198.51.100.141'),
      {},
      `update vps_instances set status = 'scheduled_decommission' where hostwinds_instance_id = 'hw-420064'`,
    )
    expect(hosts(away.wrote).filter((line) => / 198\.51\.100\.14\d$|2001:db8:e0/.test(line))).toEqual([])
    expect(away.soundness).toEqual(sound)
  })

  it('nowhere with --no-reassign: they stop sending, and the plan says so', async () => {
    const {ran, wrote, change, soundness} = await carryOut(quarantine('203.0.113.24', '--no-reassign'))
    expect(ran.exitCode).toBe(0)
    expect(hosts(wrote)).toEqual([])
    expect(wrote).toHaveLength(10)
    expect(wrote).toContain('~ ip 203.0.113.24: status warmed → quarantined, assigned_count 9 → 0')
    expect(ran.stderr).toContain('Quarantine 203.0.113.24 and leave 9 domains of 5 tenants without an IP.')
    expect(ran.stderr).toContain('! 9 domains will stop sending.\n! Sending now: Winter Sale.\n')
    expect(ran.stdout.split('\n')[0]).toBe('acme-offers.example\tAcme\t203.0.113.24\t\t')
    expect(change?.targets).toContain('domain:acme.example')
    expect(soundness).toEqual(sound)
  })

  it('nowhere when all hosts are full, and then nothing happens at all', async () => {
    const {wrote, exitCode} = await attempt(quarantine('203.0.113.24'), {}, 'update vps_instances set status = null')
    expect({wrote, exitCode}).toEqual({wrote: [], exitCode: 6})
  })

  it('the same whenever asked', async () => {
    const [first, second] = await Promise.all([
      carryOut(quarantine('203.0.113.24')),
      carryOut(quarantine('203.0.113.24')),
    ])
    expect(second.wrote).toEqual(first.wrote)
  })
})
