import type {Tone, View} from '../output/view.ts'
import type {IpRow} from '../queries/ip/columns.ts'
import {type IpStatus, ipStatuses, type Reputation, reputations} from '../rules/ip-lifecycle.ts'

export const statusTones: Readonly<Record<IpStatus, Tone>> = {
  available: 'info',
  assigned: 'info',
  warming: 'warn',
  warmed: 'good',
  degraded: 'warn',
  burned: 'dim',
  quarantined: 'bad',
}

export const reputationTones: Readonly<Record<Reputation, Tone>> = {
  good: 'good',
  fair: 'info',
  poor: 'warn',
  critical: 'bad',
}

export const ipView: View<IpRow> = {
  noun: 'IP',
  plural: 'IPs',
  name: 'ip',
  fields: {
    ip: {kind: 'text', header: 'IP'},
    status: {kind: 'text', nullable: true, values: ipStatuses, cell: (text) => ({text, tone: statusTones[text]})},
    reputation: {
      kind: 'text',
      nullable: true,
      values: reputations,
      cell: (text) => ({text, tone: reputationTones[text]}),
    },
    domains: {kind: 'integer'},
    region: {kind: 'text', nullable: true},
    vps: {kind: 'text', header: 'VPS', nullable: true},
    listed_on: {
      kind: 'list',
      header: 'Listed on',
      cell: (lists) => ({text: lists.join(', ') || '-', tone: lists.length > 0 ? 'bad' : 'dim'}),
    },
    checked: {kind: 'timestamp', nullable: true},
    cost: {kind: 'decimal', nullable: true},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['ip', 'status', 'reputation', 'domains', 'region', 'listed_on', 'checked'],
  wide: ['vps', 'cost', 'id'],
}
