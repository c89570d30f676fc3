import {sql} from 'kysely'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {platformTables} from '../src/db/platform-tables.ts'
import {sandboxId} from '../src/db/sandbox/sandbox-id.ts'
import {freshDatabase, type TestDatabase} from './support/database.ts'
import {run} from './support/run.ts'

/** Something put into a table, and the command that shows it then, to people and to programs, and not before. */
interface Home {
  argv: readonly string[]
  plant: string
  seen: string
}

const acme = sandboxId('tenant:acme')
const ofAcme = `tenant_id = '${acme}'`
const first = (table: string, condition = 'true') => `(select id from ${table} where ${condition} order by id limit 1)`
const mark = 'Planted42'

/** The command from which each of the platform's tables is reached. */
const homes: Readonly<Record<string, Home>> = {
  campaign_sequence_steps: {
    argv: ['campaign', 'show', 'CAMPAIGN'],
    plant: "update campaign_sequence_steps set executed_count = 424242 where campaign_id = 'CAMPAIGN'",
    seen: '424242',
  },
  campaigns: {
    argv: ['campaign', 'show', 'CAMPAIGN'],
    plant: `update campaigns set description = '${mark}' where id = 'CAMPAIGN'`,
    seen: mark,
  },
  companies: {
    argv: ['tenant', 'companies', 'acme'],
    plant: `update companies set name = '${mark}' where ${ofAcme}`,
    seen: mark,
  },
  domain_ip_assignments: {
    argv: ['ip', 'show', '203.0.113.24', '--time', 'iso'],
    plant: `update domain_ip_assignments set last_sent = '2001-02-03T04:05:06Z' where smtp_ip_address_id =
      ${first('smtp_ip_addresses', "ip_address = '203.0.113.24'")}`,
    seen: '2001-02-03T04:05:06',
  },
  domains: {
    argv: ['company', 'show', 'COMPANY'],
    plant: `update domains set domain = 'planted42.example' where company_id = 'COMPANY'`,
    seen: 'planted42.example',
  },
  email_accounts: {
    argv: ['account', 'list', '--tenant', 'acme'],
    plant: `update email_accounts set email = 'planted42@acme.example' where ${ofAcme}`,
    seen: 'planted42@acme.example',
  },
  email_templates: {
    argv: ['template', 'show', 'ETA', '--source'],
    plant: `update email_templates set body = 'Hello ${mark}' where id = 'ETA'`,
    seen: `Hello ${mark}`,
  },
  feature_flags: {
    argv: ['flags', 'show', 'new_editor'],
    plant: `update feature_flags set description = '${mark}' where key = 'new_editor'`,
    seen: mark,
  },
  folders: {
    argv: ['template', 'show', 'TEMPLATE'],
    plant: `update folders set name = '${mark}' where id in (select folder_id from template_folders where template_id = 'TEMPLATE')`,
    seen: mark,
  },
  leads: {
    argv: ['lead', 'find', '--tenant', 'acme'],
    plant: `update leads set company = '${mark}' where ${ofAcme}`,
    seen: mark,
  },
  payments: {
    argv: ['payment', 'list', '--tenant', 'acme'],
    plant: `update payments set description = '${mark}' where subscription_id in (select id from subscriptions where ${ofAcme})`,
    seen: mark,
  },
  permissions: {
    argv: ['staff', 'permission', 'list'],
    plant: `update permissions set description = '${mark}' where name = 'ip.write'`,
    seen: mark,
  },
  plans: {
    argv: ['plan', 'show', 'growth'],
    plant: `update plans set notes = '${mark}' where slug = 'growth'`,
    seen: mark,
  },
  smtp_ip_addresses: {
    argv: ['ip', 'list'],
    plant: "update smtp_ip_addresses set ip_address = '198.51.100.242' where ip_address = '203.0.113.24'",
    seen: '198.51.100.242',
  },
  staff_members: {
    argv: ['staff', 'show', 'olga@penguinmails.example'],
    plant: `update staff_members set notes = '${mark}'`,
    seen: mark,
  },
  staff_role_permissions: {
    argv: ['staff', 'role', 'show', 'viewer'],
    plant: `insert into staff_role_permissions (role_id, permission_id)
      select r.id, p.id from staff_roles r, permissions p where r.name = 'viewer' and p.name = 'job.write'`,
    seen: 'job',
  },
  staff_roles: {
    argv: ['staff', 'role', 'show', 'viewer'],
    plant: `update staff_roles set description = '${mark}' where name = 'viewer'`,
    seen: mark,
  },
  subscription_addons: {
    argv: ['addon', 'list'],
    plant: `update subscription_addons set addon_type = '${mark}'`,
    seen: mark,
  },
  subscriptions: {
    argv: ['subscription', 'show', 'acme'],
    plant: `update subscriptions set stripe_subscription_id = 'sub_${mark}' where ${ofAcme}`,
    seen: `sub_${mark}`,
  },
  system_config: {
    argv: ['config', 'get', 'ip_max_domains'],
    plant: `update system_config set value = '"${mark}"' where key = 'ip_max_domains'`,
    seen: mark,
  },
  tags: {
    argv: ['template', 'show', 'TEMPLATE'],
    plant: `update tags set value = '${mark}' where id in (select tag_id from template_tags where template_id = 'TEMPLATE')`,
    seen: mark,
  },
  template_dictionaries: {
    argv: ['template', 'show', 'ETA'],
    plant: `insert into template_dictionaries (tenant_id, key, value)
      select tenant_id, 'greeting', '"${mark}"' from email_templates where id = 'ETA'`,
    seen: mark,
  },
  template_folders: {
    argv: ['template', 'show', 'UNSORTED'],
    plant: `with made as (insert into folders (name) values ('${mark}') returning id)
      insert into template_folders (template_id, folder_id) select 'UNSORTED', id from made`,
    seen: mark,
  },
  template_tags: {
    argv: ['template', 'show', 'UNSORTED'],
    plant: `with made as (insert into tags (value) values ('${mark}') returning id)
      insert into template_tags (template_id, tag_id, tenant_id) select 'UNSORTED', made.id, t.tenant_id
      from made, templates t where t.id = 'UNSORTED'`,
    seen: mark,
  },
  templates: {
    argv: ['template', 'show', 'TEMPLATE', '--source'],
    plant: `update templates set content = 'Hello ${mark}' where id = 'TEMPLATE'`,
    seen: `Hello ${mark}`,
  },
  tenant_config: {
    argv: ['tenant', 'config', 'show', 'acme'],
    plant: `update tenant_config set billing_email = 'planted42@acme.example' where ${ofAcme}`,
    seen: 'planted42@acme.example',
  },
  tenant_policies: {
    argv: ['tenant', 'policy', 'show', 'acme'],
    plant: `update tenant_policies set session_timeout_hours = 4242 where ${ofAcme}`,
    seen: '4242',
  },
  tenant_users: {
    argv: ['tenant', 'users', 'acme'],
    plant: `update tenant_users set roles = '{${mark}}' where ${ofAcme}`,
    seen: mark,
  },
  tenants: {
    argv: ['tenant', 'list', '--search', 'planted'],
    plant: `update tenants set name = '${mark}' where id = '${acme}'`,
    seen: mark,
  },
  user_preferences: {
    argv: ['user', 'show', 'PREFERRING'],
    plant: `update user_preferences set timezone = 'Antarctica/${mark}' where user_id = 'PREFERRING'`,
    seen: `Antarctica/${mark}`,
  },
  users: {
    argv: ['user', 'show', 'PREFERRING'],
    plant: `update users set name = '${mark}' where id = 'PREFERRING'`,
    seen: mark,
  },
  vps_instances: {
    argv: ['vps', 'list'],
    plant: `update vps_instances set region = '${mark}'`,
    seen: mark,
  },
}

