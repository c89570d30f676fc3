import {existsSync, readFileSync, renameSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {type Kysely, sql} from 'kysely'
import {PmError, UsageError} from '../rules/errors.ts'
import type {Connection} from './connection.ts'
import {becomeLogin, openEmbedded, postgresMajor} from './embedded.ts'
import {FolderLock} from './folder-lock.ts'
import {damaged, explainFiles, madeByOther} from './sandbox/failure.ts'
import {sandboxOperators} from './sandbox/operators.ts'
import {partsOf} from './sandbox/parts.ts'
import {sandboxRows} from './sandbox/rows.ts'
import {bringUpToDate} from './sandbox/up-to-date.ts'
import type {Database} from './schema.ts'
import {setUp} from './set-up.ts'

/** The embedded database for trying things: its folder, the operator to be there, and who hears of progress. */
export interface Sandbox {
  folder: string
  login: string
  progress: (message: string) => void
}

/**
 * Opens the sandbox as one of its operators, making and filling it on first use. Holds the folder's lock until closed.
 * @throws UsageError for a login it does not have; Conflict when another process holds it; DatabaseUnreachable when it
 * is damaged, of another version, or cannot be written.
 */
export async function openSandbox({folder, login, progress}: Sandbox): Promise<Connection> {
  const {lock: file, database} = partsOf(folder)
  if (!existsSync(database)) assertLogin(login, firstLogins)
  const lock = new FolderLock(file)
  try {
    await lock.acquire(progress)
    if (!existsSync(database)) await makeSandbox(folder, progress)
    const connection = await openAs(login, database, progress)
    return {...connection, close: () => connection.close().finally(() => lock.release())}
  } catch (error) {
    lock.release()
    throw explainFiles(error, folder)
  }
}

async function openAs(login: string, database: string, progress: (message: string) => void): Promise<Connection> {
  assertMajor(database)
  const embedded = await openEmbedded(database).catch((cause: unknown) => {
    throw damaged('PostgreSQL does not start on its files', cause)
  })
  try {
    await bringUpToDate(embedded.db, progress)
    assertLogin(login, await enrolledLogins(embedded.db))
    await becomeLogin(embedded.pglite, login)
    return embedded
  } catch (error) {
    // Closing what is damaged may fail as well, and says nothing new.
    await embedded.close().catch(() => {})
    throw error instanceof PmError ? error : damaged(error instanceof Error ? error.message : String(error), error)
  }
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
async function makeSandbox(folder: string, progress: (message: string) => void): Promise<void> {
  const {database, making} = partsOf(folder)
  progress('Making the sandbox, an embedded database with example data (a few seconds, once)…')
  rmSync(making, {recursive: true, force: true})
  const embedded = await openEmbedded(making)
  await fillSandbox(embedded.db, new Date())
  await embedded.close()
  renameSync(making, database)
}

// PostgreSQL does not read the files of another major version, and in a folder without any it would make new ones.
function assertMajor(database: string): void {
  const file = join(database, 'PG_VERSION')
  const major = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  if (!/^\d{1,3}$/.test(major)) throw damaged('its folder holds no database')
  if (major !== postgresMajor) throw madeByOther(major, postgresMajor)
}

const firstLogins = sandboxOperators.map(({login}) => login)

async function enrolledLogins(db: Kysely<Database>): Promise<string[]> {
  const rows = await db.selectFrom('pm.operator_logins').select('login').orderBy('login').execute()
  return rows.map(({login}) => login)
}

function assertLogin(login: string, logins: readonly string[]): void {
  if (logins.includes(login)) return
  throw new UsageError(`The sandbox has no operator “${login}”.`, {
    hint: `PM_SANDBOX_LOGIN is one of ${logins.join(', ')}.`,
  })
}
