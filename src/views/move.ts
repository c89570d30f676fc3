import type {View} from '../output/view.ts'
import type {Move} from '../rules/ip-placement.ts'

// Of IPv6. Half an address is no address.
const longestAddress = 39

/** Where the domains of a quarantined IP go. */
export const moveView: View<Move> = {
  noun: 'domain',
  plural: 'domains',
  name: 'domain',
  fields: {
    domain: {kind: 'text'},
    tenant: {kind: 'text', nullable: true},
    from: {kind: 'text', least: longestAddress},
    to: {kind: 'text', nullable: true, least: longestAddress},
    sending: {
      kind: 'list',
      header: 'Sending now',
      cell: (names) => ({text: names.join(', ') || '-', tone: names.length > 0 ? 'warn' : 'dim'}),
    },
  },
  table: ['domain', 'tenant', 'from', 'to', 'sending'],
}
