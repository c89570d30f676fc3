import type {View} from '../output/view.ts'
import type {DomainIp} from '../queries/domain/assignments.ts'

// Of IPv6. Half an address is no address.
const longestAddress = 39

export const domainIpView: View<DomainIp> = {
  noun: 'IP',
  plural: 'IPs',
  name: 'ip',
  fields: {
    ip: {kind: 'text', header: 'IP', nullable: true, least: longestAddress},
    status: {kind: 'text', nullable: true},
    warmup: {kind: 'text', header: 'Warm-up', nullable: true},
    assigned: {kind: 'timestamp', nullable: true},
    expires: {kind: 'timestamp', header: 'Ended', nullable: true},
    last_sent: {kind: 'timestamp', nullable: true},
    ip_status: {kind: 'text', header: 'The IP is', nullable: true},
    reputation: {kind: 'text', nullable: true},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['ip', 'status', 'warmup', 'assigned', 'expires', 'last_sent', 'ip_status'],
  wide: ['reputation', 'id'],
}
