import {domains, planOf, seededPlans} from './plans.ts'
import {daysBefore, each, id, line, type SeededTable} from './seeded-table.ts'

/** What the rows stand on. */
export interface Ground {
  tenants: number
  /** In milliseconds. */
  now: number
  /** The ids of `seededPlans`, in their order. */
  planIds: readonly string[]
  /** The last ids of folders and tags that are taken. */
  folders: number
  tags: number
}

/** How many users each tenant has. */
const users = 2
const minutesADay = 1_440

/** Tenants with what each has, in states that vary with its number, and the pool they send by. */
export function seededTables(ground: Ground): SeededTable[] {
  return [...people(ground), ...billing(ground), ...sending(ground), ...content(ground), ...pool(ground)]
}

function people({now}: Ground): SeededTable[] {
  const created = (t: number) => daysBefore(now, t / minutesADay)
  return [
    each('tenants (id, name, created, updated)', 1, (t) => line(id('tenant', t), nameOf(t), created(t), created(t))),
    each('users (id, name, email, created)', users, (t, k, n) =>
      line(id('user', n), `User ${k} of ${t}`, `u${k}@t${t}.example`, created(t)),
    ),
    each('tenant_users (tenant_id, user_id, roles, email)', users, (t, k, n) =>
      line(id('tenant', t), id('user', n), k === 1 ? '{owner}' : '{member}', `u${k}@t${t}.example`),
    ),
    each('companies (id, tenant_id, name, workspace_name, status)', 1, (t) =>
      line(id('company', t), id('tenant', t), `Company ${t}`, `workspace-${t}`, 'active'),
    ),
    each('tenant_config (tenant_id, stripe_customer_id, billing_email)', 1, (t) =>
      line(id('tenant', t), `cus_Seeded${padded(t, 8)}`, `billing@t${t}.example`),
    ),
    each('tenant_policies (tenant_id)', 1, (t) => line(id('tenant', t))),
    each('user_preferences (id, user_id)', 1, (t) => line(id('preferences', t), id('user', (t - 1) * users + 1))),
  ]
}

// Of 200 tenants; all others are active.
const subscriptionStates: Readonly<Record<number, string>> = {
  ...{0: 'past_due', 50: 'past_due', 100: 'past_due', 150: 'past_due'},
  ...{1: 'canceled', 51: 'canceled', 101: 'canceled', 151: 'canceled', 30: 'unpaid'},
}

function billing({now, planIds}: Ground): SeededTable[] {
  const plan = (at: number) => planIds[at] ?? null
  const price = (t: number) => ((seededPlans[planOf(t)]?.price ?? 0) / 100).toFixed(2)
  return [
    each(
      'subscriptions (id, tenant_id, plan_id, pending_plan_id, status, current_period_start, current_period_end, stripe_subscription_id, created)',
      1,
      (t) =>
        line(
          ...[id('subscription', t), id('tenant', t), plan(planOf(t)), t % 211 === 7 ? plan(planOf(t) + 1) : null],
          ...[subscriptionStates[t % 200] ?? 'active'],
          ...[daysBefore(now, t % 30), daysBefore(now, (t % 30) - 30)],
          ...[`sub_Seeded${padded(t, 8)}`, daysBefore(now, t / minutesADay)],
        ),
    ),
    each('payments (id, subscription_id, amount, status, processed, stripe_payment_intent_id, created)', 3, (t, k, n) =>
      line(
        ...[id('payment', n), id('subscription', t), price(t), (t + k) % 40 === 0 ? 'failed' : 'succeeded'],
        ...[daysBefore(now, k * 30), `pi_Seeded${t}x${k}`, daysBefore(now, k * 30)],
      ),
    ),
    each('subscription_addons (id, subscription_id, addon_type, price_monthly, created)', 1, (t) =>
      line(`si_Seeded${t}`, id('subscription', t), 'extra_domains', '9.00', daysBefore(now, t / minutesADay)),
    ),
  ]
}

