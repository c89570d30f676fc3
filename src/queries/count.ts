import {type AliasableExpression, type Explainable, type Expression, sql} from 'kysely'
import {readRaw} from '../db/read-raw.ts'
import type {Reader} from '../db/transaction.ts'
import {mostCounted} from '../rules/most-counted.ts'

/** How many there are. */
export interface Count {
  count: number
  /** Whether that is what PostgreSQL expects by its statistics, and not what was counted. */
  isEstimate: boolean
}

/** Counts rows as far as 5,000 and estimates what is more, so that it takes as long at any size. */
export async function countOrEstimate(db: Reader, rows: AliasableExpression<unknown> & Explainable): Promise<Count> {
  const count = await countSome(db, rows, mostCounted + 1)
  if (count <= mostCounted) return {count, isEstimate: false}
  const [answer] = await rows.explain<{'QUERY PLAN': Expectation}>('json')
  return {count: Math.max(count, answer?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0), isEstimate: true}
}

/** How many rows of a query there are, as far as the most that is counted. */
export async function countSome(db: Reader, rows: Expression<unknown>, most = mostCounted): Promise<number> {
  const some = sql<{count: number}>`select count(*) as count from (select from ${rows} as r limit ${most}) as s`
  const [{count} = {count: 0}] = await readRaw(db, some)
  return count
}

/** What EXPLAIN says, as far as it is read here. */
type Expectation = readonly [{Plan: {'Plan Rows': number}}]
