import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {getChange, type RowImage} from '../../queries/audit/find.ts'
import {streamImages} from '../../queries/audit/job-images.ts'
import type {JobRow} from '../../queries/job/columns.ts'
import {getJob} from '../../queries/job/find.ts'
import {showJob} from '../../queries/job/list.ts'
import type {JobOfChange} from '../../queries/job/of-change.ts'
import {streamPages} from '../../queries/job/pages.ts'
import {listUndoJobs} from '../../queries/job/undo-jobs.ts'
import {namesOfIds} from '../../queries/names-of-ids.ts'
import {Conflict} from '../../rules/errors.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import type {JobStanding} from '../../rules/job-lifecycle.ts'
import {thingOf} from '../../rules/permissions.ts'
import {withoutCounts} from '../ip/recount.ts'
import {readPage} from '../job/alike.ts'
import {asItStands} from '../job/as-it-stands.ts'
import type {BulkPlan} from '../job/bulk-plan.ts'
import type {JobItem} from '../job/item.ts'
import {PackedItems} from '../job/packed-items.ts'
import type {RowChange} from '../plan.ts'
import {counted} from '../wording.ts'
import {keyOf, lacksSecret, reverse} from './reverse.ts'

/**
 * Plans to put back what a job did, as a job: each of its items as a whole or not at all. An item whose rows changed since
 * is left as it is and told of, as is one that is back already.
 * @throws Conflict when it was undone already or is being undone, or is not over
 */
export async function planJobUndo(
  db: Reader,
  {change, job, changes}: JobOfChange & {change: number},
  operator: Operator,
): Promise<BulkPlan> {
  const {undone_by, targets} = await getChange(db, change)
  const {headline, permission} = await getJob(db, job)
  const undos = await listUndoJobs(db, change)
  assertNoneUnderWay(change, undos)
  if (undone_by !== null) throw new Conflict(`Change ${change} was undone already, by change ${undone_by}.`)
  await assertOver(db, job)
  const undoing = await Undoing.of(db, job)
  for await (const images of streamImages(db, changes)) {
    const rows = await reverse(
      db,
      images.filter((image) => !undoing.leavesOut(image)),
      operator,
    )
    for (const row of withoutCounts(rows)) undoing.add(row)
  }
  const {items, missed} = undoing.end()
  const told = {
    headline: `Undo job ${job}: ${headline}`,
    subject: '',
    undoes: change,
    targets,
    warnings: undos.flatMap(putBackByIt),
    called: await namesOfIds(db),
  }
  const plan = await asItStands(db, {...told, items, missed}, operator)
  return {...plan, subject: counted(plan.items.length, thingOf(permission))}
}

// Two at once would each leave to the other what it is at, and neither would be the whole.
function assertNoneUnderWay(change: number, undos: readonly JobRow[]): void {
  const open = undos.find(({standing}) => !isOver(standing))
  if (!open) return
  const {job, standing, items, changed, left} = open
  const far = `${changed.toLocaleString('en')} of ${items.toLocaleString('en')} put back, ${left.toLocaleString('en')} left`
  throw new Conflict(`Change ${change} is being undone by job ${job}, which is ${standing}: ${far}.`, {
    hint: `Go on with it: pm job resume ${job}   Or end it, and undo what is left anew: pm job cancel ${job}`,
  })
}

function putBackByIt({job, change, items, changed}: JobRow): string[] {
  if (changed === 0) return []
  const part = `${changed.toLocaleString('en')} of ${items.toLocaleString('en')}`
  return [`A part is undone already: job ${job} put back ${part}, as change ${change}.`]
}

async function assertOver(db: Reader, job: number): Promise<void> {
  const {standing} = await showJob(db, job)
  if (isOver(standing)) return
  throw new Conflict(`Job ${job} is ${standing}: there is more of it to do.`, {
    hint: `Cancel it, and then undo what it did: pm job cancel ${job}`,
  })
}

function isOver(standing: JobStanding): boolean {
  return standing === 'finished' || standing === 'canceled'
}

/** An item of the job that is undone, with the rows that put it back as far as their images were read. */
interface Original extends Omit<JobItem, 'rows'> {
  waitsFor: number
  rows: RowChange[]
}

/** Sorts rows that are to be put back by the items that changed them. */
class Undoing {
  readonly items = new PackedItems()
  readonly missed: MissedItem[] = []
  readonly #originals = new Map<string, Original>()

  static async of(db: Reader, job: number): Promise<Undoing> {
    const undoing = new Undoing()
    for await (const items of streamPages(db, job)) {
      for (const {target, targets, rows} of readPage(items)) {
        const original = {target, targets, waitsFor: rows.length, rows: []}
        for (const row of rows) undoing.#originals.set(rowId(row), original)
      }
    }
    return undoing
  }

  /** Whether an image is of an item that cannot be put back, which is then told of. */
  leavesOut(image: RowImage): boolean {
    if (!lacksSecret(image)) return false
    const target = this.#originals.get(rowId({table: image.table_name, key: keyOf(image)}))?.target ?? image.table_name
    this.missed.push({target, outcome: 'refused', reason: 'It touched a secret, which the record does not keep.'})
    return true
  }

  /** Takes the next row; an item is put back once all of its rows are there. */
  add(row: RowChange): void {
    const original = this.#originals.get(rowId(row)) ?? {target: row.label, targets: [], waitsFor: 1, rows: []}
    original.rows.push(row)
    if (original.rows.length === original.waitsFor) this.#put(original)
  }

  /** All items; what is still incomplete wrote fewer rows than were planned. */
  end(): Pick<BulkPlan, 'items' | 'missed'> {
    for (const original of new Set(this.#originals.values())) if (original.rows.length > 0) this.#put(original)
    return this
  }

  // Backwards: what was added last goes first.
  #put({target, targets, rows}: Original): void {
    this.items.add({target, targets, rows: rows.toReversed()})
    for (const row of rows) this.#originals.delete(rowId(row))
  }
}

function rowId({table, key}: {table: string; key: RowChange['key']}): string {
  return JSON.stringify([
    table,
    ...Object.keys(key)
      .sort()
      .map((column) => key[column]),
  ])
}
