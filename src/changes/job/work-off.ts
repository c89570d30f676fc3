import {sql} from 'kysely'
import type {Json} from '../../db/schema/json.ts'
import {type AuditedTransaction, type Session, write} from '../../db/transaction.ts'
import type {FoundJob} from '../../queries/job/find.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
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

/** Which items to take: at most so many, and of one page where that matters. */
export interface Wish {
  most: number
  page?: number | undefined
  /** The page that was read last, which need not be read again. */
  known?: Page | undefined
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
  return inOwnTransaction(session, job, wish, (trx, items) => applyItems(trx, items))
}

/** Passes the next item over that could not be written, and keeps why. Undefined where somebody else did meanwhile. */
export async function passOver(
  session: Session,
  job: FoundJob,
  {page, position}: Place,
  reason: string,
): Promise<WorkedOff | undefined> {
  return inOwnTransaction(session, job, {most: 1, page}, async (_trx, [item], at) => {
    if (!item || at !== position) return {changed: [], missed: []}
    return {changed: [], missed: [{target: item.target, outcome: 'failed', reason}]}
  })
}

type Work = (trx: AuditedTransaction, items: readonly JobItem[], position: number) => Promise<Applied>

async function inOwnTransaction(session: Session, job: FoundJob, wish: Wish, work: Work) {
  let place: Place | undefined
  let start = 0
  try {
    const {changeId, result} = await write(session, headerOf(job), async (trx) => {
      const claimed = await claim(trx, job.id, wish)
      if (!claimed) return undefined
      const {position, read} = claimed
      const items = read.items.slice(position, position + wish.most)
      place = {page: read.n, position, count: items.length}
      assertWithin(job.permission, items)
      start = performance.now()
      const applied = await work(trx, items, position)
      await advance(trx, job.id, place, applied)
      return {...place, ...applied, read}
    })
    return result && {...result, changeId, heldMs: performance.now() - start}
  } catch (error) {
    throw new ChunkFailed(place, error)
  }
}

// Locked until the end of the transaction: others skip it.
async function claim({db}: AuditedTransaction, job: number, {page, known}: Wish) {
  const open = db
    .selectFrom('pm.job_pages')
    .where('job_id', '=', job)
    .whereRef('position', '<', 'size')
    .where((eb) =>
      eb.exists(eb.selectFrom('pm.jobs').where('id', '=', job).where('state', '=', 'running').select('id')),
    )
    .$if(page !== undefined, (pages) => pages.where('n', '=', page ?? 0))
  const claimed = await open
    .select((eb) => [
      'n',
      'position',
      eb
        .case()
        .when('n', '=', known?.n ?? -1)
        .then(null)
        .else(eb.ref('items'))
        .end()
        .as('items'),
    ])
    .orderBy('n')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!claimed) return undefined
  const {n, position, items} = claimed
  return {position, read: known?.n === n ? known : {n, items: itemsOf(items)}}
}

// Written by `beginJob` as such, and never changed since: operators may not.
function itemsOf(items: Json): readonly JobItem[] {
  return items as unknown as readonly JobItem[]
}

async function advance(
  {db}: AuditedTransaction,
  job: number,
  {page, position, count}: Place,
  {changed, missed}: Applied,
): Promise<void> {
  const failed = missed.filter(({outcome}) => outcome === 'failed').length
  const worked = changed.length + missed.length === 0 ? 0 : count
  await db
    .updateTable('pm.job_pages')
    .where('job_id', '=', job)
    .where('n', '=', page)
    .set((eb) => ({
      position: position + worked,
      done: eb('done', '+', changed.length),
      failed: eb('failed', '+', failed),
      missed: sql<Json[]>`missed || ${missed.map(toJson)}::json[]`,
      touched: eb.fn<string>('clock_timestamp', []),
    }))
    .execute()
}

function toJson(item: MissedItem): string {
  return JSON.stringify(item)
}
