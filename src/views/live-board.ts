import {bar} from '../output/bars.ts'
import type {Entry} from '../output/board.ts'
import {showTime} from '../output/time.ts'
import type {Cell, Clock} from '../output/view.ts'
import type {Live} from '../queries/status/live.ts'
import {aligned, type ChosenLine, chosenLine, type Row} from './aligned.ts'
import {failingCount} from './attention.ts'
import {jobRow} from './job-row.ts'
import {notShownLine} from './overview.ts'
import {orMore, someCount, whole} from './some-count.ts'

const barWidth = 20

/** What `pm top` shows on its screen; the id of an entry is the command that shows more of it. */
export function liveEntries(live: Live, clock: Clock): (Entry | ChosenLine)[] {
  const {jobs, changes, failing, hidden} = live
  return [
    ...(jobs ? group('Jobs under way', jobs.map(jobRow)) : []),
    ...(changes
      ? group(
          'Last changes',
          changes.map((change) => changeRow(change, clock)),
        )
      : []),
    ...group('IPs on a blocklist', live.listed.map(listedRow), more(live.listed_ips, live.listed, 'ip list --listed')),
    ...(failing ? group('Domains that fail', failing.map(failingRow), failingMore(live, failing)) : []),
    ...group('Warm-ups', live.warm_ups.map(warmingRow), warmingMore(live)),
    ...group('IP pool', poolRows(live)),
    ...(hidden.length > 0 ? [{line: notShownLine(hidden)}] : []),
  ]
}

function group(title: string, rows: readonly Row[], extra: readonly Entry[] = []): Entry[] {
  const heading: Cell = {text: title, tone: 'dim'}
  if (rows.length + extra.length === 0) return [{line: {text: `${title}: none`, tone: 'dim'}}]
  return [{line: heading}, ...aligned(rows), ...extra]
}

function more(count: number, shown: readonly unknown[], command: string): ChosenLine[] {
  const rest = count - shown.length
  return rest > 0 ? [chosenLine(command, `and ${whole(rest)}${orMore(count, '+')} more`)] : []
}

function listedRow({ip, status, listed_on: lists}: Live['listed'][number]): Row {
  return {id: `ip show ${ip}`, cells: [ip, status ?? '-', `on ${lists.join(', ')}`], tone: 'bad'}
}

function failingRow({domain, status, tenant, error}: NonNullable<Live['failing']>[number]): Row {
  return {id: `domain show ${domain}`, cells: [domain, status ?? '-', tenant ?? '-', error ?? ''], tone: 'bad'}
}

function failingMore(live: Live, failing: readonly unknown[]): ChosenLine[] {
  return more(failingCount(live), failing, 'domain list --failing')
}

function warmingRow({ip, reputation, domains}: Live['warm_ups'][number]): Row {
  return {id: `ip show ${ip}`, cells: [ip, reputation ?? '-', `${domains} domains`]}
}

function warmingMore({warming, warm_ups}: Live): ChosenLine[] {
  const stuck = warming.stuck > 0 ? `, ${someCount(warming.stuck)} of them older than 30 days` : ''
  const summary = `${someCount(warming.domains)} domains warm up${stuck}`
  const tone = warming.stuck > 0 ? 'bad' : undefined
  return [
    ...more(warming.ips, warm_ups, 'ip list --status warming'),
    chosenLine('ip list --status warming --sort domains', summary, tone),
  ]
}

function poolRows({ips}: Live): Row[] {
  const total = ips.reduce((sum, {count}) => sum + count, 0)
  return ips.map(({status, count}) => ({
    id: `ip list --status ${status}`,
    cells: [status, whole(count)],
    drawn: bar(count, total, barWidth),
  }))
}

function changeRow({id, made, by, command}: NonNullable<Live['changes']>[number], clock: Clock): Row {
  return {id: `audit show ${id}`, cells: [`${id}`, showTime(made, clock), by, command]}
}
