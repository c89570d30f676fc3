import type {View} from '../output/view.ts'
import type {MemberRow} from '../queries/tenant/users.ts'

export const memberView: View<MemberRow> = {
  noun: 'user',
  plural: 'users',
  name: 'email',
  fields: {
    email: {kind: 'text', nullable: true, header: 'E-mail'},
    name: {kind: 'text', nullable: true},
    roles: {kind: 'list'},
    joined: {kind: 'timestamp', nullable: true},
    left: {kind: 'timestamp', nullable: true},
    user_id: {kind: 'text', header: 'ID'},
  },
  table: ['email', 'name', 'roles', 'joined', 'left'],
}
