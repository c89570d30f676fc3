import {type AliasableExpression, type RawBuilder, type SelectQueryBuilder, type SqlBool, sql} from 'kysely'
import type {Listing, Page} from '../db/listing.ts'
import type {Reader} from '../db/transaction.ts'
import {UsageError} from '../rules/errors.ts'

/** The SQL to sort a field by, given the field or a value of it. */
export interface SortKey {
  (operand: RawBuilder<unknown>): RawBuilder<unknown>
  /** Whether it is compared as text_pattern_ops does, byte by byte, and not as the database's locale does. */
  readonly isPattern?: true
  /** The unique field that breaks its ties, where that is not the ordering's key. */
  readonly tie?: string
}

/** Sorts names as the index that finds their beginnings has them (queries/prefix.ts). */
const asPrefix: SortKey = Object.assign((operand: RawBuilder<unknown>) => sql`lower(${operand})`, {
  isPattern: true as const,
})

/** Sorts by the value itself. */
export const plainly: SortKey = (operand) => operand

/** Sorts text, and what has none as if it were empty. */
export const textually: SortKey = (operand) => sql`coalesce(${operand}, '')`

/** Sorts moments, and what has none as if it came before all others. */
export const chronologically: SortKey = (operand) => sql`coalesce(${operand}, '-infinity'::timestamptz)`

/** Sorts as a sort key does, and ties by another unique field than the ordering's key. */
export function tiedBy(tie: string, sortKey: SortKey): SortKey {
  return Object.assign((operand: RawBuilder<unknown>) => sortKey(operand), {tie})
}

/** Sorts numbers inside text by their size: 192.0.2.9 before 192.0.2.10. */
export const naturally: SortKey = (operand) =>
  sql`regexp_replace(regexp_replace(${operand}, '([0-9]+)', '00\\1', 'g'), '0*([0-9]{3})', '\\1', 'g')`

/**
 * How a list can be ordered: by which fields, by which if nothing is said, and the unique field that breaks ties.
 * Asking for another field, or for a cursor that is not the list's own, throws UsageError when the query is made.
 */
export interface Ordering {
  readonly by: Readonly<Record<string, SortKey>>
  readonly default: string
  readonly key: string
  /**
   * The fields whose sort key is never null. An index on the sort key and the ordering's key then gives a page in either
   * direction, and finds the place of a cursor.
   */
  readonly neverNull?: readonly string[]
}

/**
 * The ordering of a list that is searched, if it is: by what was found, its column `match`, so that the index that finds
 * it gives a page of it, however much there is to find.
 */
export function matching(ordering: Ordering, search: string | undefined): Ordering {
  if (search === undefined) return ordering
  const {by, neverNull = []} = ordering
  return {...ordering, by: {match: asPrefix, ...by}, default: 'match', neverNull: ['match', ...neverNull]}
}

type Listed<Row> = SelectQueryBuilder<{listed: Row}, 'listed', Row>

/** A list of rows ordered as it says, cut at a key and never at an OFFSET; nulls come last either way. */
export function listing<Row extends object>(
  ordering: Ordering,
  list: (db: Reader, page: Page) => AliasableExpression<Row>,
): Listing<Row> {
  return {
    query: (db, page) => paged(db, list(db, page), ordering, page),
    cursor: (row, {sort}) => cursorOf(row, ordering, sort),
  }
}

function paged<Row>(db: Reader, list: AliasableExpression<Row>, ordering: Ordering, page: Page): Listed<Row> {
  const {field, sortKey, key, descending, nullable} = sortOf(ordering, page.sort)
  const direction = sql.raw(`${descending ? 'desc' : 'asc'}${nullable ? ' nulls last' : ''}`)
  const bySort = sortKey.isPattern ? sql.raw(`using ${descending ? '~>~' : '~<~'}`) : direction
  // The subquery's columns are Row's, which Kysely's types cannot say of a type parameter.
  const all = db.selectFrom(list.as('listed')).selectAll() as unknown as Listed<Row>
  const ordered = all.orderBy(sql`${sortKey(sql.ref(field))} ${bySort}, ${sql.ref(key)} ${direction}`)
  const from = page.after === undefined ? ordered : ordered.where(beyond(page.after, ordering, page.sort))
  return page.limit === undefined ? from : from.limit(page.limit)
}

// It says how its list was sorted: behind the same row another order goes on with other rows.
function cursorOf(row: object, ordering: Ordering, sort = ordering.default): string {
  const columns = new Map<string, unknown>(Object.entries(row))
  const {field, key} = sortOf(ordering, sort)
  const last = [sort, columns.get(field) ?? null, columns.get(key)]
  return Buffer.from(JSON.stringify(last)).toString('base64url')
}

interface Sort {
  field: string
  sortKey: SortKey
  key: string
  descending: boolean
  nullable: boolean
}

function sortOf(ordering: Ordering, sort = ordering.default): Sort {
  const descending = sort.startsWith('-')
  const field = descending ? sort.slice(1) : sort
  const sortKey = Object.hasOwn(ordering.by, field) ? ordering.by[field] : undefined
  if (sortKey) {
    return {
      field,
      sortKey,
      key: sortKey.tie ?? ordering.key,
      descending,
      nullable: !ordering.neverNull?.includes(field),
    }
  }
  throw new UsageError(`This list cannot be sorted by “${field}”.`, {
    hint: `Sort by ${Object.keys(ordering.by).join(', ')}; put - in front for descending.`,
    sought: {name: field, among: Object.keys(ordering.by)},
  })
}

function beyond(cursor: string, ordering: Ordering, sort = ordering.default): RawBuilder<SqlBool> {
  const {field, sortKey, key, descending, nullable} = sortOf(ordering, sort)
  const [sorted, lastValue, lastKey] = decodeCursor(cursor)
  if (sorted !== sort) throw notOurs(`It is of a list sorted by ${sorted}: give --sort ${sorted}, too.`)
  const past = descending ? sql.raw('<') : sql.raw('>')
  const value = sortKey(sql.ref(field))
  if (sortKey.isPattern) {
    const [beyondIt, from] = descending ? [sql.raw('~<~'), sql.raw('~<=~')] : [sql.raw('~>~'), sql.raw('~>=~')]
    const last = sortKey(sql`${lastValue}`)
    // What the index finds, and then what of it is behind the cursor.
    return sql`(${value} ${from} ${last} and (${value} ${beyondIt} ${last} or ${sql.ref(key)} ${past} ${lastKey}))`
  }
  if (!nullable) {
    return sql`(${value}, ${sql.ref(key)}) ${past} (${sortKey(sql`${lastValue}`)}, ${lastKey})`
  }
  const behindKey = sql`${sql.ref(key)} ${past} ${lastKey}`
  if (lastValue === null) return sql`${value} is null and ${behindKey}`
  const last = sortKey(sql`${lastValue}`)
  return sql`(${value} ${past} ${last} or ${value} is null or (${value} = ${last} and ${behindKey}))`
}

type Scalar = string | number | boolean

function decodeCursor(cursor: string): [sorted: string, value: Scalar | null, key: Scalar] {
  const [sorted, value, key, more] = parseArray(Buffer.from(cursor, 'base64url').toString())
  if (typeof sorted === 'string' && (value === null || isScalar(value)) && isScalar(key) && more === undefined) {
    return [sorted, value, key]
  }
  throw notOurs()
}

function parseArray(text: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}

function isScalar(value: unknown): value is Scalar {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function notOurs(hint?: string): UsageError {
  return new UsageError('--after takes the cursor that the list printed, unchanged.', hint === undefined ? {} : {hint})
}
