import {type Kysely, sql} from 'kysely'
import {explainFailure} from './failure.ts'
import {setLocally} from './local-settings.ts'
import type {Database} from './schema.ts'

/** What there is of everything for each tenant; times and states vary with the tenant's number. */
const perTenant = {users: 2, domains: 5, leads: 10, templates: 2, steps: 3, payments: 3} as const
const tenantsPerIp = 20
const ipsPerVps = 8

// The same number always gives the same id, so that rows can refer to each other without being read back.
const id = (kind: string, number: string) => `md5('${kind}:' || ${number})::uuid`

const each = (many: number) => `generate_series(1, $tenants) t, generate_series(1, ${many}) k`

/** Statements that fill a database for $tenants tenants, on top of what is there. */
const statements: readonly string[] = [
  `insert into public.tenants (id, name, created, updated)
   select ${id('tenant', 't')}, 'Seeded ' || lpad(t::text, 7, '0'), now() - t * interval '1 minute', now()
   from generate_series(1, $tenants) t`,
  `insert into public.users (id, name, email, created)
   select ${id('user', "t || ':' || k")}, 'User ' || k || ' of ' || t, 'u' || k || '@t' || t || '.example', now()
   from ${each(perTenant.users)}`,
  `insert into public.tenant_users (tenant_id, user_id, roles, email)
   select ${id('tenant', 't')}, ${id('user', "t || ':' || k")}, case k when 1 then '{owner}' else '{member}' end::text[],
     'u' || k || '@t' || t || '.example'
   from ${each(perTenant.users)}`,
  `insert into public.companies (id, tenant_id, name, workspace_name, status)
   select ${id('company', 't')}, ${id('tenant', 't')}, 'Company ' || t, 'workspace-' || t, 'active'
   from generate_series(1, $tenants) t`,
  `insert into public.tenant_config (tenant_id, stripe_customer_id, billing_email)
   select ${id('tenant', 't')}, 'cus_Seeded' || lpad(t::text, 8, '0'), 'billing@t' || t || '.example'
   from generate_series(1, $tenants) t`,
  `insert into public.subscriptions (id, tenant_id, plan_id, status, current_period_start, current_period_end, stripe_subscription_id)
   select ${id('subscription', 't')}, ${id('tenant', 't')}, (select id from public.plans where slug = 'growth'),
     case t % 50 when 0 then 'past_due' when 1 then 'canceled' else 'active' end,
     now() - (t % 30) * interval '1 day', now() + (30 - t % 30) * interval '1 day', 'sub_Seeded' || lpad(t::text, 8, '0')
   from generate_series(1, $tenants) t`,
  `insert into public.payments (id, subscription_id, amount, status, processed, stripe_payment_intent_id, created)
   select ${id('payment', "t || ':' || k")}, ${id('subscription', 't')}, 79.00, case (t + k) % 40 when 0 then 'failed' else 'succeeded' end,
     now() - k * interval '30 days', 'pi_Seeded' || t || 'x' || k, now() - k * interval '30 days'
   from ${each(perTenant.payments)}`,
  `insert into public.domains (id, tenant_id, company_id, domain, verification_status, is_primary, dns_last_verified_at)
   select ${id('domain', "t || ':' || k")}, ${id('tenant', 't')}, ${id('company', 't')}, 'd' || k || '.t' || t || '.example',
     case (t + k) % 100 when 0 then 'failed' when 1 then 'pending' else 'verified' end, k = 1, now()
   from ${each(perTenant.domains)}`,
  `insert into public.email_accounts (id, tenant_id, domain_id, email, status)
   select ${id('account', "t || ':' || k")}, ${id('tenant', 't')}, ${id('domain', "t || ':' || k")}, 'hello@d' || k || '.t' || t || '.example', 'active'
   from ${each(perTenant.domains)}`,
  `insert into public.leads (id, tenant_id, email, name, status)
   select ${id('lead', "t || ':' || k")}, ${id('tenant', 't')}, 'lead' || k || '@p' || t || '.example', 'Lead ' || k, 'active'
   from ${each(perTenant.leads)}`,
  `insert into public.campaigns (id, tenant_id, company_id, name, status)
   select ${id('campaign', 't')}, ${id('tenant', 't')}, ${id('company', 't')}, 'Campaign of ' || t,
     (array['draft', 'scheduled', 'sending', 'completed', 'paused'])[t % 5 + 1]
   from generate_series(1, $tenants) t`,
  `insert into public.templates (id, tenant_id, name, subject, content)
   select ${id('template', "t || ':' || k")}, ${id('tenant', 't')}, 'Template ' || k || ' of ' || t, 'Hello', 'Hello there'
   from ${each(perTenant.templates)}`,
  `insert into public.email_templates (id, tenant_id, name, subject, body)
   select ${id('eta', 't')}, ${id('tenant', 't')}, 'Eta of ' || t, 'Hello', 'Hello <%= it.name %>'
   from generate_series(1, $tenants) t`,
  `insert into public.template_dictionaries (id, tenant_id, key, value)
   select ${id('dictionary', 't')}, ${id('tenant', 't')}, 'name', '"there"' from generate_series(1, $tenants) t`,
  `with folder as (insert into public.folders (name) select 'Folder of ' || t from generate_series(1, $tenants) t
     returning id, replace(name, 'Folder of ', '') as t)
   insert into public.template_folders (template_id, folder_id) select ${id('template', "t || ':1'")}, id from folder`,
  `with tag as (insert into public.tags (value, tenant_id) select 'tag-' || t, ${id('tenant', 't')}
     from generate_series(1, $tenants) t returning id, tenant_id, replace(value, 'tag-', '') as t)
   insert into public.template_tags (template_id, tag_id, tenant_id) select ${id('template', "t || ':1'")}, id, tenant_id from tag`,
  `insert into public.campaign_sequence_steps (id, campaign_id, step_order, step_type, email_account_id, template_id, wait_duration_hours)
   select ${id('step', "t || ':' || k")}, ${id('campaign', 't')}, k, case k % 2 when 1 then 'email' else 'wait' end,
     case k % 2 when 1 then ${id('account', "t || ':1'")} end, case k % 2 when 1 then ${id('template', "t || ':1'")} end,
     case k % 2 when 0 then 24 end
   from ${each(perTenant.steps)}`,
  `insert into public.subscription_addons (id, subscription_id, addon_type, price_monthly, created)
   select 'si_Seeded' || t, ${id('subscription', 't')}, 'extra_domains', 9.00, now() - t * interval '1 minute'
   from generate_series(1, $tenants) t`,
  `insert into public.user_preferences (id, user_id)
   select ${id('preferences', 't')}, ${id('user', "t || ':1'")} from generate_series(1, $tenants) t`,
  `insert into public.tenant_policies (tenant_id) select ${id('tenant', 't')} from generate_series(1, $tenants) t`,
  `insert into public.vps_instances (id, hostwinds_instance_id, region, status, monthly_cost)
   select ${id('vps', 'v')}, 'hw-seeded-' || v, (array['us-east', 'us-west', 'eu-central'])[v % 3 + 1], 'active', 40.00
   from generate_series(0, ($tenants - 1) / ${tenantsPerIp * ipsPerVps}) v`,
  `insert into public.smtp_ip_addresses (id, vps_instance_id, ip_address, status, reputation_state, assigned_count, last_reputation_check)
   select ${id('ip', 'n')}, ${id('vps', `(n / ${ipsPerVps})`)}, '2001:db8:5eed:' || to_hex(n / 65536 + 1) || '::' || to_hex(n % 65536 + 1),
     'warmed', 'good', ${perTenant.domains} * greatest(0, least(${tenantsPerIp}, $tenants - n * ${tenantsPerIp})), now()
   from generate_series(0, ($tenants - 1) / ${tenantsPerIp}) n`,
  `insert into public.domain_ip_assignments (domain_id, smtp_ip_address_id, status, warmup_state)
   select ${id('domain', "t || ':' || k")}, ${id('ip', `((t - 1) / ${tenantsPerIp})`)},
     case (t + k) % 50 when 0 then 'warming' else 'active' end, case (t + k) % 50 when 0 then 'warming' else 'warmed' end
   from ${each(perTenant.domains)}`,
]

/**
 * Fills a database with this many more tenants and proportionate rows, all or nothing, outside of the audit, and returns
 * how many rows that were. Needs an owner's login.
 * @throws Conflict when these tenants were seeded before
 */
export async function seed(db: Kysely<Database>, tenants: number): Promise<number> {
  const filled = db.transaction().execute(async (trx) => {
    await setLocally(trx, {statementMs: 0, lockMs: 0}, 'read write')
    let rows = 0
    for (const statement of statements) {
      const {numAffectedRows} = await sql.raw(statement.replaceAll('$tenants', String(tenants))).execute(trx)
      rows += Number(numAffectedRows ?? 0)
    }
    return rows
  })
  const rows = await filled.catch((error) => {
    throw explainFailure(error)
  })
  // The planner knows nothing yet of what came in.
  await sql`analyze`.execute(db)
  return rows
}
