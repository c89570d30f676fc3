import {randomBytes, randomUUID} from 'node:crypto'
import {setTimeout as wait} from 'node:timers/promises'
import {type RawBuilder, sql} from 'kysely'
import {afterAll, afterEach, beforeAll} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {openPsql, type Psql} from '../../support/psql.ts'

// What an operator could try with psql, without pm (data-safety §1.4). Each test leaves the database as it was.
let database: TestDatabase
const sessions: Psql[] = []

/** Gives the test file a database of its own, and ends each test's sessions. */
export function useDatabase(): void {
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterEach(closeSessions)
  afterAll(() => database.drop())
}

/** What PostgreSQL answers to who may not. */
export const denied = {code: '42501'}

/** What the guard answers to who may not. */
export function lacks(login: string, permission: string) {
  return {...denied, message: `operator ${login} lacks the permission ${permission}`}
}

export const quarantine = "update smtp_ip_addresses set status = 'quarantined'"

export async function psql(login: string): Promise<Psql> {
  const session = await openPsql(database.server(login))
  sessions.push(session)
  return session
}

/** One statement of the superuser, to arrange things and to look at them. */
export async function owner(
  strings: TemplateStringsArray,
  ...values: readonly unknown[]
): Promise<Record<string, unknown>[]> {
  const {rows} = await sql<Record<string, unknown>>(strings, ...values).execute(database.owner.db)
  return rows
}

/** Statements that take no parameters, such as those about roles. */
export async function arrange(...statements: string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database.owner.db)
}

export async function beginChange(session: Psql, permission: string, targets: readonly string[] = []): Promise<number> {
  const [row] = await session.run<{id: string}>(`select pm.begin_change('psql', $1, 'a test', $3, $2, null) as id`, [
    permission,
    randomUUID(),
    targets,
  ])
  return Number(row?.id)
}

/** Who the guard takes a session for, and whether it lets them write IPs. */
export async function whoIs(session: Psql): Promise<unknown> {
  const [row] = await session.run(`select login, role, pm.has_permission('ip.write') as may from pm.operator()`)
  return row
}

export async function count(session: Psql, table: string): Promise<number> {
  const [row] = await session.run<{count: number}>(`select count(*)::integer as count from ${table}`)
  return row?.count ?? -1
}

/** Waits until a session of the database waits for another. */
export async function waitingForLock(): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    const waiting = await owner`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    if (waiting.length > 0) return
    await wait(10)
  }
  throw new Error('Nobody waits for a lock.')
}

export async function anyIp(): Promise<unknown> {
  const [ip] = await owner`select id from smtp_ip_addresses where status = 'warmed' order by ip_address limit 1`
  return ip?.id
}

type Image = Record<string, unknown>

export async function imagesOf(change: number) {
  const rows = await database.owner.db
    .selectFrom('pm.row_images')
    .select(['table_name', 'op', 'before', 'after'])
    .where('change_id', '=', change)
    .orderBy('id')
    .execute()
  return rows as {table_name: string; op: string; before: Image | null; after: Image | null}[]
}

export async function removeGrant(role: string, permission: string): Promise<void> {
  await owner`delete from staff_role_permissions where permission_id = ${permissionId(permission)}
    and role_id = (select id from staff_roles where name = ${role})`
}

export async function addGrant(role: string, permission: string): Promise<void> {
  await owner`insert into staff_role_permissions (role_id, permission_id)
    select id, ${permissionId(permission)} from staff_roles where name = ${role}`
}

function permissionId(name: string): RawBuilder<unknown> {
  return sql`(select id from permissions where name = ${name})`
}

/** A login of its own for a test that changes it: roles belong to the cluster, which all tests share. */
export async function makeLogin(membership = 'in role pm_operator'): Promise<string> {
  const login = `op_${randomBytes(4).toString('hex')}`
  await arrange(`create role ${login} login ${membership}`)
  return login
}

export async function makeOperator(role: string): Promise<string> {
  const login = await makeLogin()
  const user = randomUUID()
  await owner`insert into users (id, email) values (${user}, ${`${login}@penguinmails.example`})`
  await owner`insert into staff_members (user_id, role_id) select ${user}, id from staff_roles where name = ${role}`
  await owner`insert into pm.operator_logins (login, user_id) values (${login}, ${user})`
  return login
}

export async function dropLogin(login: string): Promise<void> {
  await closeSessions()
  await arrange(`drop owned by ${login}`, `drop role ${login}`)
}

async function closeSessions(): Promise<void> {
  for (const session of sessions.splice(0)) await session.close()
}
