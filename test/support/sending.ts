import type {TestDatabase} from './database.ts'
import {ask} from './records.ts'

/** IPs of the tests’ own that carry domains, and some that may take these over; no other IP may. */
export interface Sending {
  ips: number
  domainsOfIp: number
  hosts: number
}

/** Adds IPs 198.18.0.1, 198.18.0.2 …, each with domains `d1.q1.example`, `d2.q1.example` …, and hosts 198.19.0.1 …. */
export async function addSending(database: TestDatabase, {ips, domainsOfIp, hosts}: Sending): Promise<string[]> {
  await ask(database, `update smtp_ip_addresses set reputation_state = 'poor'`)
  await ask(
    database,
    `insert into smtp_ip_addresses (vps_instance_id, ip_address, status, reputation_state, assigned_count)
     select v.id, net || n, 'warmed', reputation, 0
     from (select id from vps_instances where status = 'active' order by id limit 1) v,
       (select '198.18.0.' as net, 'poor' as reputation, n from generate_series(1, ${ips}) n
        union all select '198.19.0.', 'good', n from generate_series(1, ${hosts}) n) added`,
  )
  await ask(
    database,
    `with made as (
       insert into domains select m.* from generate_series(1, ${ips}) ip, generate_series(1, ${domainsOfIp}) n
         cross join lateral jsonb_populate_record((select d from domains d where domain = 'acme.example'),
           jsonb_build_object('id', gen_random_uuid(), 'is_primary', false,
             'domain', 'd' || n || '.q' || ip || '.example')) m
       returning id, domain)
     insert into domain_ip_assignments (domain_id, smtp_ip_address_id, status, warmup_state, assigned)
     select made.id, i.id, 'active', 'warmed', now() from made
       join smtp_ip_addresses i on i.ip_address = '198.18.0.' || substring(domain from 'q(\\d+)')`,
  )
  await ask(
    database,
    `update smtp_ip_addresses i set assigned_count =
       (select count(*) from domain_ip_assignments a where a.smtp_ip_address_id = i.id
          and a.status in ('active', 'warming', 'scheduled')) where ip_address like '198.18.%'`,
  )
  return Array.from({length: ips}, (_, n) => `198.18.0.${n + 1}`)
}

/** What must never be, not even for a moment: a count that is not true, a domain on an IP that is out of sending. */
export async function neverSo(database: TestDatabase): Promise<object[]> {
  return ask(
    database,
    `select ip_address, status, assigned_count, live from smtp_ip_addresses i
     cross join lateral (select count(*)::int as live from domain_ip_assignments a
       where a.smtp_ip_address_id = i.id and a.status in ('active', 'warming', 'scheduled')) l
     where assigned_count is distinct from live or (live > 0 and status in ('quarantined', 'burned')) order by 1`,
  )
}
