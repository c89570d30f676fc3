import {randomBytes} from 'node:crypto'
import {sql} from 'kysely'
import {afterAll, afterEach, beforeEach, expect} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {run} from '../../support/run.ts'

/** A user on the staff who has no login. */
export const nora = 'nora@penguinmails.example'
/** A user who is not on the staff. */
export const alice = 'alice@acme.example'

let database: TestDatabase
// Logins belong to the whole server: each test has names of its own.
const roles: string[] = []

/** Gives every test of a file a database of its own, and clears away the logins they made. */
export function useDatabases(): void {
  beforeEach(async () => {
    database = await freshDatabase()
  })
  afterEach(() => database.drop())
  afterAll(async () => {
    const server = await freshDatabase()
    // Who was let in by another goes first.
    for (const role of roles.reverse()) await sql`drop role if exists ${sql.id(role)}`.execute(server.owner.db)
    await server.drop()
  })
}

/** The test's database, to connect to as a login. */
export function here(): TestDatabase {
  return database
}

/** A name for a login, dropped at the end. */
export function newName(name = `op_${randomBytes(5).toString('hex')}`): string {
  roles.push(name)
  return name
}

export function enroll(by: string, ...argv: string[]) {
  return run({env: {DATABASE_URL: database.url(by)}}, ['staff', 'enroll', ...argv])
}

/** What a statement returns, run by a superuser. */
export async function ask<Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await query.execute(database.owner.db)).rows
}

/** Makes a login, or a group, as a database administrator would. */
export async function makeRole(options: string): Promise<string> {
  const name = newName()
  await ask(sql.raw(`create role ${name} ${options}`))
  return name
}

/** What the database knows of a login: its role there, and whose it is. */
export async function stateOf(login: string) {
  const found = await ask(sql<{can_log_in: boolean; is_operator: boolean}>`
    select rolcanlogin as can_log_in, pg_has_role(oid, 'pm_operator', 'usage') as is_operator
    from pg_roles where rolname = ${login}`)
  const mapped = await ask(sql<{email: string; disabled: boolean}>`
    select u.email, l.disabled is not null as disabled
    from pm.operator_logins l join users u on u.id = l.user_id where l.login = ${login}`)
  return {role: found[0], mapping: mapped[0]}
}

export async function roleOf(email: string): Promise<string | undefined> {
  const rows = await ask(sql<{role: string}>`select r.name as role from staff_members m
    join staff_roles r on r.id = m.role_id join users u on u.id = m.user_id where u.email = ${email}`)
  return rows[0]?.role
}

export async function changes() {
  return ask(sql<{command: string; permission: string; login: string; targets: string[]; images: string[]}>`
    select command, permission, login, targets,
      array(select i.op || ' ' || i.table_name from pm.row_images i where i.change_id = c.id order by i.id) as images
    from pm.changes c order by id`)
}

/** Nothing of the login, no change. */
export async function expectNothingDone(login: string): Promise<void> {
  expect(await stateOf(login)).toEqual({role: undefined, mapping: undefined})
  expect(await changes()).toEqual([])
}
