import type {Json} from '../../db/schema/json.ts'
import type {SomeOfPage} from '../../queries/job/pages.ts'
import type {Footing, RowChange} from '../plan.ts'
import type {JobItem} from './item.ts'

/**
 * What an item has for itself. What else it says of its rows and of what it stands on is mostly the same for thousands: a
 * page says that of the first of them only.
 */
export interface OwnPart extends Omit<JobItem, 'rows' | 'standsOn'> {
  rows: readonly Pick<RowChange, 'label' | 'key'>[]
  standsOn?: Pick<Footing, 'tenant' | 'user'> | undefined
}

/** An item as its page keeps it: whole, or what it has for itself, and which item of the page it is like (from 0). */
type KeptItem = JobItem | (OwnPart & {like: number})

export function ownPart({rows, standsOn, ...item}: JobItem): OwnPart {
  return {
    ...item,
    rows: rows.map(({label, key}) => ({label, key})),
    ...(standsOn && {standsOn: {tenant: standsOn.tenant, user: standsOn.user}}),
  }
}

/** The same for items that are alike, and for no others. */
export function likeness({rows, standsOn}: JobItem): string {
  const own = standsOn && {...standsOn, tenant: standsOn.tenant !== undefined, user: standsOn.user !== undefined}
  return JSON.stringify([rows.map(({label: _label, key: _key, ...row}) => row), own])
}

/** The whole of an item that is like this one. */
export function completed({rows, standsOn, ...own}: OwnPart, like: JobItem): JobItem {
  return {
    ...own,
    rows: like.rows.map((row, n) => ({...row, ...rows[n]})),
    ...(standsOn && {standsOn: {...like.standsOn, ...standsOn}}),
  }
}

/** The items of a page, whole. */
export function readPage(items: Json): JobItem[] {
  // As `PackedItems` wrote them, and never changed since: operators may not.
  const kept = items as unknown as readonly KeptItem[]
  const whole: JobItem[] = []
  for (const item of kept) whole.push(isLike(item) ? completedFrom(item, whole) : item)
  return whole
}

/** The items that are meant of some pages, whole. */
export async function* readSome(pages: AsyncIterable<SomeOfPage>): AsyncGenerator<JobItem> {
  for await (const {items, these} of pages) {
    const whole = readPage(items)
    for (const at of these) if (whole[at]) yield whole[at]
  }
}

function completedFrom({like, ...own}: Extract<KeptItem, {like: number}>, before: readonly JobItem[]): JobItem {
  const first = before[like]
  if (!first) throw new Error(`An item of a page is like item ${like}, which does not come before it.`)
  return completed(own, first)
}

function isLike(item: KeptItem): item is OwnPart & {like: number} {
  return 'like' in item
}
