import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {Tone, View} from '../output/view.ts'
import type {VpsDetail} from '../queries/vps/detail.ts'
import type {VpsRow} from '../queries/vps/list.ts'
import {type VpsStatus, vpsStatuses} from '../rules/vps-lifecycle.ts'
import {ipView} from './ip.ts'
import {recentChangeView} from './recent-change.ts'

const tones: Readonly<Record<VpsStatus, Tone>> = {
  active: 'good',
  provisioning: 'info',
  scheduled_decommission: 'warn',
  decommissioned: 'dim',
}

export const vpsView: View<VpsRow> = {
  noun: 'VPS',
  plural: 'VPS instances',
  name: 'vps',
  fields: {
    vps: {kind: 'text', header: 'VPS'},
    status: {
      kind: 'text',
      nullable: true,
      values: vpsStatuses,
      cell: (text) => ({text: text.replaceAll('_', ' '), tone: tones[text]}),
    },
    region: {kind: 'text', nullable: true},
    address: {kind: 'text', nullable: true},
    ips: {kind: 'integer', header: 'IPs'},
    domains: {kind: 'integer'},
    monthly_cost: {kind: 'decimal', header: 'Cost a month', nullable: true},
    cost_per_ip: {kind: 'decimal', header: 'Per IP', nullable: true},
    cost_per_domain: {kind: 'decimal', header: 'Per domain', nullable: true},
    billing_day: {kind: 'integer', header: 'Billing day', nullable: true},
    period_end: {kind: 'timestamp', header: 'Period ends', nullable: true},
    decommission_on: {kind: 'timestamp', header: 'Goes', nullable: true},
    id: {kind: 'text', header: 'ID'},
  },
  table: [
    'vps',
    'status',
    'region',
    'ips',
    'domains',
    'monthly_cost',
    'cost_per_ip',
    'cost_per_domain',
    'decommission_on',
  ],
  wide: ['address', 'billing_day', 'period_end', 'id'],
}

const addressView: View<VpsDetail['addresses'][number]> = {
  noun: 'IP',
  plural: 'IPs',
  name: 'ip',
  fields: {
    ip: ipView.fields.ip,
    status: ipView.fields.status,
    reputation: ipView.fields.reputation,
    domains: ipView.fields.domains,
  },
  table: ['ip', 'status', 'reputation', 'domains'],
}

export const vpsDetailView: View<VpsDetail> = {
  ...vpsView,
  fields: {
    ...vpsView.fields,
    approximate_cost: {kind: 'decimal', header: 'Attributed cost', nullable: true},
    period_start: {kind: 'timestamp', header: 'Period began', nullable: true},
    addresses: {kind: 'json', rows: addressView},
    changes: {kind: 'json', rows: recentChangeView},
  },
}

/** What `pm vps show` shows a person. */
export function vpsSections(vps: VpsDetail): Section[] {
  return [
    fieldsSection(vps, vpsDetailView, ['vps', 'status', 'region', 'address', 'ips', 'domains', 'decommission_on']),
    {
      title: 'Cost',
      ...fieldsSection(vps, vpsDetailView, [
        'monthly_cost',
        'cost_per_ip',
        'cost_per_domain',
        'approximate_cost',
        'billing_day',
        'period_start',
        'period_end',
      ]),
    },
    tableSection('IPs', vps.addresses, addressView),
    tableSection('Recent changes', vps.changes, recentChangeView),
  ]
}
