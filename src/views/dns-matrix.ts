import type {Cell, Field, View} from '../output/view.ts'
import type {DnsMatrixRow} from '../queries/domain/matrix.ts'
import {type DnsStatus, dnsStatuses} from '../rules/dns-record.ts'
import {domainTones, toned} from './toned.ts'

// Short, so that a line of them can be taken in at a glance.
const words: Readonly<Record<DnsStatus, string>> = {verified: 'ok', pending: 'waits', failed: 'FAILS', error: 'error'}

const cell = (status: DnsStatus): Cell => ({text: words[status], tone: domainTones[status]})
const ofType = (header: string): Field<DnsStatus | null> => ({
  kind: 'text',
  header,
  nullable: true,
  values: dnsStatuses,
  cell,
})

export const dnsMatrixView: View<DnsMatrixRow> = {
  noun: 'domain',
  plural: 'domains',
  name: 'domain',
  fields: {
    domain: {kind: 'text'},
    spf: ofType('SPF'),
    dkim: ofType('DKIM'),
    dmarc: ofType('DMARC'),
    mx: ofType('MX'),
    a: ofType('A'),
    aaaa: ofType('AAAA'),
    cname: ofType('CNAME'),
    status: {kind: 'text', nullable: true, cell: toned(domainTones)},
    last_verified: {kind: 'timestamp', nullable: true},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['domain', 'spf', 'dkim', 'dmarc', 'mx', 'a', 'aaaa', 'cname', 'status'],
}
