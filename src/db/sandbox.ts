import {existsSync, renameSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {type Kysely, sql} from 'kysely'
import {UsageError} from '../rules/errors.ts'
import type {Connection} from './connection.ts'
import {becomeLogin, openEmbedded} from './embedded.ts'
import {FolderLock} from './folder-lock.ts'
import {pendingMigrations} from './migrate.ts'
import {sandboxOperators} from './sandbox/operators.ts'
import {sandboxRows} from './sandbox/rows.ts'
import type {Database} from './schema.ts'
import {setUp} from './set-up.ts'
import {readerOf} from './transaction.ts'

/** The embedded database for trying things: its folder, the operator to be there, and who hears of progress. */
export interface Sandbox {
  folder: string
  login: string
  progress: (message: string) => void
}

/**
 * Opens the sandbox as one of its operators, making and filling it on first use. Holds the folder's lock until closed.
 * @throws UsageError for a login it does not have; Conflict when another process holds it.
 */
export async function openSandbox({folder, login, progress}: Sandbox): Promise<Connection> {
  assertLogin(login)
  const lock = new FolderLock(join(folder, 'lock'))
  await lock.acquire()
  try {
    const data = join(folder, 'database')
    if (!existsSync(data)) await makeSandbox(data, progress)
    const embedded = await openEmbedded(data)
    await migrateIfBehind(embedded.db, progress)
    await becomeLogin(embedded.pglite, login)
    const close = async () => {
      await embedded.close()
      lock.release()
    }
    return {...embedded, close}
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Throws the sandbox away; the next use makes a new one. */
export async function removeSandbox(folder: string): Promise<void> {
  const lock = new FolderLock(join(folder, 'lock'))
  await lock.acquire()
  rmSync(join(folder, 'database'), {recursive: true, force: true})
  lock.release()
}

/** Migrations, catalogue, rows and operators, in an empty database that a superuser has open. */
export async function fillSandbox(db: Kysely<Database>, asOf: Date): Promise<void> {
  await setUp(db, {kind: 'session'})
  for (const {table, rows} of sandboxRows(asOf)) await insertRows(db, table, rows)
  for (const table of identityTables) await catchUpSequence(db, table)
  for (const {login, userId} of sandboxOperators) {
    await sql.raw(createLogin(login)).execute(db)
    await db.insertInto('pm.operator_logins').values({login, user_id: userId, disabled: null}).execute()
  }
  // As an administrator of a real database may, so that `pm staff enroll` can make logins here.
  await sql.raw('alter role op_admin createrole').execute(db)
  await sql.raw('grant pm_operator to op_admin with admin option').execute(db)
  await sql`analyze`.execute(db)
}

const identityTables = ['folders', 'tags', 'template_folders', 'template_tags'] as const

// Rows that brought their own ids leave the sequence where it was, and the next plain insert would collide.
async function catchUpSequence(db: Kysely<Database>, table: string): Promise<void> {
  await sql`select setval(pg_get_serial_sequence(${table}, 'id'), max(id)) from ${sql.table(table)}`.execute(db)
}

// Roles belong to the cluster: another database of it may have made them already.
const createLogin = (login: string) => `do $$ begin
  if not exists (select from pg_roles where rolname = '${login}') then
    create role ${login} login in role pm_operator;
  end if;
end $$`

/** Sends rows as one JSON document; the columns are those of the first row. */
export async function insertRows(
  db: Kysely<Database>,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)))
  await sql`insert into ${sql.table(table)} (${columns}) overriding system value
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(
    db,
  )
}

// Made beside its place and renamed, so that an interrupted first use leaves no half-filled sandbox.
async function makeSandbox(data: string, progress: (message: string) => void): Promise<void> {
  progress('Making the sandbox, an embedded database with example data (a few seconds, once)…')
  const making = `${data}.making`
  rmSync(making, {recursive: true, force: true})
  const embedded = await openEmbedded(making)
  await fillSandbox(embedded.db, new Date())
  await embedded.close()
  renameSync(making, data)
}

async function migrateIfBehind(db: Kysely<Database>, progress: (message: string) => void): Promise<void> {
  const identity = {kind: 'session'} as const
  if ((await pendingMigrations(readerOf(db), identity)).length === 0) return
  progress('Bringing the sandbox up to date…')
  await setUp(db, identity)
}

function assertLogin(login: string): void {
  const logins = sandboxOperators.map((operator) => operator.login)
  if (logins.includes(login)) return
  throw new UsageError(`The sandbox has no operator “${login}”.`, {
    hint: `PM_SANDBOX_LOGIN is one of ${logins.join(', ')}.`,
  })
}
