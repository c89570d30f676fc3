import type {RoleName} from '../../rules/roles.ts'
import {userId} from './people.ts'
import {staff} from './staff.ts'

/** A database login and who it is. */
interface SandboxOperator {
  login: string
  userId: string
  role: RoleName
}

/** The five operators an embedded database can be used as, one a role. */
export const sandboxOperators: readonly SandboxOperator[] = staff.flatMap(({login, role, email}) =>
  login === undefined || role === null ? [] : [{login, userId: userId(email), role}],
)
