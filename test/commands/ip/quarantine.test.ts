import {describe, expect, it} from 'vitest'
import {quarantineIps} from '../../../src/changes/ip/quarantine.ts'
import {applyLate, attempt, carryOut, sound} from '../../support/ip-write.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const quarantine = (...argv: string[]) => ['ip', 'quarantine', ...argv]
const statusOf = (...ips: string[]) =>
  `select ip_address as ip, status, assigned_count as domains from smtp_ip_addresses
   where ip_address in (${ips.map((ip) => `'${ip}'`).join(', ')}) order by 1`

describe('pm ip quarantine', () => {
  holdsAsWrite('of an IP that carries a domain', {
    argv: quarantine('192.0.2.141'),
    consent: ['--yes'],
    refusedAs: 'op_viewer',
    permission: 'ip.write',
    rows: statusOf('192.0.2.141', '198.51.100.31', '198.51.100.32'),
    after: [
      {ip: '192.0.2.141', status: 'quarantined', domains: 0},
      {ip: '198.51.100.31', status: 'warmed', domains: 3},
      {ip: '198.51.100.32', status: 'warmed', domains: 3},
    ],
    targets: [
      'ip:192.0.2.141',
      'ip:198.51.100.31',
      'ip:198.51.100.32',
      'domain:marlow-club.example',
      'domain:summitdental.example',
      'tenant:Marlow Bikes',
      'tenant:Summit Dental Group',
    ],
    images: ['insert domain_ip_assignments 2', 'update domain_ip_assignments 2', 'update smtp_ip_addresses 3'],
  })

  it('moves every domain, counts truly on both sides, and can be undone whole', async () => {
    const {ran, wrote, change, soundness} = await carryOut(
      quarantine('203.0.113.24', '--reason', 'listed on Spamhaus SBL', '--yes'),
    )
    expect(ran.exitCode).toBe(0)
    expect(wrote).toMatchInlineSnapshot(`
      [
        "+ acme-offers.example on 192.0.2.11: status active, assigned now, warmup_state warmed",
        "+ acme.example on 192.0.2.10: status active, assigned now, warmup_state warmed",
        "+ blueanchor.example on 192.0.2.11: status active, assigned now, warmup_state warmed",
        "+ harborpine-mail.example on 203.0.113.20: status active, assigned now, warmup_state warmed",
        "+ harborpine.example on 203.0.113.21: status active, assigned now, warmup_state warmed",
        "+ kestrel.example on 192.0.2.10: status active, assigned now, warmup_state warmed",
        "+ news.acme.example on 192.0.2.11: status active, assigned now, warmup_state warmed",
        "+ tidewater.example on 203.0.113.20: status active, assigned now, warmup_state warmed",
        "+ updates.kestrel.example on 203.0.113.21: status active, assigned now, warmup_state warmed",
        "~ acme-offers.example on 203.0.113.24: status active → expired, expires null → now",
        "~ acme.example on 203.0.113.24: status active → expired, expires null → now",
        "~ blueanchor.example on 203.0.113.24: status active → expired, expires null → now",
        "~ harborpine-mail.example on 203.0.113.24: status active → expired, expires null → now",
        "~ harborpine.example on 203.0.113.24: status active → expired, expires null → now",
        "~ ip 192.0.2.10: assigned_count 2 → 4",
        "~ ip 192.0.2.11: assigned_count 1 → 4",
        "~ ip 203.0.113.20: assigned_count 2 → 4",
        "~ ip 203.0.113.21: assigned_count 2 → 4",
        "~ ip 203.0.113.24: status warmed → quarantined, assigned_count 9 → 0",
        "~ kestrel.example on 203.0.113.24: status active → expired, expires null → now",
        "~ news.acme.example on 203.0.113.24: status active → expired, expires null → now",
        "~ tidewater.example on 203.0.113.24: status warming → expired, expires null → now",
        "~ updates.kestrel.example on 203.0.113.24: status active → expired, expires null → now",
      ]
    `)
    expect(change).toMatchObject({
      command: `pm ip quarantine 203.0.113.24 --reason 'listed on Spamhaus SBL' --yes`,
      permission: 'ip.write',
      reason: 'listed on Spamhaus SBL',
      login: 'op_operations',
      role: 'operations',
      undo_of: null,
      enforced_by: 'database',
      images: ['insert domain_ip_assignments 9', 'update domain_ip_assignments 9', 'update smtp_ip_addresses 5'],
    })
    expect(change?.targets).toMatchInlineSnapshot(`
      [
        "ip:203.0.113.24",
        "ip:192.0.2.11",
        "ip:192.0.2.10",
        "ip:203.0.113.20",
        "ip:203.0.113.21",
        "domain:acme-offers.example",
        "domain:acme.example",
        "domain:blueanchor.example",
        "domain:harborpine-mail.example",
        "domain:harborpine.example",
        "domain:kestrel.example",
        "domain:news.acme.example",
        "domain:tidewater.example",
        "domain:updates.kestrel.example",
        "tenant:Acme",
        "tenant:Blue Anchor Shipping",
        "tenant:Harbor & Pine",
        "tenant:Kestrel Analytics",
        "tenant:Tidewater Realty",
      ]
    `)
    expect(soundness).toEqual(sound)
  })

  it('shows the plan, its warnings and how to undo it on stderr, and the moves on stdout', async () => {
    const {ran} = await carryOut(quarantine('203.0.113.24', '--yes', '-o', 'table'))
    expect(ran.stderr.replaceAll(/pm_[0-9a-f]{12}|:\d+(?=\/)/g, 'DB')).toMatchInlineSnapshot(`
      "▸ DB, development · 127.0.0.1DB/DB · as Olga Operations (operations)

      Quarantine 203.0.113.24 and move 9 domains of 5 tenants.

      DOMAIN                   TENANT                FROM          TO            SENDING NOW
      acme-offers.example      Acme                  203.0.113.24  192.0.2.11    -
      acme.example             Acme                  203.0.113.24  192.0.2.10    -
      blueanchor.example       Blue Anchor Shipping  203.0.113.24  192.0.2.11    -
      harborpine-mail.example  Harbor & Pine         203.0.113.24  203.0.113.20  -
      harborpine.example       Harbor & Pine         203.0.113.24  203.0.113.21  -
      kestrel.example          Kestrel Analytics     203.0.113.24  192.0.2.10    -
      news.acme.example        Acme                  203.0.113.24  192.0.2.11    Winter Sale
      tidewater.example        Tidewater Realty      203.0.113.24  203.0.113.20  -
      updates.kestrel.example  Kestrel Analytics     203.0.113.24  203.0.113.21  -

      ~ ip 203.0.113.24   status: warmed → quarantined, assigned_count: 9 → 0
      ~ ip 192.0.2.11     assigned_count: 1 → 4
      ~ ip 192.0.2.10     assigned_count: 2 → 4
      ~ ip 203.0.113.20   assigned_count: 2 → 4
      ~ ip 203.0.113.21   assigned_count: 2 → 4

      ! Sending now: Winter Sale.

      Done: change 1. To undo it: pm audit undo 1
      "
    `)
    expect(ran.stdout).toMatchInlineSnapshot(`
      "DOMAIN                   TENANT                FROM          TO            SENDING NOW
      acme-offers.example      Acme                  203.0.113.24  192.0.2.11    -
      acme.example             Acme                  203.0.113.24  192.0.2.10    -
      blueanchor.example       Blue Anchor Shipping  203.0.113.24  192.0.2.11    -
      harborpine-mail.example  Harbor & Pine         203.0.113.24  203.0.113.20  -
      harborpine.example       Harbor & Pine         203.0.113.24  203.0.113.21  -
      kestrel.example          Kestrel Analytics     203.0.113.24  192.0.2.10    -
      news.acme.example        Acme                  203.0.113.24  192.0.2.11    Winter Sale
      tidewater.example        Tidewater Realty      203.0.113.24  203.0.113.20  -
      updates.kestrel.example  Kestrel Analytics     203.0.113.24  203.0.113.21  -
      "
    `)
  })

  it('leaves the whole outcome as JSON on stdout, and nothing else', async () => {
    const {ran} = await carryOut(quarantine('198.51.100.141', '--yes', '-o', 'json'))
    const id = expect.stringMatching(/^[0-9a-f-]{36}$/)
    expect(JSON.parse(ran.stdout)).toMatchObject({
      change: 1,
      undo: 'pm audit undo 1',
      headline: 'Quarantine 198.51.100.141 and move 3 domains of 3 tenants.',
      targets: expect.arrayContaining(['ip:198.51.100.141', 'domain:cafecreme.example', 'tenant:Café Crème']),
      effects: [
        {
          domain: 'atlas-quotes.example',
          tenant: 'Atlas Freight',
          from: '198.51.100.141',
          to: '198.51.100.140',
          sending: ['Rate Card'],
        },
        {domain: 'cafecreme.example', tenant: 'Café Crème', from: '198.51.100.141', to: '198.51.100.140', sending: []},
        {
          domain: 'pixelfoundry.example',
          tenant: 'Pixel Foundry',
          from: '198.51.100.141',
          to: '198.51.100.140',
          sending: [],
        },
      ],
      warnings: ['Sending now: Rate Card.'],
    })
    const {rows} = JSON.parse(ran.stdout)
    expect(rows).toHaveLength(8)
    expect(rows[0]).toEqual({
      table: 'public.smtp_ip_addresses',
      key: {id},
      before: {status: 'warmed', assigned_count: 3},
      after: {status: 'quarantined', assigned_count: 0},
    })
  })

  it('shows the same as JSON in a dry run, with no change made', async () => {
    const {stdout, exitCode, wrote, changes} = await attempt(quarantine('198.51.100.141', '--dry-run', '--json'))
    expect(JSON.parse(stdout)).toMatchObject({change: null, undo: null, effects: [{}, {}, {}]})
    expect({exitCode, wrote, changes}).toEqual({exitCode: 9, wrote: [], changes: 0})
  })

  it('has no name in a dry run, since nothing was changed', async () => {
    const {stdout, exitCode} = await attempt(quarantine('198.51.100.141', '--dry-run', '-o', 'name'))
    expect([exitCode, stdout]).toEqual([9, ''])
  })

  it('leaves one alone that is quarantined already, and says so', async () => {
    const {ran, wrote, change} = await carryOut(quarantine('198.51.100.145', '203.0.113.28', '--yes'))
    expect(ran.stderr).toContain('Quarantine 198.51.100.145, which carries no domains.')
    expect(ran.stderr).toContain('! Left alone, quarantined already: 203.0.113.28.')
    expect(wrote).toEqual(['~ ip 198.51.100.145: status available → quarantined'])
    expect(change).toMatchObject({targets: ['ip:198.51.100.145'], images: ['update smtp_ip_addresses 1']})
  })

  it('takes an IP that carries nothing', async () => {
    const {wrote, change, soundness} = await carryOut(quarantine('198.51.100.145', '--yes'))
    expect(wrote).toEqual(['~ ip 198.51.100.145: status available → quarantined'])
    expect(change).toMatchObject({targets: ['ip:198.51.100.145'], images: ['update smtp_ip_addresses 1']})
    expect(soundness).toEqual(sound)
  })

  it('takes several IPs at once, and moves no domain from one of them to another', async () => {
    const {ran, wrote, soundness} = await carryOut(quarantine('192.0.2.10', '192.0.2.11', '203.0.113.20', '--yes'))
    expect(ran.exitCode).toBe(0)
    const arrived = wrote.filter((line) => line.startsWith('+')).map((line) => line.replace(/^.* on (\S+): .*$/, '$1'))
    expect(arrived).toHaveLength(5)
    expect(arrived.filter((ip) => ['192.0.2.10', '192.0.2.11', '203.0.113.20'].includes(ip))).toEqual([])
    expect(soundness).toEqual(sound)
  })

  it('knows an IPv6 address in any spelling', async () => {
    const {ran, wrote, change, soundness} = await carryOut(quarantine('2001:DB8:113:0:0:0:0:24', '--yes'))
    expect(ran.exitCode).toBe(0)
    expect(wrote).toContain('~ ip 2001:db8:113::24: status warmed → quarantined, assigned_count 2 → 0')
    expect(change?.targets).toContain('ip:2001:db8:113::24')
    expect(soundness).toEqual(sound)
  })

  it('repairs a count that was not true', async () => {
    const {ran, wrote} = await carryOut(
      quarantine('198.51.100.141', '--yes'),
      {},
      `update smtp_ip_addresses set assigned_count = case ip_address when '198.51.100.141' then null else 1 end
       where ip_address in ('198.51.100.141', '198.51.100.140')`,
    )
    expect(ran.exitCode).toBe(0)
    expect(wrote.filter((line) => line.startsWith('~ ip'))).toEqual([
      '~ ip 198.51.100.140: assigned_count 1 → 6',
      '~ ip 198.51.100.141: status warmed → quarantined, assigned_count null → 0',
    ])
  })

  it.each<[string, string, string]>([
    [
      'the IP was quarantined by somebody else',
      `update smtp_ip_addresses set status = 'degraded' where ip_address = '198.51.100.141'`,
      'Changed since it was planned: ip 198.51.100.141. Nothing was changed.',
    ],
    [
      'a host got worse',
      `update smtp_ip_addresses set status = 'degraded' where ip_address = '198.51.100.140'`,
      'Changed since it was planned: ip 198.51.100.140. Nothing was changed.',
    ],
    [
      'a domain left it',
      `update domain_ip_assignments set status = 'expired' where domain_id = (select id from domains where domain = 'cafecreme.example')`,
      'Changed since it was planned: assignment of cafecreme.example. Nothing was changed.',
    ],
    [
      'a domain came to it, and the count did not say so',
      `insert into domain_ip_assignments (domain_id, smtp_ip_address_id, status) select d.id, i.id, 'scheduled'
       from domains d, smtp_ip_addresses i where d.domain = 'newleaf.example' and i.ip_address = '198.51.100.141'`,
      'Domains were assigned to 198.51.100.141 meanwhile. Nothing was changed.',
    ],
    [
      'a domain came to a host, and the count did not say so',
      `insert into domain_ip_assignments (domain_id, smtp_ip_address_id, status) select d.id, i.id, 'active'
       from domains d, smtp_ip_addresses i where d.domain = 'newleaf.example' and i.ip_address = '198.51.100.140'`,
      'Domains were assigned to 198.51.100.140 meanwhile. Nothing was changed.',
    ],
  ])('does nothing when between plan and commit %s', async (_, meanwhile, message) => {
    const input = {ips: ['198.51.100.141'], maxPerIp: 25, reassign: true}
    const {error, wrote, changes} = await applyLate(quarantineIps, input, meanwhile)
    expect(error).toMatchObject({reason: 'conflict', message})
    expect({others: wrote.length, changes}).toEqual({others: 1, changes: 0})
  })
})
