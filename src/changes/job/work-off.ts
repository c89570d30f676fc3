import {sql} from 'kysely'
import {recordPageTargets} from '../../db/change-record.ts'
import type {Json} from '../../db/schema/json.ts'
import {type AuditedTransaction, type Session, write} from '../../db/transaction.ts'
import type {FoundJob} from '../../queries/job/find.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import {readPage} from './alike.ts'
import {type Applied, applyItems} from './apply-items.ts'
import {headerOf} from './header.ts'
import type {JobItem} from './item.ts'
import {assertWithin} from './within.ts'

/** Where in a job some items stand. */
export interface Place {
  page: number
  position: number
  count: number
}

/** What one transaction did. */
export interface WorkedOff extends Applied, Place {
  changeId: number
  read: Page
  /** How long it kept others from its rows. */
  heldMs: number
}

/** A transaction that failed, with the items that it was about, if it came to any. Nothing of it was written. */
export class ChunkFailed extends Error {
  readonly place: Place | undefined

  constructor(place: Place | undefined, cause: unknown) {
    super('Some items of a job could not be worked off.', {cause})
    this.place = place
  }
}

/** Which items to take: at most so many, and certain ones where that matters. */
export interface Wish {
  most: number
  page?: number | undefined
  position?: number | undefined
  /** The page that was read last, which need not be read again. */
  known?: Page | undefined
  /** Whether what plans limit is counted once more. */
  recounts?: boolean
  /** Where the server process that works on them is told of, as long as it does. */
  backends?: Set<number>
}

/** Items of a job that stand together. They never change. */
export interface Page {
  n: number
  items: readonly JobItem[]
}

/**
 * Works off the next items that nobody else is at, in one transaction together with how far the job is: it happens once
 * or not at all, whoever else works on the job and whatever breaks. Undefined where nothing is free.
 * @throws ChunkFailed
 */
export async function workOff(session: Session, job: FoundJob, wish: Wish): Promise<WorkedOff | undefined> {
  return inOwnTransaction(session, job, wish, (trx, items) => applyItems(trx, items, wish.recounts ?? true))
}

/** Passes the next item over that could not be written, and keeps why. Undefined where somebody else did meanwhile. */
export async function passOver(
  session: Session,
  job: FoundJob,
  {page, position}: Place,
  reason: string,
): Promise<WorkedOff | undefined> {
  return inOwnTransaction(session, job, {most: 1, page, position}, async (_trx, items) => ({
    changed: [],
    missed: items.map(({target}) => ({target, outcome: 'failed', reason})),
  }))
}

// Whoever works on a job sends the next statement at once, unless its machine stands still.
const idleMs = 10_000

function impatient({limits, ...session}: Session): Session {
  return {...session, limits: {...limits, idleMs: Math.min(idleMs, limits.statementMs * 2)}}
}

type Work = (trx: AuditedTransaction, items: readonly JobItem[]) => Promise<Applied>

async function inOwnTransaction(session: Session, job: FoundJob, wish: Wish, work: Work) {
  let place: Place | undefined
  let backend = 0
  let start = 0
  try {
    const {changeId, result} = await write(impatient(session), headerOf(job), async (trx) => {
      const taken = await take(trx, job.id, wish)
      if (!taken) return undefined
      const {position, read} = taken
      backend = taken.backend
      wish.backends?.add(backend)
      const items = read.items.slice(position, position + wish.most)
      place = {page: read.n, position, count: items.length}
      assertWithin(job.permission, items)
      if (position === 0 && trx.enforcedBy === 'transaction') await recordPageTargets(trx.db, job.id, read.n)
      start = performance.now()
      const applied = await work(trx, items)
      if (applied.missed.length > 0) await keepMissed(trx, job.id, place, applied.missed)
      return {...place, ...applied, read}
    })
    return result && {...result, changeId, heldMs: performance.now() - start}
  } catch (error) {
    throw new ChunkFailed(place, error)
  } finally {
    wish.backends?.delete(backend)
  }
}

/**
 * Takes the next items of a page, as done: until the end of the transaction the page is locked, and others skip it. In one
 * statement, and before any row is locked, so that nobody waits for it.
 */
async function take({db}: AuditedTransaction, job: number, {most, page, position, known}: Wish) {
  const count = sql<number>`(select count from open)`
  const taken = await db
    .with('open', (with_) =>
      with_
        .selectFrom('pm.job_pages')
        .where('job_id', '=', job)
        .whereRef('position', '<', 'size')
        .where((eb) =>
          eb.exists(eb.selectFrom('pm.jobs').where('id', '=', job).where('state', '=', 'running').select('id')),
        )
        .$if(page !== undefined, (pages) => pages.where('n', '=', page ?? 0))
        .$if(position !== undefined, (pages) => pages.where('position', '=', position ?? 0))
        .select(['n', sql<number>`least(${most}, size - position)`.as('count')])
        .orderBy('n')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('pm.job_pages')
    .where('job_id', '=', job)
    // Not joined: of every page of the job would then be asked whether it may be seen.
    .where('n', '=', (eb) => eb.selectFrom('open').select('open.n'))
    .set((eb) => ({
      position: eb('position', '+', count),
      done: eb('done', '+', count),
      touched: eb.fn<string>('clock_timestamp', []),
      stopped: null,
    }))
    .returning((eb) => [
      'n',
      eb('position', '-', count).as('position'),
      sql<Json>`case when n = ${known?.n ?? -1} then null else items end`.as('items'),
      sql<number>`pg_backend_pid()`.as('backend'),
    ])
    .executeTakeFirst()
  return taken && {position: taken.position, backend: taken.backend, read: known?.n === taken.n ? known : pageOf(taken)}
}

function pageOf({n, items}: {n: number; items: Json}): Page {
  return {n, items: readPage(items)}
}

/** Of the items that were taken as done, these are not. */
async function keepMissed({db}: AuditedTransaction, job: number, {page}: Place, missed: readonly MissedItem[]) {
  const failed = missed.filter(({outcome}) => outcome === 'failed').length
  await db
    .updateTable('pm.job_pages')
    .where('job_id', '=', job)
    .where('n', '=', page)
    .set((eb) => ({
      done: eb('done', '-', missed.length),
      failed: eb('failed', '+', failed),
      missed: sql<Json[]>`missed || ${missed.map(toJson)}::json[]`,
    }))
    .execute()
}

function toJson(item: MissedItem): string {
  return JSON.stringify(item)
}
