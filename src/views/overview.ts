import {type Pair, type Section, tableSection} from '../output/detail.ts'
import type {AnyView, Cell, View} from '../output/view.ts'
import type {Overview} from '../queries/status/overview.ts'
import {ipStatuses} from '../rules/ip-lifecycle.ts'
import type {Here} from './here.ts'
import {recentChangeView} from './recent-change.ts'
import {orMore, someCount} from './some-count.ts'

const counts = (noun: string, names: readonly string[]): AnyView => ({
  noun,
  plural: `${noun}s`,
  name: names[0] ?? '',
  fields: Object.fromEntries(names.map((name) => [name, {kind: 'integer' as const}])),
})

const byStatus = (noun: string, values: readonly string[]): AnyView => ({
  noun,
  plural: `${noun}s`,
  name: 'status',
  fields: {status: {kind: 'text', values}, count: {kind: 'integer'}},
})

export const overviewView: View<Overview> = {
  noun: 'platform',
  plural: 'platforms',
  name: 'database',
  fields: {
    ips: {kind: 'json', header: 'IPs', rows: byStatus('IP count', ipStatuses)},
    listed_ips: {kind: 'integer', header: 'Listed IPs'},
    stale_checks: {kind: 'integer'},
    domains: {kind: 'json', nullable: true, rows: byStatus('domain count', ['failed', 'error'])},
    warming: {kind: 'json', record: counts('warm-up', ['ips', 'domains', 'stuck'])},
    past_due: {kind: 'json', nullable: true, record: counts('past-due sum', ['subscriptions', 'monthly'])},
    pending_plan_changes: {kind: 'integer', nullable: true},
    cancelling: {kind: 'integer', nullable: true},
    database: {
      kind: 'json',
      record: {
        noun: 'database',
        plural: 'databases',
        name: 'version',
        fields: {version: {kind: 'text'}, size: {kind: 'text'}},
      },
    },
    changes: {kind: 'json', nullable: true, rows: recentChangeView},
    hidden: {kind: 'list'},
  },
  table: ['listed_ips', 'pending_plan_changes', 'cancelling'],
}

/** What `pm status` shows a person: what needs somebody is coloured. */
export function overviewSections(overview: Overview, here: Here): Section[] {
  const total = overview.ips.reduce((sum, {count}) => sum + count, 0)
  return [
    {
      title: 'IP pool',
      bars: overview.ips.map(({status, count}) => ({label: status, value: count, max: total, tone: 'info' as const})),
    },
    {title: 'Needs somebody', pairs: troubles(overview, here)},
    {title: 'Under way', pairs: underWay(overview, here)},
    ...(overview.changes ? [tableSection('Last changes', overview.changes, recentChangeView)] : []),
    ...notShown(overview),
  ]
}

function troubles({listed_ips, stale_checks, domains, warming, past_due}: Overview, here: Here): Pair[] {
  const count = (status: string) => domains?.find((row) => row.status === status)?.count ?? 0
  const failing: Pair[] = [
    ['Domains that fail', alarm(count('failed'), here('pm domain list --status failed'))],
    ['Domains in error', alarm(count('error'), here('pm domain list --status error'))],
  ]
  return [
    ['IPs on a blocklist', alarm(listed_ips, here('pm ip list --listed'))],
    ['IPs not checked for a week', alarm(stale_checks, here('pm ip list --stale-check'))],
    ...(domains ? failing : []),
    ['Warm-ups older than 30 days', alarm(warming.stuck, '')],
    ...(past_due ? [owed(past_due)] : []),
  ]
}

function owed({subscriptions, monthly}: NonNullable<Overview['past_due']>): Pair {
  return [
    'Subscriptions past due or unpaid',
    alarm(subscriptions, `${money(monthly)}${orMore(subscriptions, ' or more')} a month`),
  ]
}

function underWay({warming, pending_plan_changes: pending, cancelling, database}: Overview, here: Here): Pair[] {
  return [
    ['Warming up', `${counted(warming.ips, 'IP')}, ${counted(warming.domains, 'domain')}`],
    ...(pending === null ? [] : [plain('Plan changes waiting', pending, here('pm subscription list --pending'))]),
    ...(cancelling === null ? [] : [plain('Ending with their period', cancelling, 'subscriptions')]),
    ['Database', `PostgreSQL ${database.version}, ${database.size}`],
  ]
}

function counted(count: number, noun: string): string {
  return `${someCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

function plain(label: string, count: number, more: string): Pair {
  return [label, count === 0 ? 'none' : `${someCount(count)}   ${more}`]
}

function notShown({hidden}: Overview): Section[] {
  return hidden.length > 0 ? [{lines: [notShownLine(hidden)]}] : []
}

/** What an operator has to have to see more. */
export function notShownLine(hidden: Overview['hidden']): Cell {
  return {text: `Not shown without ${hidden.join(', ')}.`, tone: 'dim'}
}

function alarm(count: number, more: string): Cell {
  if (count === 0) return {text: 'none', tone: 'good'}
  return {text: [someCount(count), more].filter(Boolean).join('   '), tone: 'bad'}
}

// plans.price_monthly is in minor units.
function money(minor: number): string {
  return (minor / 100).toLocaleString('en', {minimumFractionDigits: 2})
}
