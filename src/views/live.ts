import {bar} from '../output/bars.ts'
import type {Entry} from '../output/board.ts'
import {type Section, tableSection} from '../output/detail.ts'
import {showTime} from '../output/time.ts'
import type {Cell, Clock, Tone, View} from '../output/view.ts'
import type {Live} from '../queries/status/live.ts'
import {domainView} from './domain.ts'
import {ipView} from './ip.ts'
import {jobView} from './job.ts'
import {overviewSections, overviewView} from './overview.ts'
import {orMore, someCount} from './some-count.ts'

export const liveView: View<Live> = {
  noun: 'platform',
  plural: 'platforms',
  name: 'listed_ips',
  fields: {
    ...overviewView.fields,
    listed: {kind: 'json', rows: ipView},
    warm_ups: {kind: 'json', rows: ipView},
    failing: {kind: 'json', rows: domainView},
    jobs: {kind: 'json', rows: jobView},
  },
  table: ['listed_ips', 'pending_plan_changes', 'cancelling'],
}

/** What `pm top` shows where nothing can be drawn over. */
export function liveSections(live: Live): Section[] {
  return [
    ...overviewSections(live),
    tableSection('Jobs under way', live.jobs, jobView),
    tableSection('IPs on a blocklist', live.listed, ipView),
    tableSection('Warming up', live.warm_ups, ipView, ['ip', 'reputation', 'domains', 'region', 'checked']),
    tableSection('Domains that fail', live.failing, domainView),
  ]
}

const barWidth = 20

/** What `pm top` shows on its screen; the id of an entry is the command that shows more of it. */
export function liveEntries(live: Live, clock: Clock): Entry[] {
  return [
    ...group('Jobs under way', live.jobs.map(jobEntry)),
    ...group(
      'Last changes',
      live.changes.map((change) => changeEntry(change, clock)),
    ),
    ...group(
      'IPs on a blocklist',
      live.listed.map(listedEntry),
      more(live.listed_ips, live.listed, 'ip list --listed'),
    ),
    ...group('Domains that fail', live.failing.map(failingEntry), failingMore(live)),
    ...group('Warm-ups', live.warm_ups.map(warmingEntry), warmingMore(live)),
    ...group('IP pool', poolEntries(live)),
  ]
}

/** The whole platform in two lines. */
export function liveHead({ips, domains}: Live): Cell[] {
  const failing = (domains ?? []).filter(({count}) => count > 0)
  return [
    {text: `IPs      ${statusCounts(ips, whole)}`},
    ...(domains === null ? [] : [{text: `Domains  ${statusCounts(failing, someCount) || 'none fails'}`}]),
  ]
}

function statusCounts(counts: readonly {status: string; count: number}[], say: (count: number) => string): string {
  return counts.map(({status, count}) => `${status} ${say(count)}`).join(' · ')
}

function whole(count: number): string {
  return count.toLocaleString('en')
}

/** What is not as it was, a line each. */
export function liveChanges(before: Live, now: Live): string[] {
  const [was, is] = [before, now].map((live) => liveEntries(live, {now: new Date(0), zone: 'iso'}))
  const known = new Set(was?.map(({line}) => line.text))
  return (is ?? []).flatMap(({id, line}) => (id === undefined || known.has(line.text) ? [] : [line.text]))
}

/** What needs somebody now, a line each: for a start. */
export function attentionEntries(live: Live): Entry[] {
  const {past_due: due} = live
  const owed: Entry[] =
    due && due.subscriptions > 0
      ? [
          entry(
            'subscription list --status past_due,unpaid',
            `${someCount(due.subscriptions)} subscriptions past due`,
            'bad',
          ),
        ]
      : []
  return [
    ...live.jobs.map(jobEntry),
    ...counted(live.listed_ips, 'IPs on a blocklist', 'ip list --listed'),
    ...counted(failingCount(live), 'domains that fail', 'domain list --failing'),
    ...counted(live.warming.stuck, 'warm-ups older than 30 days', 'ip list --status warming'),
    ...owed,
  ]
}

function counted(count: number, what: string, command: string): Entry[] {
  return count > 0 ? [entry(command, `${someCount(count)} ${what}`, 'bad')] : []
}

function entry(command: string, text: string, tone?: Tone): Entry {
  return {id: command, line: tone ? {text, tone} : {text}}
}

function group(title: string, entries: readonly Entry[], extra: readonly Entry[] = []): Entry[] {
  const heading: Cell = {text: title, tone: 'dim'}
  if (entries.length + extra.length === 0) return [{line: {text: `${title}: none`, tone: 'dim'}}]
  return [{line: heading}, ...entries, ...extra]
}

function more(count: number, shown: readonly unknown[], command: string): Entry[] {
  const rest = count - shown.length
  return rest > 0 ? [entry(command, `and ${whole(rest)}${orMore(count, '+')} more`)] : []
}

function jobEntry({job, headline, standing, items, left, failed}: Live['jobs'][number]): Entry {
  const trouble = failed > 0 ? `, ${failed} failed` : ''
  const tone = failed > 0 ? 'warn' : 'info'
  return entry(
    `job show ${job}`,
    `job ${job}  ${bar(items - left, items, 10)} ${standing}${trouble}  ${headline}`,
    tone,
  )
}

function listedEntry({ip, status, listed_on: lists}: Live['listed'][number]): Entry {
  return entry(`ip show ${ip}`, `${ip}  ${status ?? '-'}  on ${lists.join(', ')}`, 'bad')
}

function failingEntry({domain, status, tenant, error}: Live['failing'][number]): Entry {
  return entry(
    `domain show ${domain}`,
    `${domain}  ${status ?? '-'}  ${tenant ?? '-'}  ${error ?? ''}`.trimEnd(),
    'bad',
  )
}

function failingCount({domains}: Live): number {
  return (domains ?? []).reduce((sum, {count}) => sum + count, 0)
}

function failingMore(live: Live): Entry[] {
  return more(failingCount(live), live.failing, 'domain list --failing')
}

function warmingEntry({ip, reputation, domains}: Live['warm_ups'][number]): Entry {
  return entry(`ip show ${ip}`, `${ip}  ${reputation ?? '-'}  ${domains} domains`)
}

function warmingMore({warming, warm_ups}: Live): Entry[] {
  const stuck = warming.stuck > 0 ? `, ${someCount(warming.stuck)} of them older than 30 days` : ''
  const summary = `${someCount(warming.domains)} domains warm up${stuck}`
  const tone = warming.stuck > 0 ? 'bad' : undefined
  return [
    ...more(warming.ips, warm_ups, 'ip list --status warming'),
    entry('ip list --status warming --sort domains', summary, tone),
  ]
}

function poolEntries({ips}: Live): Entry[] {
  const total = ips.reduce((sum, {count}) => sum + count, 0)
  return ips.map(({status, count}) =>
    entry(
      `ip list --status ${status}`,
      `${status.padEnd(12)} ${bar(count, total, barWidth)} ${count.toLocaleString('en')}`,
    ),
  )
}

function changeEntry({id, made, by, command}: Live['changes'][number], clock: Clock): Entry {
  return entry(`audit show ${id}`, `${id}  ${showTime(made, clock)}  ${by}  ${command}`)
}
