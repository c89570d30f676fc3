import {randomUUID} from 'node:crypto'
import type {Compilable, Kysely, Transaction} from 'kysely'
import type {ReadonlyKysely} from 'kysely/readonly'
import {CommitUnknown, DatabaseUnreachable} from '../rules/errors.ts'
import type {Permission} from '../rules/permissions.ts'
import {type ChangeHeader, openChange} from './change-record.ts'
import type {Connection} from './connection.ts'
import {cursorBatches, type Streaming} from './cursor.ts'
import {connectionLost, explainFailure} from './failure.ts'
import {type Identity, identify, type Operator, requirePermission} from './identity.ts'
import {type Limits, setLocally} from './local-settings.ts'
import {holdDecision, wasCommitted} from './lost-commit.ts'
import type {EnforcedBy} from './schema/pm.ts'
import type {Database} from './schema.ts'
import {heldOpen, readerPauseMs} from './slow-reader.ts'

/** What a query reads from. It cannot write: neither by type nor, in a READ ONLY transaction, by the server. */
export type Reader = ReadonlyKysely<Database>

/** Where a command works, as whom, and how long the server may take. */
export interface Session {
  readonly primary: Connection
  /** For reads that decide nothing; reads of a write always go to the primary. */
  readonly replica?: Connection
  readonly identity: Identity
  readonly limits: Limits
}

const brand = Symbol('audited')

/** A transaction with an open change. Only `write` makes one, so an unchecked or unaudited write does not compile. */
export interface AuditedTransaction {
  readonly [brand]: true
  readonly db: Transaction<Database>
  /** The same transaction, for queries. */
  readonly reader: Reader
  readonly changeId: number
  readonly enforcedBy: EnforcedBy
  /** What the operator may do. */
  readonly permissions: Operator['permissions']
}

/** Reads in one READ ONLY transaction after checking the permission (`none` needs an operator all the same). */
export async function read<T>(
  session: Session,
  permission: Permission | 'none',
  work: (db: Reader, operator: Operator) => Promise<T>,
  on: Connection = session.replica ?? session.primary,
): Promise<T> {
  return explaining(() =>
    on.db.transaction().execute(async (trx) => {
      const operator = await enter(trx, session, permission, 'read only')
      return work(readerOf(trx), operator)
    }),
  )
}

/** Reads in one READ ONLY transaction without asking who is there: for what must work before anybody is enrolled. */
export async function readUnidentified<T>(
  {primary, limits}: Session,
  work: (db: Reader) => Promise<T>,
  on: Connection = primary,
): Promise<T> {
  return explaining(() =>
    on.db.transaction().execute(async (trx) => {
      await setLocally(trx, limits, 'read only')
      return work(readerOf(trx))
    }),
  )
}

/** Like `read`, but on the primary: for everything a write decides on. */
export async function readForWrite<T>(
  session: Session,
  permission: Permission,
  work: (db: Reader, operator: Operator) => Promise<T>,
): Promise<T> {
  return read(session, permission, work, session.primary)
}

/** Streams a query from a server-side cursor in one READ ONLY transaction, which waits for whoever reads it. */
export async function* stream<Row>(
  session: Session,
  permission: Permission,
  query: (db: Reader) => Compilable<Row>,
  how: Streaming,
): AsyncGenerator<Row[]> {
  const on = session.replica ?? session.primary
  const {idleMs = readerPauseMs} = session.limits
  const patient = {...session, limits: {...session.limits, idleMs}}
  const trx = await explaining(() => on.db.startTransaction().execute())
  try {
    yield* explainingEach(heldOpen(batches({on, trx}, patient, permission, query, how), idleMs))
  } finally {
    // Reading leaves nothing to commit, and a rollback also ends a transaction that failed or was left early.
    await trx
      .rollback()
      .execute()
      .catch(() => {})
  }
}

async function* batches<Row>(
  {on, trx}: {on: Connection; trx: Transaction<Database>},
  session: Session,
  permission: Permission,
  query: (db: Reader) => Compilable<Row>,
  how: Streaming,
): AsyncGenerator<Row[]> {
  await enter(trx, session, permission, 'read only')
  yield* cursorBatches({on, trx}, query(readerOf(trx)).compile(), how)
}

/**
 * The one way to write: one transaction that sets its limits, opens the change (which checks the permission), does the
 * work, and makes sure that its COMMIT was one. When the connection breaks, it asks the database what became of it.
 * @throws PermissionDenied, Conflict, TimedOut: nothing was changed. DatabaseUnreachable too, unless it is CommitUnknown.
 */
export async function write<T>(
  session: Session,
  header: ChangeHeader,
  work: (trx: AuditedTransaction) => Promise<T>,
): Promise<{changeId: number; result: T}> {
  const requestKey = randomUUID()
  let done: {changeId: number; result: T} | undefined
  try {
    return await session.primary.db.transaction().execute(async (db) => {
      const operator = await enter(db, session, header.permission, 'read write')
      if (header.undoOf !== null) requirePermission(operator, 'audit.undo')
      const changeId = await openChange(db, operator, header, requestKey)
      const {enforced_by: enforcedBy, permissions} = operator
      const result = await work({[brand]: true, db, reader: readerOf(db), changeId, enforcedBy, permissions})
      // A swallowed error has aborted the transaction, and its COMMIT would be a silent ROLLBACK: this statement raises.
      await holdDecision(db, requestKey)
      done = {changeId, result}
      return done
    })
  } catch (error) {
    if (connectionLost(error)) return settle(session, requestKey, done, error)
    throw explainFailure(error)
  }
}

/** The connection broke. Before COMMIT was sent nothing can have happened; after that, only the database knows. */
async function settle<T>({primary, limits}: Session, requestKey: string, done: T | undefined, cause: unknown) {
  const committed = done !== undefined && (await wasCommitted(primary.db, limits, requestKey))
  if (done !== undefined && committed) return done
  const parts = {hint: 'When the database is back: pm audit list --limit 5', details: {request_key: requestKey}, cause}
  throw committed === false
    ? new DatabaseUnreachable('The connection to the database was lost before the commit. Nothing was changed.', parts)
    : new CommitUnknown(
        'The connection to the database was lost during the commit: it may have happened or not.',
        parts,
      )
}

/** The same object for queries, by Kysely's documented way: the two differ in types alone. */
export function readerOf(db: Kysely<Database>): Reader {
  return db as never
}

async function enter(
  trx: Transaction<Database>,
  session: Session,
  permission: Permission | 'none',
  access: 'read only' | 'read write',
): Promise<Operator> {
  await setLocally(trx, session.limits, access)
  const operator = await identify(trx, session.identity)
  if (permission !== 'none') requirePermission(operator, permission)
  return operator
}

async function explaining<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw explainFailure(error)
  }
}

async function* explainingEach<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    throw explainFailure(error)
  }
}