function sending({now}: Ground): SeededTable[] {
  const verification: Readonly<Record<number, string>> = {0: 'failed', 1: 'pending'}
  const campaignStates = ['draft', 'scheduled', 'sending', 'completed', 'paused'] as const
  return [
    each(
      'domains (id, tenant_id, company_id, domain, verification_status, is_primary, dns_last_verified_at)',
      domains,
      (t, k, n) =>
        line(
          ...[id('domain', n), id('tenant', t), id('company', t), `d${k}.t${t}.example`],
          ...[verification[(t + k) % 100] ?? 'verified', k === 1, daysBefore(now, 0)],
        ),
    ),
    each('email_accounts (id, tenant_id, domain_id, email, status)', domains, (t, k, n) =>
      line(id('account', n), id('tenant', t), id('domain', n), `hello@d${k}.t${t}.example`, 'active'),
    ),
    each('leads (id, tenant_id, email, name, status)', 10, (t, k, n) =>
      line(id('lead', n), id('tenant', t), `lead${k}@p${t}.example`, `Lead ${k}`, 'active'),
    ),
    each('campaigns (id, tenant_id, company_id, name, status)', 1, (t) =>
      line(id('campaign', t), id('tenant', t), id('company', t), `Campaign of ${t}`, campaignStates[t % 5] ?? null),
    ),
    each(
      'campaign_sequence_steps (id, campaign_id, step_order, step_type, email_account_id, template_id, wait_duration_hours)',
      3,
      (t, k, n) =>
        line(
          ...[id('step', n), id('campaign', t), k],
          ...(k === 2
            ? ['wait', null, null, 24]
            : ['email', id('account', firstOf(t, domains)), firstTemplate(t), null]),
        ),
    ),
  ]
}

function content({folders, tags}: Ground): SeededTable[] {
  return [
    each('templates (id, tenant_id, name, subject, content)', 2, (t, k, n) =>
      line(id('template', n), id('tenant', t), `Template ${k} of ${t}`, 'Hello', 'Hello there'),
    ),
    each('email_templates (id, tenant_id, name, subject, body)', 1, (t) =>
      line(id('eta', t), id('tenant', t), `Eta of ${t}`, 'Hello', 'Hello <%= it.name %>'),
    ),
    each('template_dictionaries (id, tenant_id, key, value)', 1, (t) =>
      line(id('dictionary', t), id('tenant', t), 'name', '"there"'),
    ),
    each('folders (id, name)', 1, (t) => line(folders + t, `Folder of ${t}`)),
    each('template_folders (template_id, folder_id)', 1, (t) => line(firstTemplate(t), folders + t)),
    each('tags (id, value, tenant_id)', 1, (t) => line(tags + t, `tag-${t}`, id('tenant', t))),
    each('template_tags (template_id, tag_id, tenant_id)', 1, (t) => line(firstTemplate(t), tags + t, id('tenant', t))),
  ]
}

const tenantsPerIp = 20
const ipsPerVps = 8

function pool({tenants, now}: Ground): SeededTable[] {
  const regions = ['us-east', 'us-west', 'eu-central'] as const
  const domainsOn = (ip: number) => domains * Math.min(tenantsPerIp, tenants - (ip - 1) * tenantsPerIp)
  return [
    {
      into: 'vps_instances (id, hostwinds_instance_id, region, status, monthly_cost)',
      count: () => Math.ceil(tenants / (tenantsPerIp * ipsPerVps)),
      line: (v) => line(id('vps', v), `hw-seeded-${v}`, regions[v % 3] ?? null, 'active', '40.00'),
    },
    {
      into: 'smtp_ip_addresses (id, vps_instance_id, ip_address, status, reputation_state, assigned_count, last_reputation_check)',
      count: () => Math.ceil(tenants / tenantsPerIp),
      line: (n) =>
        line(
          ...[id('ip', n), id('vps', Math.ceil(n / ipsPerVps)), addressOf(n), 'warmed', 'good'],
          ...[domainsOn(n), daysBefore(now, 0)],
        ),
    },
    each('domain_ip_assignments (id, domain_id, smtp_ip_address_id, status, warmup_state)', domains, (t, k, n) =>
      line(
        ...[id('assignment', n), id('domain', n), id('ip', Math.ceil(t / tenantsPerIp))],
        ...((t + k) % 50 === 0 ? ['warming', 'warming'] : ['active', 'warmed']),
      ),
    ),
  ]
}

function nameOf(t: number): string {
  return `Seeded ${padded(t, 7)}`
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0')
}

function firstOf(t: number, many: number): number {
  return (t - 1) * many + 1
}

function firstTemplate(t: number): string {
  return id('template', firstOf(t, 2))
}

function addressOf(ip: number): string {
  const before = ip - 1
  return `2001:db8:5eed:${Math.floor(before / 65_536 + 1).toString(16)}::${((before % 65_536) + 1).toString(16)}`
}
