import {expect, test} from 'vitest'
import {freshDatabase} from '../support/database.ts'
import {ask} from '../support/records.ts'
import {run} from '../support/run.ts'

test('shows people the dearest, with their share as bars, and programs all', async () => {
  const database = await freshDatabase()
  await ask(
    database,
    `insert into vps_instances (hostwinds_instance_id, region, status, monthly_cost)
     select 'hw-' || n, 'region-' || n, 'active', n from generate_series(101, 160) n`,
  )
  const pm = (...argv: string[]) =>
    run({env: {DATABASE_URL: database.url('op_viewer'), NO_COLOR: '1'}, isTTY: {stdout: true}, width: 80}, argv)

  const {stdout} = await pm('cost')

  const lines = stdout.split('\n')
  expect(lines[0]).toMatch(/^Cost a month by region: 8212\.50 in all$/)
  // Two of the sandbox's own regions are among the fifty dearest.
  expect(lines.filter((line) => /^ {2}region-\d+ +0 +0 +\d+\.00$/.test(line))).toHaveLength(48)
  expect(lines[1]).toBe('  REGION      IPS  DOMAINS  COST A MONTH')
  expect(stdout).toMatch(/^ {2}region-160 +▓+░+ +160\.00 \(2%\)$/m)
  expect(stdout).toContain('\n13 more: -o csv\n')
  expect(lines.filter((line) => line.includes('▓') || line.includes('░'))).toHaveLength(15)
  expect((await pm('cost', '-o', 'csv', '--no-header')).stdout.trim().split('\n')).toHaveLength(63)
  await database.drop()
})

test('draws no share of nothing', async () => {
  const database = await freshDatabase()
  await ask(database, 'truncate vps_instances cascade')
  const {stdout} = await run({env: {DATABASE_URL: database.url('op_viewer'), NO_COLOR: '1'}, isTTY: {stdout: true}}, [
    'cost',
  ])
  expect(stdout).toBe('Cost a month by region: 0.00 in all\n  No costs.\n')
  await database.drop()
})

test('shares an IP between the tenants that send by it, by their live domains', async () => {
  const database = await freshDatabase()
  const costs = async (by: string) =>
    JSON.parse((await run({env: {DATABASE_URL: database.url('op_viewer')}}, ['cost', '--by', by, '-o', 'json'])).stdout)
  // One VPS with one IP: 30 for the VPS and 3 for the IP, for two domains of Acme's and one of another.
  await ask(
    database,
    `truncate vps_instances cascade;
     insert into vps_instances (hostwinds_instance_id, region, status, monthly_cost) values ('hw-1', 'us-east', 'active', 30);
     insert into smtp_ip_addresses (vps_instance_id, ip_address, status, approximate_cost, assigned_count)
       select id, '198.51.100.1', 'warmed', 3, 3 from vps_instances;
     insert into domain_ip_assignments (domain_id, smtp_ip_address_id, status)
       select d.id, i.id, s from smtp_ip_addresses i,
         (values ('acme.example', 'active'), ('acme-mail.example', 'warming'), ('acme-offers.example', 'expired'),
            ((select domain from domains d join tenants t on t.id = d.tenant_id where t.name = 'Verde Foods' order by 1 limit 1), 'active'))
           v (domain, s) join domains d using (domain);`,
  )

  expect(await costs('tenant')).toEqual([
    {name: 'Acme', ips: 1, domains: 2, cost: '22.00'},
    {name: 'Verde Foods', ips: 1, domains: 1, cost: '11.00'},
  ])
  expect(await costs('vps')).toEqual([{name: 'hw-1', ips: 1, domains: 3, cost: '33.00'}])
  await ask(database, "update domain_ip_assignments set status = 'expired'")
  expect(await costs('tenant')).toEqual([{name: '(idle)', ips: 1, domains: 0, cost: '33.00'}])
  await database.drop()
})
