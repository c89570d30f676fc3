import {createPublicKey} from 'node:crypto'
import {domainToUnicode} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {ipStatuses, mayCarryDomains, reputations} from '../../../src/rules/ip-lifecycle.ts'
import {asOf, type LoadedSandbox, live, loadSandbox} from './loaded.ts'

let db: LoadedSandbox

beforeAll(async () => {
  db = await loadSandbox()
})

afterAll(() => db.close())

const records = `domains d, jsonb_array_elements(d.dns_records -> 'records') r`

describe('domains', () => {
  test('are at least 60, in every state, some without DNS', async () => {
    expect(await db.only('select count(distinct domain) from domains')).toBeGreaterThanOrEqual(60)
    expect(
      await db.column(`select format('%s %s, %s with records', verification_status, count(*), count(dns_records))
        from domains group by verification_status order by 1`),
    ).toMatchInlineSnapshot(`
      [
        "error 4, 4 with records",
        "failed 12, 12 with records",
        "pending 19, 15 with records",
        "verified 44, 44 with records",
      ]
    `)
  })

  test('have two internationalized names', async () => {
    const names = await db.column(`select domain from domains where domain like 'xn--%' order by 1`)
    expect(names.map((name) => domainToUnicode(String(name)))).toEqual(['ペンギン.example', 'søster.example'])
  })

  test('agree with their records, but for a key that is only being prepared', async () => {
    const worst = `case when bool_or(r ->> 'verification_status' = 'error') then 'error'
      when bool_or(r ->> 'verification_status' = 'failed') then 'failed'
      when bool_or(r ->> 'verification_status' = 'pending') then 'pending' else 'verified' end`
    expect(
      await db.column(`select d.domain from ${records} where r ->> 'selector' is distinct from 'pm2'
        group by d.id having ${worst} <> verification_status`),
    ).toEqual([])
    expect(
      await db.column(`select domain from domains where (verification_status in ('failed', 'error'))
        <> (dns_verification_error is not null)`),
    ).toEqual([])
    expect(await db.column('select domain from domains where dns_last_verified_at > updated')).toEqual([])
    expect(
      await db.column(`select domain from domains where (verification_status = 'verified') <> (verified is not null)`),
    ).toEqual([])
  })

  test('have records of every type, all with the fields of the guide', async () => {
    expect(
      await db.column(`select concat_ws(' ', r ->> 'record_type', count(*)) from ${records} group by r ->> 'record_type'
        order by 1`),
    ).toMatchInlineSnapshot(`
      [
        "A 7",
        "AAAA 7",
        "CNAME 7",
        "DKIM 77",
        "DMARC 75",
        "MX 75",
        "SPF 75",
      ]
    `)
    const fields = `array['record_type', 'name', 'value', 'ttl', 'verification_status', 'last_verified_at',
      'verification_attempts', 'verification_error', 'source']`
    expect(await db.column(`select d.domain from ${records} where not r ?& ${fields}`)).toEqual([])
    expect(await db.column(`select d.domain from ${records} where r::text like '%{domain}%'`)).toEqual([])
    expect(
      await db.column(`select d.domain from ${records} where r ->> 'needs_deployment' = 'true' order by 1`),
    ).toMatchInlineSnapshot(`
      [
        "acme-mail.example",
        "appointments.lumenhealth.example",
        "lumen-research.example",
        "northline-eu.example",
        "redwood-agents.example",
      ]
    `)
  })

  test('have DKIM keys that are RSA keys of 2048 bits, those Mailu keeps of 1024', async () => {
    const keys = await db.all<
      Record<'domain' | 'managed_by' | 'secret_ref' | 'public_key' | 'value' | 'selector', string>
    >(
      `select d.domain, k.* from ${records}, jsonb_to_record(r)
        as k (managed_by text, secret_ref text, public_key text, value text, selector text)
        where r ->> 'record_type' = 'DKIM'`,
    )
    for (const {domain, managed_by, secret_ref, public_key, value, selector} of keys) {
      const mailu = managed_by === 'mailu'
      const key = createPublicKey({key: Buffer.from(public_key, 'base64'), format: 'der', type: 'spki'})
      expect(key.asymmetricKeyDetails?.modulusLength).toBe(mailu ? 1024 : 2048)
      expect(value).toBe(`v=DKIM1; k=rsa; p=${public_key}`)
      expect(secret_ref).toBe(mailu ? null : `vault://mail/dkim/${domain}/${selector}`)
    }
    expect(keys.filter(({managed_by}) => managed_by === 'mailu').map(({domain}) => domain)).toMatchInlineSnapshot(`
      [
        "mail.pengin.example",
        "quillpress.example",
        "fenwick-legal.example",
      ]
    `)
  })
})

