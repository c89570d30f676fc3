import {batches} from '../changes/job/batches.ts'
import type {JobResult} from '../changes/job/report.ts'

/** One of which nothing was stored, and why. */
export interface MissedResult extends Pick<JobResult, 'target' | 'outcome'> {
  reason: string | null
  line?: number | null | undefined
}

/**
 * What is to be given again: of the results of a job those that were not stored, then what no job keeps. Each stands there
 * once, so that the list can be fed back.
 */
export async function* rejectedOf(
  results: AsyncIterable<readonly JobResult[]>,
  leftOut: readonly MissedResult[],
  notTried: AsyncIterable<MissedResult>,
): AsyncGenerator<JobResult[]> {
  const told = new Set<string>()
  let row = 0
  for await (const some of results) {
    for (const {target} of some) told.add(target)
    row = Math.max(row, ...some.map((one) => one.row))
    yield some.filter(({outcome}) => outcome !== 'changed' && outcome !== 'already')
  }
  const numbered = ({target, outcome, reason, line}: MissedResult): JobResult => {
    row += 1
    return {row, line: line ?? null, target, outcome, reason}
  }
  for (const some of batches(leftOut)) yield some.filter(({target}) => isNew(told, target)).map(numbered)
  for await (const one of notTried) if (isNew(told, one.target)) yield [numbered(one)]
}

function isNew(told: Set<string>, target: string): boolean {
  return told.size < told.add(target).size
}
