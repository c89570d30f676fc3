import {expect} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {ask} from '../../support/records.ts'
import {run, type World} from '../../support/run.ts'

/** Runs commands one after the other as an operator of operations; all but the last must succeed. */
export async function history(database: TestDatabase, ...commands: readonly string[][]) {
  for (const argv of commands) {
    const {exitCode, stderr} = await run(as(database, 'op_operations'), argv)
    expect({argv, exitCode, stderr}).toMatchObject({exitCode: 0})
  }
}

export const quarantine = ['ip', 'quarantine', '198.51.100.141', '--yes']
export const undo = (id: number, ...more: string[]) => ['audit', 'undo', `${id}`, ...more]

/** Lends a test a database of its own. */
export async function withDatabase(work: (database: TestDatabase) => Promise<void>): Promise<void> {
  const database = await freshDatabase()
  try {
    await work(database)
  } finally {
    await database.drop()
  }
}

/** Undoes a change with consent, and answers in JSON. */
export function undoing(database: TestDatabase, id: number, login = 'op_operations', world: World = {}) {
  return run(as(database, login, world), undo(id, '--yes', '-o', 'json'))
}

/** Takes a permission from a role. */
export async function revoke(database: TestDatabase, role: string, permission: string): Promise<void> {
  await ask(
    database,
    `delete from staff_role_permissions where role_id = (select id from staff_roles where name = '${role}')
     and permission_id = (select id from permissions where name = '${permission}')`,
  )
}