/** Rows that the sandbox has, by what they are called above. */
const rows: Readonly<Record<string, string>> = {
  CAMPAIGN: `select campaign_id as id from campaign_sequence_steps order by 1 limit 1`,
  COMPANY: `select company_id as id from domains where ${ofAcme} and company_id is not null order by 1 limit 1`,
  ETA: 'select id from email_templates order by 1 limit 1',
  PREFERRING: 'select user_id as id from user_preferences order by 1 limit 1',
  TEMPLATE: `select t.id from templates t where exists (select from template_folders f where f.template_id = t.id)
    and exists (select from template_tags g where g.template_id = t.id) order by 1 limit 1`,
  UNSORTED: `select id from templates where id not in (select template_id from template_folders)
    and id not in (select template_id from template_tags) order by 1 limit 1`,
}

let database: TestDatabase

beforeEach(async () => {
  database = await freshDatabase()
})

afterEach(() => database.drop())

test("each of the platform's tables has a command that shows it", () => {
  expect(Object.keys(homes).sort()).toEqual(platformTables)
})

test.each(Object.entries(homes))('%s', async (_table, {argv, plant, seen}) => {
  const named = await names()
  const fill = (text: string) => text.replaceAll(/[A-Z]{3,}/g, (name) => named.get(name) ?? name)
  const words = argv.map(fill)
  const before = await show(words)
  await sql.raw(fill(plant)).execute(database.owner.db)
  const after = await show(words)

  expect([before, after]).toEqual([
    [expect.not.stringContaining(seen), expect.not.stringContaining(seen)],
    [expect.stringContaining(seen), expect.stringContaining(seen)],
  ])
})

async function names(): Promise<Map<string, string>> {
  const found = await Promise.all(
    Object.entries(rows).map(async ([name, query]) => {
      const {
        rows: [row],
      } = await sql.raw<{id: string}>(query).execute(database.owner.db)
      if (!row) throw new Error(`The sandbox has no ${name}.`)
      return [name, row.id] as const
    }),
  )
  return new Map(found)
}

/** What a command shows people, and programs. */
async function show(words: readonly string[]): Promise<string[]> {
  const world = {env: {DATABASE_URL: database.url('op_admin'), NO_COLOR: '1'}, isTTY: {stdout: true}, width: 200}
  const shown = [await run(world, [...words, '-o', 'table']), await run(world, [...words, '-o', 'json'])]
  for (const {exitCode, stderr} of shown) expect({exitCode, stderr}).toMatchObject({exitCode: 0})
  return shown.map(({stdout}) => stdout)
}
