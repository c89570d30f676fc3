import type {View} from '../output/view.ts'
import type {Stop} from '../queries/tenant/stops.ts'

/** What of a tenant stops or goes on. */
export const stopView: View<Stop> = {
  noun: 'thing',
  plural: 'things',
  name: 'what',
  fields: {
    what: {kind: 'text'},
    count: {kind: 'integer'},
    names: {
      kind: 'list',
      header: 'Which',
      cell: (names) => names.join(', '),
    },
  },
  table: ['what', 'count', 'names'],
}
