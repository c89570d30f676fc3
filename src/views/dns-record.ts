import type {View} from '../output/view.ts'
import type {RecordRow} from '../queries/domain/records.ts'
import {dnsRecordTypes, dnsStatuses} from '../rules/dns-record.ts'
import {domainTones, toned} from './toned.ts'

export const recordView: View<RecordRow> = {
  noun: 'record',
  plural: 'records',
  name: 'host',
  fields: {
    type: {kind: 'text', values: dnsRecordTypes},
    host: {kind: 'text'},
    value: {kind: 'text'},
    ttl: {kind: 'integer', header: 'TTL', nullable: true},
    ttl_seen: {kind: 'integer', header: 'TTL seen', nullable: true},
    priority: {kind: 'integer', nullable: true},
    selector: {kind: 'text', nullable: true},
    status: {kind: 'text', nullable: true, values: dnsStatuses, cell: toned(domainTones)},
    last_verified: {kind: 'timestamp', nullable: true},
    attempts: {kind: 'integer'},
    error: {kind: 'text', nullable: true},
    managed_by: {kind: 'text', nullable: true},
    waits: {
      kind: 'boolean',
      header: 'Waits',
      cell: (waits) => (waits ? {text: 'yes', tone: 'warn'} : {text: '-', tone: 'dim'}),
    },
    source: {kind: 'text', nullable: true},
    position: {kind: 'integer'},
  },
  table: ['type', 'host', 'status', 'waits', 'value'],
  wide: ['priority', 'ttl', 'ttl_seen', 'last_verified', 'attempts', 'error', 'managed_by', 'source'],
}
