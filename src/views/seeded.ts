import type {View} from '../output/view.ts'

export const seededView: View<{tenants: number; rows: number}> = {
  noun: 'seeding',
  plural: 'seedings',
  name: 'tenants',
  fields: {tenants: {kind: 'integer'}, rows: {kind: 'integer'}},
  table: ['tenants', 'rows'],
}
