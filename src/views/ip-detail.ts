import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {IpDetail} from '../queries/ip/detail.ts'
import {ipView} from './ip.ts'
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
    {
      title: 'Warm-up of its domains',
      bars: (['warmed', 'warming', 'unwarmed'] as const).map((label) => ({
        label,
        value: ip.warmup[label],
        max: ip.assignments.length,
        tone: 'info' as const,
      })),
    },
    tableSection('Domains that send by it', ip.assignments, assignmentView),
    tableSection('Recent changes', ip.changes, recentChangeView),
  ]
}
