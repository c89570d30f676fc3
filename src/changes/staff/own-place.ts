import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {PermissionDenied} from '../../rules/errors.ts'
import type {Columns, RowChange} from '../plan.ts'

const refusals: Readonly<Record<string, string>> = {
  'public.staff_members': 'Nobody changes their own place on the staff.',
  'public.staff_role_permissions': 'Nobody changes what their own role may do.',
  'pm.operator_logins': 'Nobody enrolls or revokes themselves.',
}

/** What an operator may not do because it is about themselves, whatever else they may. */
export class AboutThemselves extends PermissionDenied {}

/**
 * Nobody gives themselves more, or locks themselves out. The database refuses it as well (trigger no_self_edit), where it
 * has triggers, but in its own words.
 * @throws AboutThemselves
 */
export async function assertNotOwn(db: Reader, operator: Operator, rows: readonly RowChange[]): Promise<void> {
  if (!rows.some(({table}) => Object.hasOwn(refusals, table))) return
  const ownRole = await roleOf(db, operator)
  const own = rows.find((row) => isOwn(row, operator, ownRole))
  if (!own) return
  throw new AboutThemselves(refusals[own.table] ?? '', {hint: 'Another admin can, or an owner of the database.'})
}

function isOwn({table, key, before, after}: RowChange, {user_id, login}: Operator, ownRole: number | null): boolean {
  const any = (holds: (row: Columns) => boolean) => [key, before ?? {}, after ?? {}].some(holds)
  if (table === 'public.staff_role_permissions') return ownRole !== null && any(({role_id}) => role_id === ownRole)
  if (table !== 'public.staff_members' && table !== 'pm.operator_logins') return false
  // By the login too: an update of it does not say whose it is.
  return (
    any((row) => user_id !== null && row.user_id === user_id) || (table === 'pm.operator_logins' && key.login === login)
  )
}

async function roleOf(db: Reader, {user_id}: Operator): Promise<number | null> {
  if (user_id === null) return null
  const member = await db
    .selectFrom('staff_members')
    .where('user_id', '=', user_id)
    .select('role_id')
    .executeTakeFirst()
  return member?.role_id ?? null
}
