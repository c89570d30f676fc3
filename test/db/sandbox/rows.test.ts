import {isIP} from 'node:net'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {sandboxOperators} from '../../../src/db/sandbox/operators.ts'
import {sandboxRows} from '../../../src/db/sandbox/rows.ts'
import {sandboxId} from '../../../src/db/sandbox/sandbox-id.ts'
import {asOf, type LoadedSandbox, loadSandbox} from './loaded.ts'

let db: LoadedSandbox

beforeAll(async () => {
  db = await loadSandbox()
})

afterAll(() => db.close())

describe('the rows as a whole', () => {
  test('fill every table but those of the permission catalogue', () => {
    expect(sandboxRows(asOf).map(({table, rows}) => `${table} ${rows.length}`)).toMatchInlineSnapshot(`
      [
        "users 58",
        "tenants 32",
        "tenant_users 52",
        "staff_members 8",
        "user_preferences 38",
        "tenant_config 31",
        "tenant_policies 28",
        "system_config 15",
        "feature_flags 8",
        "plans 7",
        "subscriptions 32",
        "subscription_addons 9",
        "payments 172",
        "companies 36",
        "domains 79",
        "email_accounts 105",
        "leads 336",
        "vps_instances 6",
        "smtp_ip_addresses 44",
        "domain_ip_assignments 80",
        "folders 6",
        "tags 7",
        "templates 88",
        "template_folders 59",
        "template_tags 87",
        "email_templates 11",
        "template_dictionaries 7",
        "campaigns 28",
        "campaign_sequence_steps 93",
      ]
    `)
  })

  test('are the same for the same time, and move with it', () => {
    expect(sandboxRows(asOf)).toEqual(sandboxRows(new Date(asOf)))
    const later = new Date(asOf.getTime() + 86_400_000)
    const ids = (time: Date) => sandboxRows(time).map(({rows}) => rows.map(({id}) => id))
    expect(ids(later)).toEqual(ids(asOf))
    expect(sandboxRows(later)).not.toEqual(sandboxRows(asOf))
  })

  test('leave no column to a default', async () => {
    for (const {table, rows} of sandboxRows(asOf)) {
      const columns = await db.column(`select column_name::text from information_schema.columns
        where table_schema = 'public' and table_name = '${table}'`)
      for (const row of rows) expect(Object.keys(row).sort(), table).toEqual([...columns].sort())
    }
  })

  test('name only documentation addresses and hosts under .example, the blocklists aside', () => {
    const strings = stringsIn(sandboxRows(asOf))
    expect(strings.flatMap(foreignAddresses)).toEqual([])
    expect(strings.flatMap(foreignHosts)).toEqual([])
  })

  test('were never changed before they were made, nor made in the future', () => {
    const times = sandboxRows(asOf).flatMap(({table, rows}) =>
      rows.map(({created, updated}) => ({table, created: created ?? '', updated: updated ?? asOf.toISOString()})),
    )
    expect(times.filter(({created, updated}) => created > updated || updated > asOf.toISOString())).toEqual([])
  })

  test.each([
    ['tenant_users', 'tenants', 'tenant_id'],
    ['tenant_users', 'users', 'user_id'],
    ['staff_members', 'users', 'user_id'],
    ['user_preferences', 'users', 'user_id'],
    ['companies', 'tenants', 'tenant_id'],
    ['domains', 'tenants', 'tenant_id'],
    ['domains', 'companies', 'company_id'],
    ['subscriptions', 'tenants', 'tenant_id'],
    ['subscriptions', 'plans', 'plan_id'],
    ['payments', 'subscriptions', 'subscription_id'],
    ['subscription_addons', 'subscriptions', 'subscription_id'],
    ['campaigns', 'tenants', 'tenant_id'],
    ['templates', 'tenants', 'tenant_id'],
    ['email_accounts', 'domains', 'domain_id'],
    ['smtp_ip_addresses', 'vps_instances', 'vps_instance_id'],
    ['domain_ip_assignments', 'domains', 'domain_id'],
    ['domain_ip_assignments', 'smtp_ip_addresses', 'smtp_ip_address_id'],
  ])('%s came after the %s they belong to', async (child, parent, key) => {
    expect(
      await db.all(`select c.* from ${child} c join ${parent} p on p.id = c.${key} where c.created < p.created`),
    ).toEqual([])
  })

  test.each([
    ['domains', 'companies p on p.id = c.company_id'],
    ['campaigns', 'companies p on p.id = c.company_id'],
    ['email_accounts', 'domains p on p.id = c.domain_id'],
    ['template_tags', 'templates p on p.id = c.template_id'],
    [
      'campaigns',
      'campaign_sequence_steps s on s.campaign_id = c.id join email_accounts p on p.id = s.email_account_id',
    ],
    ['campaigns', 'campaign_sequence_steps s on s.campaign_id = c.id join templates p on p.id = s.template_id'],
  ])('%s stay within their tenant: %s', async (child, join) => {
    expect(await db.all(`select c.* from ${child} c join ${join} where c.tenant_id <> p.tenant_id`)).toEqual([])
  })

  test.each([
    'domains',
    'campaigns',
    'leads',
    'templates',
    'email_accounts',
    'email_templates',
    'template_dictionaries',
  ])('%s name a tenant there is, though no foreign key makes them', async (table) => {
    expect(await db.all(`select * from ${table} where tenant_id not in (select id from tenants)`)).toEqual([])
  })

  test('derive ids that are UUIDs, always the same', () => {
    expect(sandboxId('tenant:acme')).toBe('cef41eed-96b2-8b03-b04f-8adef1c9def6')
    const ids = sandboxRows(asOf).flatMap(({rows}) => rows.map(({id}) => id).filter((id) => isUuidLike(id)))
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('tenants', () => {
  test('are at least 25, two of them deleted, with names that need care', async () => {
    const names = await db.column('select name from tenants')
    expect(names.length).toBeGreaterThanOrEqual(25)
    expect(names).toEqual(expect.arrayContaining(['Acme', "O'Reilly's Orchard", 'Søster & Co', '株式会社ペンギン']))
    expect(names.filter((name) => /[\u001b\u202e]/.test(String(name)))).toEqual([
      '\u001b[2J\u001b[31mHello Ops\u001b[0m \u202Eelpmaxe',
    ])
    expect(await db.column('select name from tenants where deleted is not null order by name')).toEqual([
      'Ghostlight Media',
      'Old Mill Bakery',
    ])
  })

  test('each have an owner, and one primary domain where they have any', async () => {
    const owners = `select count(*) from tenant_users u where u.tenant_id = t.id and 'owner' = any (u.roles)`
    expect(await db.all(`select name from tenants t where (${owners}) <> 1`)).toEqual([])
    expect(
      await db.all('select tenant_id from domains group by 1 having count(*) filter (where is_primary) <> 1'),
    ).toEqual([])
  })

  test('have users with several roles, one who left and two in two tenants', async () => {
    const members = 'tenant_users m join users u on u.id = m.user_id join tenants t on t.id = m.tenant_id'
    expect(await db.column('select distinct unnest(roles) from tenant_users order by 1')).toEqual([
      'admin',
      'billing',
      'member',
      'owner',
    ])
    expect(await db.column(`select u.email from ${members} where m.deleted is not null and t.deleted is null`)).toEqual(
      ['derek@acme.example'],
    )
    expect(await db.column(`select u.email from ${members} group by u.id having count(*) > 1 order by 1`)).toEqual([
      'gwen@ghostlight.example',
      'ravi@atlasfreight.example',
    ])
  })

  test('are customers in Stripe, but for two, and live in time zones there are', async () => {
    expect(await db.only(`select count(*) from tenant_config where stripe_customer_id is null`)).toBe(2)
    expect(await db.all(`select * from tenant_config where stripe_customer_id !~ '^cus_\\w{14}$'`)).toEqual([])
    for (const zone of await db.column('select ui_timezone from tenant_config')) {
      expect(() => new Intl.DateTimeFormat('en', {timeZone: String(zone)})).not.toThrow()
    }
  })
})

describe('billing', () => {
  test('has plans that are sold, retired and drafted', async () => {
    expect(
      await db.column(`select concat_ws(' ', slug, price_monthly, case when is_active then 'active' end,
        case when stripe_product_id is null then 'unlinked' end) from plans order by price_monthly`),
    ).toMatchInlineSnapshot(`
      [
        "founder 1900",
        "starter 2900 active",
        "black-friday-2025 3900",
        "growth 7900 active",
        "scale 24900 active",
        "agency 39900 unlinked",
        "enterprise 99900 active",
      ]
    `)
    const founders = `subscriptions s join plans p on p.id = s.plan_id and p.slug = 'founder' and s.status = 'active'`
    expect(await db.only(`select count(*) from ${founders}`)).toBe(2)
  })

  test('has subscriptions in every state', async () => {
    expect(
      await db.column(`select concat_ws(' ', status, count(*)) from subscriptions group by status order by 1`),
    ).toMatchInlineSnapshot(`
      [
        "active 24",
        "canceled 4",
        "past_due 2",
        "unpaid 2",
      ]
    `)
    expect(
      await db.all(`select * from subscriptions
        where (status = 'canceled') = (current_period_end > '${asOf.toISOString()}')`),
    ).toEqual([])
    expect(await db.all(`select * from subscriptions where stripe_subscription_id !~ '^sub_\\w{24}$'`)).toEqual([])
    expect(await db.column('select name from tenants where id not in (select tenant_id from subscriptions)')).toEqual([
      'Newleaf Gardens',
    ])
  })

  test('has subscriptions about to end or change, and invoices that go to somebody else', async () => {
    const named = 'subscriptions s join tenants t on t.id = s.tenant_id join plans p on p.id = s.plan_id'
    expect(
      await db.column(`select concat_ws(': ', t.name, cancel_reason) from ${named}
        where cancel_at_period_end order by t.name`),
    ).toMatchInlineSnapshot(`
      [
        "Orbit Events: Season's over; back in spring",
        "Pixel Foundry: Moving to a tool made in house",
        "Tidewater Realty",
      ]
    `)
    expect(
      await db.column(`select format('%s: %s to %s', t.name, p.slug, next.slug) from ${named}
        join plans next on next.id = s.pending_plan_id order by t.name`),
    ).toMatchInlineSnapshot(`
      [
        "Kestrel Analytics: scale to enterprise",
        "Northline Recruiting: starter to growth",
        "Verde Foods: growth to starter",
      ]
    `)
    expect(
      await db.column(`select t.name from ${named} join tenant_users u on u.tenant_id = t.id
        and u.user_id = s.billing_contact_user_id where 'owner' <> all (u.roles) order by 1`),
    ).toMatchInlineSnapshot(`
      [
        "Acme",
        "Atlas Freight",
        "Kestrel Analytics",
        "Lumen Health",
        "Sunrise Solar",
      ]
    `)
  })

  test('has one tenant over the domain limit of its plan, and two a smaller plan would not hold', async () => {
    const over = (limit: string) => `select t.name from tenants t join subscriptions s on s.tenant_id = t.id
      join plans p on p.id = s.plan_id and s.status <> 'canceled'
      where (select count(*) from domains d where d.tenant_id = t.id) > ${limit}`
    expect(await db.column(over('p.max_domains'))).toEqual(['Northline Recruiting'])
    const starter = `(select max_domains from plans where slug = 'starter')`
    expect(await db.column(`${over(starter)} and p.slug = 'growth' order by 1`)).toEqual(['Acme', 'Verde Foods'])
  })

  test('has payments of every outcome, one of them outside Stripe', async () => {
    expect(
      await db.column(`select concat_ws(' ', status, currency, count(*)) from payments
      group by status, currency order by 1`),
    ).toMatchInlineSnapshot(`
      [
        "failed EUR 2",
        "failed USD 10",
        "refunded USD 5",
        "succeeded EUR 23",
        "succeeded USD 132",
      ]
    `)
    expect(await db.all('select description, amount from payments where stripe_payment_intent_id is null')).toEqual([
      {description: 'Enterprise Plan - Yearly (bank transfer)', amount: '9990.00'},
    ])
    expect(await db.all(`select * from payments where stripe_payment_intent_id !~ '^pi_\\w{24}$'`)).toEqual([])
    expect(await db.all(`select * from payments where (status = 'failed') = (processed is not null)`)).toEqual([])
    expect(
      await db.column(`select distinct concat_ws(': ', s.status, (select p.status from payments p
        where p.subscription_id = s.id order by p.created desc limit 1)) from subscriptions s order by 1`),
    ).toEqual(['active: succeeded', 'canceled: refunded', 'past_due: failed', 'unpaid: failed'])
  })
})

describe('the rest', () => {
  test('has an operator a role, and staff without a login or a role', async () => {
    const team = await db.all<{user_id: string; line: string}>(`select user_id,
      concat_ws(' ', u.name, u.email, coalesce(r.name, 'no role')) as line
      from staff_members join users u on u.id = user_id left join staff_roles r on r.id = role_id`)
    const operators = sandboxOperators.map(({login, userId, role}) => {
      const member = team.find(({user_id}) => user_id === userId)
      return {login, role, line: member?.line}
    })
    expect(operators.map(({login, line}) => `${login}: ${line}`)).toMatchInlineSnapshot(`
      [
        "op_admin: Ada Admin ada@penguinmails.example admin",
        "op_operations: Olga Operations olga@penguinmails.example operations",
        "op_billing: Bill Billing bill@penguinmails.example billing",
        "op_support: Sue Support sue@penguinmails.example support",
        "op_viewer: Vic Viewer vic@penguinmails.example viewer",
      ]
    `)
    for (const {line, role} of operators) expect(line?.endsWith(role)).toBe(true)
    const others = team.filter(({user_id}) => !sandboxOperators.some(({userId}) => userId === user_id))
    expect(others.map(({line}) => line)).toMatchInlineSnapshot(`
      [
        "Nora Night nora@penguinmails.example operations",
        "Sam Second sam@penguinmails.example support",
        "Otto Former otto@penguinmails.example no role",
      ]
    `)
  })

  test('has flags on, off and in between', async () => {
    expect(
      await db.column(`select concat_ws(' ', key, case when is_enabled then 'on' else 'off' end, rollout_percentage)
        from feature_flags order by 1`),
    ).toMatchInlineSnapshot(`
      [
        "ai_subject_lines on 5",
        "bulk_lead_import off 60",
        "dark_mode on 100",
        "eta_async_includes on 50",
        "ipv6_sending on 0",
        "new_editor on 25",
        "stripe_portal_v3 off 0",
        "warmup_v2 on 100",
      ]
    `)
  })

  test('has plain settings, and sensitive ones with values that are obviously fake', async () => {
    const plain = await db.only(`select value from system_config where key = 'stripe_account_id' and not is_sensitive`)
    expect(plain).toMatch(/^acct_/)
    const secrets = await db.column('select value::text from system_config where is_sensitive')
    expect(secrets).toHaveLength(4)
    for (const secret of secrets) expect(secret).toContain('fake-')
  })

  test('has campaigns in every state with steps in order, of every type', async () => {
    expect(
      await db.column(`select concat_ws(' ', status, count(*)) from campaigns group by status order by 1`),
    ).toMatchInlineSnapshot(`
      [
        "completed 8",
        "draft 4",
        "paused 5",
        "scheduled 4",
        "sending 7",
      ]
    `)
    expect(await db.column('select distinct step_type from campaign_sequence_steps order by 1')).toEqual([
      'condition',
      'email',
      'wait',
    ])
    expect(
      await db.all(`select * from campaign_sequence_steps
        where (step_type = 'email') <> (email_account_id is not null and template_id is not null)`),
    ).toEqual([])
    expect(
      await db.all(`select campaign_id from campaign_sequence_steps group by 1
        having max(step_order) <> count(*) or count(distinct step_order) <> count(*)`),
    ).toEqual([])
    expect(await db.all('select * from campaigns where completed < scheduled or scheduled < created')).toEqual([])
  })

  test('has e-mail accounts in several states, with paths into the vault', async () => {
    expect(
      await db.column(`select concat_ws(' ', status, count(*)) from email_accounts group by status order by 1`),
    ).toMatchInlineSnapshot(`
      [
        "active 92",
        "error 4",
        "suspended 9",
      ]
    `)
    expect(await db.all(`select * from email_accounts where vault_key_path !~ '^vault://mail/accounts/'`)).toEqual([])
    expect(await db.all('select * from email_accounts where (daily_count > 0) <> (last_warmed is not null)')).toEqual(
      [],
    )
  })
})

function isUuidLike(id: unknown): id is string {
  return typeof id === 'string' && id.length === 36
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)])
}

/** What in a string is an address of somebody's; loopback answers of blocklists are nobody's. */
function foreignAddresses(text: string): string[] {
  const quads = text.match(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g) ?? []
  const candidates = isIP(text) === 6 ? [text] : quads
  return candidates.filter((address) => !/^(192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|127\.|2001:db8:)/.test(address))
}

/** What in a string is a host name of somebody's; Eta's variables, mailboxes and file names only look like one. */
function foreignHosts(text: string): string[] {
  const blocklists = ['zen.spamhaus.org', 'bl.spamcop.net', 'b.barracudacentral.org']
  const bare = text.replaceAll(/<%.*?%>|[\w.-]+@/gs, '')
  const names = bare.match(/[\p{L}\d_-]+(?:\.[\p{L}\d_-]+)*\.\p{L}{2,}/gu) ?? []
  return names.filter((name) => !/\.(example|png|svg)$/.test(name) && !blocklists.includes(name))
}
