import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {readStanding} from '../../queries/staff/standing.ts'
import {adminsOf, type Standing} from '../../rules/admins.ts'
import {Conflict} from '../../rules/errors.ts'
import type {Columns, Plan, RowChange} from '../plan.ts'

/** The tables that decide who is an admin. */
const tables: readonly string[] = ['public.staff_members', 'public.staff_role_permissions', 'pm.operator_logins']

type Rows = readonly Pick<RowChange, 'table'>[]

/**
 * Waits for its turn before it changes who is an admin: of two who take that from each other at the same moment, the
 * second sees what the first did, and may no more.
 */
export async function takeTurn(db: Reader, rows: Rows): Promise<void> {
  if (!concernsAdmins(rows)) return
  await db.selectNoFrom(sql`pg_advisory_xact_lock(hashtext('pm.staff'))`.as('locked')).execute()
}

/** @throws Conflict when these rows would leave nobody who may edit the staff */
export async function assertAdminStays(db: Reader, rows: readonly RowChange[]): Promise<void> {
  if (!concernsAdmins(rows)) return
  const before = await readStanding(db)
  assertSomebody(before, written(before, rows))
}

/**
 * The same once the rows are written, when nobody else can come between any more. An operator whom the database guards
 * still holds staff.write when they commit (guard.ts); owners and declared identities are held to it here alone.
 * @throws Conflict
 */
export async function verifyAdminStays(db: Reader, {rows}: Pick<Plan<object>, 'rows'>): Promise<void> {
  if (!concernsAdmins(rows)) return
  const after = await readStanding(db)
  assertSomebody(written(after, rows.map(backwards)), after)
}

function concernsAdmins(rows: Rows): boolean {
  return rows.some(({table}) => tables.includes(table))
}

function assertSomebody(before: Standing, after: Standing): void {
  const last = adminsOf(before)
  if (last.length === 0 || adminsOf(after).length > 0) return
  const names = last.map((user) => before.emailOf.get(user) ?? after.emailOf.get(user) ?? user)
  const admins = `${names.length === 1 ? 'is the last admin' : 'are the last admins'}${before.needsLogin ? ' with a login' : ''}`
  throw new Conflict(`Nobody could change the staff any more: ${names.join(', ')} ${admins}.`, {
    hint: `Make somebody else an admin first: pm staff set-role EMAIL admin${before.needsLogin ? ', and pm staff enroll' : ''}`,
    details: {admins: names},
  })
}

function backwards(row: RowChange): RowChange {
  return {...row, before: row.after, after: row.before}
}

/** How things stand once these rows are written. */
function written(standing: Standing, rows: readonly RowChange[]): Standing {
  const roleOf = new Map(standing.roleOf)
  const editingRoles = new Set(standing.editingRoles)
  const logins = new Map(standing.logins)
  for (const {table, key, before, after} of rows) {
    const row = {...key, ...before, ...after}
    if (table === 'public.staff_members') writeMember(roleOf, row, after)
    if (table === 'public.staff_role_permissions' && row.permission_id === standing.editing)
      writeGrant(editingRoles, Number(row.role_id), after)
    if (table === 'pm.operator_logins') writeLogin(logins, row, after)
  }
  return {...standing, roleOf, editingRoles, logins}
}

function writeMember(roleOf: Map<string, number | null>, {user_id, role_id}: Columns, after: Columns | null): void {
  if (after === null) roleOf.delete(String(user_id))
  else if (role_id !== undefined) roleOf.set(String(user_id), typeof role_id === 'number' ? role_id : null)
}

function writeGrant(editingRoles: Set<number>, role: number, after: Columns | null): void {
  if (after === null) editingRoles.delete(role)
  else editingRoles.add(role)
}

function writeLogin(
  logins: Map<string, {user_id: string; enabled: boolean}>,
  row: Columns,
  after: Columns | null,
): void {
  const login = String(row.login)
  const was = logins.get(login)
  if (after === null) logins.delete(login)
  else
    logins.set(login, {
      user_id: String(row.user_id ?? was?.user_id),
      enabled: row.disabled === undefined ? (was?.enabled ?? true) : row.disabled === null,
    })
}
