import {type Section, tableSection} from '../output/detail.ts'
import type {Cell, View} from '../output/view.ts'
import type {Live} from '../queries/status/live.ts'
import {type ChosenLine, chosenLines} from './aligned.ts'
import {domainView} from './domain.ts'
import type {Here} from './here.ts'
import {ipView} from './ip.ts'
import {jobView} from './job.ts'
import {liveEntries} from './live-board.ts'
import {overviewSections, overviewView} from './overview.ts'
import {someCount, whole} from './some-count.ts'

export const liveView: View<Live> = {
  noun: 'platform',
  plural: 'platforms',
  name: 'listed_ips',
  fields: {
    ...overviewView.fields,
    listed: {kind: 'json', rows: ipView},
    warm_ups: {kind: 'json', rows: ipView},
    failing: {kind: 'json', nullable: true, rows: domainView},
    jobs: {kind: 'json', nullable: true, rows: jobView},
  },
  table: ['listed_ips', 'pending_plan_changes', 'cancelling'],
}

/** What `pm top` shows where nothing can be drawn over. */
export function liveSections({jobs, failing, ...live}: Live, here: Here): Section[] {
  return [
    ...overviewSections(live, here),
    ...(jobs ? [tableSection('Jobs under way', jobs, jobView)] : []),
    tableSection('IPs on a blocklist', live.listed, ipView),
    tableSection('Warming up', live.warm_ups, ipView, ['ip', 'reputation', 'domains', 'region', 'checked']),
    ...(failing ? [tableSection('Domains that fail', failing, domainView)] : []),
  ]
}

/** The whole platform in two lines. */
export function liveHead({ips, domains}: Live): Cell[] {
  const failing = (domains ?? []).filter(({count}) => count > 0)
  return [
    {text: `IPs      ${statusCounts(ips.toReversed(), whole)}`},
    ...(domains === null ? [] : [{text: `Domains  ${statusCounts(failing, someCount) || 'none fails'}`}]),
  ]
}

function statusCounts(counts: readonly {status: string; count: number}[], say: (count: number) => string): string {
  return counts.map(({status, count}) => `${status} ${say(count)}`).join(' · ')
}

/** What is not as it was, a line each. */
export function liveChanges(before: Live, now: Live): string[] {
  const [was, is] = [linesOf(before), linesOf(now)]
  const known = new Set(was.map(({says}) => says))
  const ids = new Set(is.map(({id}) => id))
  // The oldest of the last changes has to go for a new one.
  const gone = linesOf({...before, changes: null}).filter(({id}) => !ids.has(id))
  return [
    ...is.filter(({says}) => !known.has(says)).map(({says}) => says),
    ...gone.map(({says}) => `No longer here: ${says}`),
  ]
}

function linesOf(live: Live): ChosenLine[] {
  return chosenLines(liveEntries(live, {now: new Date(0), zone: 'iso'}))
}
