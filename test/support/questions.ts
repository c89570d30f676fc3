import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

const tenant = 'Seeded 0000042'
const ofTenant = ['--tenant', tenant]

/** One run of a command: its words, or what stands for many of them. */
export type Line = readonly string[]

/**
 * Every command that only reads, with the words that make it ask each of its questions of a seeded database
 * (src/db/seed.ts): each filter for much, for little and for nothing.
 */
export const reads: Readonly<Record<string, readonly Line[]>> = {
  'account list': [[], ofTenant, ['--domain', 'd1.t42.example'], ['--status', 'suspended'], ['--provider', 'smtp']],
  'account show': [['hello@d1.t42.example'], ['HELLO@D1.T42.EXAMPLE']],
  'addon list': [[], ofTenant, ['--active']],
  'audit list': [
    [],
    ['--target', 'ip:192.0.2.1'],
    ['--target', 'nobody'],
    ['--by', 'ada@penguinmails.example'],
    ['--since', '2100-01-01'],
    ['--command', 'ip rate'],
  ],
  'audit refusals': [
    [],
    ['--by', 'op_viewer'],
    ['--by', 'vic@penguinmails.example'],
    ['--since', '1h'],
    ['--permission', 'lead.reveal'],
  ],
  'audit show': [['1']],
  'campaign list': [[], ofTenant, ['--status', 'paused'], ['--search', 'campaign of 42']],
  'campaign show': [['campaign of 42']],
  'company list': [[], ofTenant, ['--status', 'suspended'], ['--search', 'company 42']],
  'company show': [['company 42'], ['workspace-42']],
  'config get': [['ip_max_domains']],
  'config list': [[], ['--category', 'ip'], ['--sensitive'], ['--search', 'max']],
  'completion refresh': [['--noun', 'tenant', '--beginning', 'seeded 0000042']],
  cost: [[], ['--by', 'vps'], ['--by', 'tenant'], ['--by', 'tenant', '--all']],
  'domain deployments': [[], ofTenant],
  'domain ips': [['d1.t42.example'], ['d1.t42.example', '--live']],
  'domain list': [
    [],
    ofTenant,
    ['--company', 'company 42'],
    ['--status', 'pending'],
    ['--status', 'verified'],
    ['--unverified'],
    ['--failing'],
    ['--primary'],
    ['--search', 'd1.t42'],
  ],
  'domain records list': [['d1.t42.example']],
  'domain show': [['d1.t42.example']],
  'domain zone': [['d1.t42.example']],
  find: [
    ['d'],
    ['d1.t42'],
    ['seeded 0000042'],
    ['company 42'],
    ['u1@t42.'],
    ['user 1 of 42'],
    ['campaign of 42'],
    ['template 1 of 42'],
    ['eta of 42'],
    ['hello@'],
    ['2001:db8:5eed'],
    ['cus_Seeded00000042'],
    ['sub_Seeded00000042'],
    ['pi_Seeded42x1'],
  ],
  'flags history': [['new_editor']],
  'flags list': [[], ['--enabled'], ['--search', 'editor']],
  'flags show': [['new_editor']],
  'flags test': [
    ['new_editor', '--tenant', tenant],
    ['new_editor', '--from-file', fileOf([tenant, 'd1.t43.example', 'cus_Seeded00000044', 'sub_Seeded00000045'])],
    ['new_editor', '--where', 'search=seeded 0000042'],
  ],
  'ip list': [
    [],
    ['--status', 'quarantined'],
    ['--reputation', 'poor'],
    ['--region', 'us-east'],
    ['--vps', 'hw-seeded-1'],
    ofTenant,
    ['--listed'],
    ['--unassigned'],
    ['--stale-check'],
  ],
  'ip show': [['2001:db8:5eed:1::1']],
  'job list': [[], ['--state', 'running']],
  'lead count': [ofTenant],
  'lead find': [
    ofTenant,
    [...ofTenant, '--search', 'lead1@p42.example'],
    [...ofTenant, '--search', 'lead1', '--reveal'],
    [...ofTenant, '--status', 'bounced'],
    [...ofTenant, '--reveal'],
  ],
  'payment list': [[], ofTenant, ['--status', 'failed'], ['--since', '2100-01-01']],
  'payment open': [['pi_Seeded42x1']],
  'payment show': [['pi_Seeded42x1']],
  'plan compare': [['growth', 'scale']],
  'plan list': [[], ['--active'], ['--inactive']],
  'plan open': [['growth']],
  'plan pending': [[]],
  'plan show': [['growth'], ['scale']],
  'plan subscribers': [['growth'], ['growth', '--status', 'past_due'], ['founder']],
  'staff list': [[], ['--role', 'admin'], ['--without-login']],
  'staff permission list': [[], ['--role', 'admin'], ['--topic', 'ip']],
  'staff role list': [[]],
  'staff role show': [['admin']],
  'staff show': [['ada@penguinmails.example']],
  status: [[]],
  'subscription list': [
    [],
    ofTenant,
    ['--status', 'past_due'],
    ['--ending-before', '1d'],
    ['--pending'],
    ['--plan', 'growth'],
    ['--plan', 'founder'],
  ],
  'subscription show': [['sub_Seeded00000042'], [tenant]],
  'template list': [[], ofTenant, ['--kind', 'eta'], ['--folder', 'folder of 42'], ['--tag', 'tag-42']],
  'template show': [
    ['template 1 of 42'],
    ['eta of 42', '--source'],
    ['template 1 of 42', ...ofTenant, '--kind', 'campaign'],
  ],
  'tenant companies': [[tenant]],
  'tenant config show': [[tenant]],
  'tenant dns': [[tenant]],
  'tenant list': [
    [],
    ['--plan', 'growth'],
    ['--plan', 'founder'],
    ['--status', 'past_due'],
    ['--status', 'unpaid'],
    ['--status', 'active'],
    ['--plan', 'growth', '--status', 'unpaid'],
    ['--search', 'seeded 0000042'],
    ['--over-limit'],
    ['--deleted'],
  ],
  'tenant policy show': [[tenant]],
  'tenant show': [[tenant], ['d1.t42.example'], ['cus_Seeded00000042'], ['sub_Seeded00000042']],
  'tenant usage': [[tenant]],
  'tenant users': [[tenant], [tenant, '--left']],
  top: [['--every', '2']],
  'user list': [[], ['--search', 'u1@t42.'], ['--search', 'user 1 of 42'], ofTenant, ['--staff']],
  'user show': [['u1@t42.example']],
  'vps list': [[], ['--status', 'active'], ['--region', 'us-east']],
  'vps show': [['hw-seeded-1']],
}

function fileOf(names: readonly string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'pm-questions-')), 'names.txt')
  writeFileSync(file, names.join('\n'))
  return file
}

/** Commands that read and are not asked here: what they look at is one job, one domain in DNS, or all that Stripe knows. */
export const elsewhere: ReadonlySet<string> = new Set([
  'domain doctor',
  'domain spf',
  'domain trace',
  'domain watch',
  'job results',
  'job show',
  'job watch',
  'plan drift',
  'subscription drift',
])

/** What finds its rows by looking at 1,000 tenants a page, one after the other, and at whatever is theirs. */
export const sifting = /^(cost --by tenant|tenant list --over-limit)/

/** What counts by an index: subscribers as far as 5,000, the rest being estimated, and how the pool is. */
export const counting = /^(plan show|plan pending|status|top)/

/**
 * The pool of IPs is small beside the tenants: some of it, it in another order than its own, what it costs, or VPS with
 * what they carry may take a look at all of it.
 */
export const pooled = /^(cost|vps list|ip list --)/
