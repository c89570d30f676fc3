import type {View} from '../output/view.ts'
import type {PermissionRow} from '../queries/staff/permission.ts'

export const permissionView: View<PermissionRow> = {
  noun: 'permission',
  plural: 'permissions',
  name: 'permission',
  fields: {
    permission: {kind: 'text'},
    description: {kind: 'text', nullable: true},
    roles: {kind: 'list'},
    topic: {kind: 'text', nullable: true},
    id: {kind: 'integer', header: 'ID'},
  },
  table: ['permission', 'roles', 'description'],
}