describe('infrastructure', () => {
  test('has six servers in three regions', async () => {
    expect(
      await db.column(`select concat_ws(' ', region, status, hostwinds_instance_id) from vps_instances order by 1`),
    ).toMatchInlineSnapshot(`
      [
        "eu-central active hw-420064",
        "eu-central provisioning hw-431189",
        "us-east active hw-410871",
        "us-east active hw-410902",
        "us-west active hw-415530",
        "us-west scheduled_decommission hw-398217",
      ]
    `)
  })

  test('has at least 40 IPs in every state and of every reputation', async () => {
    expect(await db.only('select count(distinct ip_address) from smtp_ip_addresses')).toBeGreaterThanOrEqual(40)
    expect(await db.column('select distinct status from smtp_ip_addresses')).toHaveLength(ipStatuses.length)
    const rated = await db.column('select distinct reputation_state from smtp_ip_addresses order by 1')
    expect(rated).toEqual([...[...reputations].sort(), null])
    expect(
      await db.column(`select concat_ws(' ', status, count(*)) from smtp_ip_addresses group by status order by 1`),
    ).toMatchInlineSnapshot(`
      [
        "assigned 3",
        "available 12",
        "burned 3",
        "degraded 3",
        "quarantined 3",
        "warmed 16",
        "warming 4",
      ]
    `)
  })

  test('has reputation checks that are fresh, stale and missing, and the lists were asked with them', async () => {
    expect(
      await db.column(`select concat_ws(' ', case when last_reputation_check is null then 'never'
        when last_reputation_check < '${asOf.toISOString()}'::timestamptz - interval '7 days' then 'stale'
        else 'fresh' end, count(*)) from smtp_ip_addresses group by last_reputation_check is null,
        last_reputation_check < '${asOf.toISOString()}'::timestamptz - interval '7 days' order by 1`),
    ).toMatchInlineSnapshot(`
      [
        "fresh 27",
        "never 7",
        "stale 10",
      ]
    `)
    expect(
      await db.column(`select ip_address from smtp_ip_addresses where last_reputation_check
        is distinct from (provider_blacklist_status ->> 'checked_at')::timestamptz`),
    ).toEqual([])
    expect(
      await db.column(`select ip_address from smtp_ip_addresses where provider_blacklist_status -> 'listed' <>
        (select coalesce(jsonb_agg(key order by key = 'b.barracudacentral.org', key desc), '[]')
          from jsonb_each(provider_blacklist_status -> 'lists') where value ->> 'status' = 'listed')`),
    ).toEqual([])
  })

  test('counts live assignments exactly, one a domain at most', async () => {
    expect(
      await db.column(`select ip_address from smtp_ip_addresses i where assigned_count <>
        (select count(*) from domain_ip_assignments a where a.smtp_ip_address_id = i.id and a.status in ${live})`),
    ).toEqual([])
    expect(
      await db.column(`select domain_id from domain_ip_assignments where status in ${live}
        group by 1 having count(*) > 1`),
    ).toEqual([])
    const without = `select d.domain from domains d where not exists
      (select from domain_ip_assignments a where a.domain_id = d.id and a.status in ${live})`
    expect((await db.column(without)).length).toBeGreaterThan(5)
  })

  test('has domains on the IPs that may carry them, and on no other', async () => {
    const carrying = await db.column(
      'select distinct status from smtp_ip_addresses where assigned_count > 0 order by 1',
    )
    const empty = await db.column('select distinct status from smtp_ip_addresses where assigned_count = 0 order by 1')
    expect(carrying).toEqual(ipStatuses.filter(mayCarryDomains).sort())
    expect(empty).toEqual(ipStatuses.filter((status) => !mayCarryDomains(status)).sort())
  })

  test('has assignments whose warmth and times fit their state', async () => {
    expect(
      await db.column(`select concat_ws(' ', status, warmup_state, case when expires is not null then 'ended' end,
        case when last_sent is not null then 'sent' end, count(*)) from domain_ip_assignments
        group by status, warmup_state, expires is not null, last_sent is not null order by 1`),
    ).toMatchInlineSnapshot(`
      [
        "active warmed sent 50",
        "expired warmed ended sent 14",
        "scheduled unwarmed 6",
        "warming warming sent 10",
      ]
    `)
    expect(
      await db.column(`select distinct i.status from domain_ip_assignments a
        join smtp_ip_addresses i on i.id = a.smtp_ip_address_id where a.status = 'scheduled'`),
    ).toEqual(['assigned'])
    expect(
      await db.all('select * from domain_ip_assignments where expires < last_sent or last_sent < assigned'),
    ).toEqual([])
    expect(
      await db.all(`select * from domain_ip_assignments a join domains d on d.id = a.domain_id
        join tenants t on t.id = d.tenant_id where t.deleted is not null and a.status in ${live}`),
    ).toEqual([])
  })
})

