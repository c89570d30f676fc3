import {type AliasableExpression, type Explainable, sql} from 'kysely'
import {readRaw} from '../db/read-raw.ts'
import type {Reader} from '../db/transaction.ts'

/** How many there are. */
export interface Count {
  count: number
  /** Whether that is what PostgreSQL expects by its statistics, and not what was counted. */
  isEstimate: boolean
}

const mostCounted = 10_000

/** Counts rows as far as 10,000 and estimates what is more, so that it takes as long at any size. */
export async function countOrEstimate(db: Reader, rows: AliasableExpression<unknown> & Explainable): Promise<Count> {
  const some = sql<{
    count: number
  }>`select count(*) as count from (select from ${rows} as r limit ${mostCounted + 1}) as s`
  const [{count} = {count: 0}] = await readRaw(db, some)
  if (count <= mostCounted) return {count, isEstimate: false}
  const [answer] = await rows.explain<{'QUERY PLAN': Expectation}>('json')
  return {count: Math.max(count, answer?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0), isEstimate: true}
}

/** What EXPLAIN says, as far as it is read here. */
type Expectation = readonly [{Plan: {'Plan Rows': number}}]
