import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import {type Step, stepsSection} from '../output/steps.ts'
import type {Clock, View} from '../output/view.ts'
import type {IpDetail} from '../queries/ip/detail.ts'
import type {IpStep} from '../queries/ip/history.ts'
import {ipStatuses, reputations} from '../rules/ip-lifecycle.ts'
import {stuckAfterDays} from '../rules/warm-up.ts'
import {ipView, reputationTones, statusTones} from './ip.ts'
import {recentChangeView} from './recent-change.ts'

type AssignmentOfIp = IpDetail['assignments'][number]

const assignmentView: View<AssignmentOfIp> = {
  noun: 'domain',
  plural: 'domains',
  name: 'domain',
  fields: {
    domain: {kind: 'text'},
    tenant: {kind: 'text', nullable: true},
    status: {kind: 'text', nullable: true},
    warmup: {kind: 'text', header: 'Warm-up', nullable: true},
    assigned: {kind: 'timestamp', nullable: true},
    last_sent: {kind: 'timestamp', nullable: true},
  },
  table: ['domain', 'tenant', 'status', 'warmup', 'assigned', 'last_sent'],
}

const warmupView: View<IpDetail['warmup']> = {
  noun: 'warm-up',
  plural: 'warm-ups',
  name: 'warmed',
  fields: {unwarmed: {kind: 'integer'}, warming: {kind: 'integer'}, warmed: {kind: 'integer'}},
  table: ['warmed', 'warming', 'unwarmed'],
}

const stepView: View<IpStep> = {
  noun: 'step',
  plural: 'steps',
  name: 'change',
  fields: {
    change: {kind: 'integer'},
    made: {kind: 'timestamp'},
    status_before: {kind: 'text', nullable: true},
    status_after: {kind: 'text', nullable: true},
    reputation_before: {kind: 'text', nullable: true},
    reputation_after: {kind: 'text', nullable: true},
  },
  table: ['change', 'made', 'status_before', 'status_after', 'reputation_before', 'reputation_after'],
}

export const ipDetailView: View<IpDetail> = {
  ...ipView,
  fields: {
    ...ipView.fields,
    vps_address: {kind: 'text', header: 'VPS address', nullable: true},
    vps_status: {kind: 'text', header: 'VPS status', nullable: true},
    vps_monthly_cost: {kind: 'decimal', header: 'VPS cost a month', nullable: true},
    blocklists: {kind: 'json', nullable: true},
    created: {kind: 'timestamp', nullable: true},
    updated: {kind: 'timestamp', nullable: true},
    assignments: {kind: 'json', rows: assignmentView},
    warmup: {kind: 'json', header: 'Warm-up', record: warmupView},
    history: {kind: 'json', rows: stepView},
    changes: {kind: 'json', rows: recentChangeView},
  },
}

/** What `pm ip show` shows a person, most urgent first. */
export function ipSections(ip: IpDetail): Section[] {
  return [
    fieldsSection(ip, ipDetailView, ['ip', 'status', 'reputation', 'listed_on', 'checked', 'domains', 'cost']),
    {
      title: 'VPS',
      ...fieldsSection(ip, ipDetailView, ['vps', 'region', 'vps_address', 'vps_status', 'vps_monthly_cost']),
    },
    ...stepsSection('Reputation, as operators recorded it', {
      levels: reputations,
      tones: reputationTones,
      steps: stepsOf(ip.history, 'reputation'),
    }),
    ...stepsSection('Status, as operators changed it', {
      levels: ipStatuses,
      tones: statusTones,
      steps: stepsOf(ip.history, 'status'),
    }),
    ...warmUpSection(ip),
    ...warmingSection(ip.assignments),
    tableSection('Domains that send by it', ip.assignments, assignmentView),
    tableSection('Recent changes', ip.changes, recentChangeView),
  ]
}

function warmUpSection({warmup, assignments}: IpDetail): Section[] {
  if (assignments.length === 0) return []
  const bars = (['warmed', 'warming', 'unwarmed'] as const).map((label) => ({
    label,
    value: warmup[label],
    max: assignments.length,
    tone: 'info' as const,
  }))
  return [{title: 'Warm-up of its domains', bars}]
}

/** What it was one after another; from one change to the next it stays as it is. */
function stepsOf(history: readonly IpStep[], of: 'reputation' | 'status'): Step[] {
  const steps = history.flatMap((step): Step[] => {
    const [before, after] = [step[`${of}_before`], step[`${of}_after`]]
    return after === null || after === before ? [] : [{level: after, since: step.made}]
  })
  const first = history.find((step) => step[`${of}_after`] !== step[`${of}_before`])?.[`${of}_before`] ?? null
  return first === null ? steps : [{level: first, since: null}, ...steps]
}

const mostBars = 20
const dayMs = 86_400_000

function warmingSection(assignments: readonly AssignmentOfIp[]): Section[] {
  const warming = assignments
    .flatMap(({domain, status, assigned}) => (status === 'warming' && assigned !== null ? {domain, assigned} : []))
    .toSorted((one, other) => (one.assigned < other.assigned ? -1 : 1))
  if (warming.length === 0) return []
  const bars = ({now}: Clock) =>
    warming.slice(0, mostBars).map(({domain, assigned}) => {
      const value = Math.max(0, Math.floor((now.getTime() - Date.parse(assigned)) / dayMs))
      const [isStuck, days] = [value >= stuckAfterDays, value.toLocaleString('en')]
      const said = isStuck ? `${days} days: stuck` : `${days} of ${stuckAfterDays} days`
      return {label: domain, value, max: stuckAfterDays, said, tone: isStuck ? ('bad' as const) : ('info' as const)}
    })
  const more = warming.length - mostBars
  const lines = more > 0 ? [`… and ${more.toLocaleString('en')} more`] : []
  return [{title: `Warming up; stuck after ${stuckAfterDays} days`, bars, lines}]
}
