import type {ZoneLine} from '../dns/zone-fragment.ts'
import type {View} from '../output/view.ts'

export const zoneView: View<ZoneLine> = {
  noun: 'record',
  plural: 'records',
  name: 'name',
  fields: {
    name: {kind: 'text'},
    ttl: {kind: 'integer', header: 'TTL'},
    type: {kind: 'text'},
    value: {kind: 'text'},
    zone_line: {kind: 'text'},
  },
  table: ['name', 'ttl', 'type', 'value'],
}

/** The fragment itself, ready to be taken into a zone file: in ASCII, for every line of it is. */
export function zoneText(lines: readonly ZoneLine[]): string {
  return lines.map(({zone_line: line}) => `${line}\n`).join('')
}
