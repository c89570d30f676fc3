import {type Expression, type RawBuilder, sql} from 'kysely'
import type {Reader} from '../db/transaction.ts'
import {isAnyCaseOf} from './any-of.ts'
import {beginsWith, inPrefixOrder} from './prefix.ts'

/**
 * What is called what. Of what lies behind row-level security a name is looked up here alone: on the table itself no
 * index on lower(name) would answer an operator (db/migrations/pm/names.ts).
 */
export type Names = `pm.${'account' | 'campaign' | 'company' | 'domain' | 'template'}_names`

/** Whether the thing with this id has one of these names, in any case of letters. */
export function isNamed(db: Reader, id: string, names: Names, wanted: readonly string[]): RawBuilder<boolean> {
  const found = db.selectFrom(`${names} as n`).where(isAnyCaseOf('n.name', wanted))
  return isOneOf(id, found.select('n.id'))
}

/** What has a name that begins so, in any case of letters, and that name; to be joined by `hasId`. */
export function namedLike(db: Reader, names: Names, typed: string) {
  return db.selectFrom(`${names} as n`).where(beginsWith('n.name', typed)).select(['n.id', 'n.name as match'])
}

/**
 * Whether one column is the id in another. Said like this, PostgreSQL looks one up for each of the other, in their order,
 * and takes a table that is joined to itself for two, so that the policy on one does not stand before the name in the other.
 */
export function hasId(id: string, of: string): RawBuilder<boolean> {
  return sql`${sql.ref(id)} = any(array[${sql.ref(of)}])`
}

// An array, which is made first. From PostgreSQL 18 on, a table joined to itself by its key becomes one table, and the
// policy stands before the name again.
function isOneOf(id: string, found: Expression<unknown>): RawBuilder<boolean> {
  return sql`${sql.ref(id)} = any(array(${found}))`
}

/** The first of what has a name that begins so; what is called exactly so comes first. To be joined by `id`. */
export function firstBeginning(db: Reader, names: Names, typed: string, most: number) {
  return db
    .selectFrom(`${names} as n`)
    .where(beginsWith('n.name', typed))
    .select(['n.id', 'n.name'])
    .orderBy(inPrefixOrder('n.name'))
    .limit(most)
}
