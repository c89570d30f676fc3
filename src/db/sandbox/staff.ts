import {type RoleName, roleNames} from '../../rules/roles.ts'
import type {Clock} from './clock.ts'
import {userId} from './people.ts'
import type {RowOf} from './row-of.ts'

/** One of our own people; without a role they may do nothing, and without a login they cannot start `pm`. */
interface SandboxStaff {
  given: string
  family: string
  email: string
  role: RoleName | null
  /** Days on the team. */
  age: number
  notes: string | null
  login?: string
}

/** The operators' team. */
export const staff: readonly SandboxStaff[] = [
  ours({given: 'Ada', family: 'Admin', role: 'admin', age: 1012.4, notes: 'Platform lead', login: 'op_admin'}),
  ours({given: 'Olga', family: 'Operations', role: 'operations', age: 730.2, notes: null, login: 'op_operations'}),
  ours({given: 'Bill', family: 'Billing', role: 'billing', age: 688.7, notes: null, login: 'op_billing'}),
  ours({given: 'Sue', family: 'Support', role: 'support', age: 410.9, notes: null, login: 'op_support'}),
  ours({given: 'Vic', family: 'Viewer', role: 'viewer', age: 93.5, notes: 'Auditor, looks only', login: 'op_viewer'}),
  ours({given: 'Nora', family: 'Night', role: 'operations', age: 61.3, notes: 'Night shift; login not set up yet'}),
  ours({given: 'Sam', family: 'Second', role: 'support', age: 28.6, notes: null}),
  ours({given: 'Otto', family: 'Former', role: null, age: 905.8, notes: 'Left; role withdrawn, kept for the history'}),
]

function ours(member: Omit<SandboxStaff, 'email'>): SandboxStaff {
  return {...member, email: `${member.given.toLowerCase()}@penguinmails.example`}
}

// The catalogue numbers the roles of an empty database from 1 on; the sandbox is filled after it.
function roleId(role: RoleName): number {
  return roleNames.indexOf(role) + 1
}

/** Rows of `staff_members`. */
export function staffRows(clock: Clock): RowOf<'staff_members'>[] {
  return staff.map(({email, role, age, notes}) => ({
    user_id: userId(email),
    role_id: role === null ? null : roleId(role),
    notes,
    created: clock.daysAgo(age),
    updated: clock.daysAgo(age / 3),
  }))
}

/** The user id of a member of the team, for rows that say who changed them. */
export function staffId(given: string): string {
  return userId(`${given.toLowerCase()}@penguinmails.example`)
}