describe('203.0.113.24', () => {
  const bad = `(select * from smtp_ip_addresses where ip_address = '203.0.113.24') i`
  const carried = `${bad} join domain_ip_assignments a on a.smtp_ip_address_id = i.id and a.status in ${live}
    join domains d on d.id = a.domain_id join tenants t on t.id = d.tenant_id`

  test('is listed, poor and still warmed, in us-east', async () => {
    expect(
      await db.all(`select i.status, reputation_state, v.region, v.status as server, provider_blacklist_status
        from ${bad} join vps_instances v on v.id = i.vps_instance_id`),
    ).toEqual([
      {
        status: 'warmed',
        reputation_state: 'poor',
        region: 'us-east',
        server: 'active',
        provider_blacklist_status: {
          checked_at: '2025-11-20T08:24:00.000Z',
          listed: ['zen.spamhaus.org'],
          lists: {
            'zen.spamhaus.org': {status: 'listed', code: '127.0.0.2', reason: 'SBL: spam source'},
            'bl.spamcop.net': {status: 'clean'},
            'b.barracudacentral.org': {status: 'clean'},
          },
        },
      },
    ])
  })

  test('carries nine domains of five tenants, one of whom is sending', async () => {
    expect(
      await db.column(`select concat_ws(': ', t.name, string_agg(d.domain, ' ' order by d.domain))
        from ${carried} group by t.id order by t.name`),
    ).toMatchInlineSnapshot(`
      [
        "Acme: acme-offers.example acme.example news.acme.example",
        "Blue Anchor Shipping: blueanchor.example",
        "Harbor & Pine: harborpine-mail.example harborpine.example",
        "Kestrel Analytics: kestrel.example updates.kestrel.example",
        "Tidewater Realty: tidewater.example",
      ]
    `)
    expect(
      await db.column(`select distinct t.name from ${carried} join campaigns c on c.tenant_id = t.id
        where c.status = 'sending'`),
    ).toEqual(['Acme'])
  })

  test('has healthy neighbours with room for what it carries', async () => {
    expect(
      await db.column(`select format('%s: %s IPs carry %s domains', region, count(*), sum(assigned_count))
        from smtp_ip_addresses i join vps_instances v on v.id = i.vps_instance_id
        where i.status = 'warmed' and reputation_state = 'good' and v.status = 'active' group by region order by 1`),
    ).toMatchInlineSnapshot(`
      [
        "eu-central: 3 IPs carry 8 domains",
        "us-east: 5 IPs carry 9 domains",
        "us-west: 3 IPs carry 8 domains",
      ]
    `)
  })
})
