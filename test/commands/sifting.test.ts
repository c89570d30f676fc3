import {expect, test} from 'vitest'
import {reading} from '../support/reading.ts'

// More tenants than are looked at for a page, all of them by name before the sandbox's own; the last is over its limits.
const {seen, pm} = reading({
  login: 'op_admin',
  arrange: `with made as (insert into tenants (id, name) select gen_random_uuid(), '!' || lpad(n::text, 4, '0')
      from generate_series(1, 1200) n returning id, name),
    subscribed as (insert into subscriptions (tenant_id, plan_id, status)
      select m.id, p.id, 'active' from made m, plans p where p.slug = 'starter')
    insert into domains (tenant_id, domain) select id, 'd' || n || '.over.example' from made, generate_series(1, 4) n
      where name = '!1200'`,
})
const nextOf = (stderr: string) => /--after (\S+)/.exec(stderr)?.[1] ?? ''

test('looks at 1,000 tenants for a page, and says how to go on where none of them is wanted', async () => {
  const first = await seen('tenant', 'list', '--over-limit', '--limit', '1')
  expect(first.stdout).toBe('')
  expect(first.stderr).toMatch(/^Looked at 1,000 tenants and found 0\. Next: --after \S+ {3}All: --limit 0\n$/)

  const second = await seen('tenant', 'list', '--over-limit', '--limit', '1', '--after', nextOf(first.stderr))
  expect(second.stdout).toMatch(/^TENANT .*\n!1200 +starter +active +Domains +0 +4 /)
  expect(second.stderr).toMatch(/^There are more\. Next: --after/)

  const third = await seen('tenant', 'list', '--over-limit', '--after', nextOf(second.stderr))
  expect(third.stdout).toMatch(/\nNorthline Recruiting +starter +active +Domains, E-mail accounts/)
  expect(third.stderr).toBe('')
})

test('finds all of them for programs, and for people who ask for all', async () => {
  const {stdout} = await pm('tenant', 'list', '--over-limit', '-o', 'tsv', '--fields', 'tenant,over_limit')
  expect(stdout).toBe('!1200\tmax_domains\nNorthline Recruiting\tmax_domains,max_email_accounts\n')
  const {stderr, stdout: table} = await seen('tenant', 'list', '--over-limit', '--limit', '0')
  expect([table.split('\n').length, stderr]).toEqual([4, ''])
})

test('reckons 1,000 tenants for a page of what they cost, and with --all every one', async () => {
  const some = await seen('cost', '--by', 'tenant')
  expect(some.stdout).toMatch(/^Cost a month of the first 1,000 tenants by name, and of what is idle: 173\.90 in all\n/)
  expect(some.stderr).toBe('There are more tenants. All: --all\n')
  const all = await seen('cost', '--by', 'tenant', '--all')
  expect(all.stdout).toMatch(/^Cost a month by tenant: \d+\.\d\d in all\n {2}TENANT .*\n {2}\(idle\) +18 +0 +171\.50\n/)
  expect(all.stderr).toBe('')
})
