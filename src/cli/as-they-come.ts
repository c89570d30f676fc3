import {setTimeout as wait} from 'node:timers/promises'

/** How long a person is left without rows that are there already. */
export interface Patience {
  /** As many are shown at once at most. */
  rows: number
  /** Ends when those that came first have waited long enough: longer where a table has yet to be laid out by them. */
  over(isFirst: boolean): Promise<unknown>
}

/** So that a table is laid out by more than its first row, and a screen does not flicker. */
const usual: Patience = {rows: 50, over: (isFirst) => wait(isFirst ? 1_000 : 200, undefined, {ref: false})}

/**
 * Puts rows that come one by one together, so that they can be shown while others are still to come: what has come when
 * patience is over, or when it is a screenful. Where they end in an error, what came before is shown too.
 */
export async function* asTheyCome<Row>(
  batches: AsyncIterable<readonly Row[]>,
  patience: Patience = usual,
): AsyncGenerator<readonly Row[]> {
  const source = batches[Symbol.asyncIterator]()
  let isFirst = true
  try {
    for (let next = settled(source.next()); ; ) {
      const {rows, end, pending} = await gathered(source, next, () => patience.over(isFirst), patience.rows)
      if (rows.length > 0) yield rows
      if (end && 'error' in end) throw end.error
      if (end) return
      isFirst = false
      next = pending
    }
  } finally {
    await source.return?.()
  }
}

type Arrival<Row> = {result: IteratorResult<readonly Row[]>} | {error: unknown}

async function gathered<Row>(
  source: AsyncIterator<readonly Row[]>,
  first: Promise<Arrival<Row>>,
  over: () => Promise<unknown>,
  most: number,
): Promise<{rows: Row[]; end: Arrival<Row> | null; pending: Promise<Arrival<Row>>}> {
  const rows: Row[] = []
  let pending = first
  let late: Promise<'late'> | undefined
  while (rows.length < most) {
    const arrival = await (late ? Promise.race([pending, late]) : pending)
    if (arrival === 'late') break
    if ('error' in arrival || arrival.result.done) return {rows, end: arrival, pending}
    rows.push(...arrival.result.value)
    pending = settled(source.next())
    late ??= over().then(() => 'late')
  }
  return {rows, end: null, pending}
}

/** An error is kept until what came before it is shown. */
function settled<Row>(next: Promise<IteratorResult<readonly Row[]>>): Promise<Arrival<Row>> {
  return next.then(
    (result) => ({result}),
    (error: unknown) => ({error}),
  )
}
