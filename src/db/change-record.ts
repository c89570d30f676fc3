import {sql, type Transaction} from 'kysely'
import type {Permission} from '../rules/permissions.ts'
import type {Operator} from './identity.ts'
import type {Database} from './schema.ts'

/** What the audit record says of a change besides its rows. */
export interface ChangeHeader {
  /** The command line as typed. No secret is ever an argument. */
  command: string
  permission: Permission
  reason: string | null
  /** What was touched, as `noun:name`, such as `ip:203.0.113.24`. */
  targets: readonly string[]
  undoOf: number | null
}

/** Opens a change in this transaction and returns its id. The database's guard checks the permission as it does. */
export async function openChange(
  trx: Transaction<Database>,
  operator: Operator,
  {command, permission, reason, targets, undoOf}: ChangeHeader,
  requestKey: string,
): Promise<number> {
  if (operator.enforced_by === 'database') {
    const {rows} = await sql<{id: number}>`select pm.begin_change(${command}, ${permission}, ${reason}, ${[...targets]},
      ${requestKey}, ${undoOf}) as id`.execute(trx)
    return theId(rows)
  }
  const {login, user_id, role} = operator
  const rows = await trx
    .insertInto('pm.changes')
    .values({
      command,
      permission,
      reason,
      targets: [...targets],
      login,
      user_id,
      role,
      undo_of: undoOf,
      request_key: requestKey,
      enforced_by: 'transaction',
    })
    .returning('id')
    .execute()
  return theId(rows)
}

function theId(rows: readonly {id: number}[]): number {
  const [row] = rows
  if (!row) throw new Error('The change was not opened.')
  return row.id
}
