/** How one format writes a list as its rows arrive; the pieces in order are the whole text. */
export interface ListWriter<Row> {
  start: string
  rows: (rows: readonly Row[]) => string
  /** Stands between two batches. */
  between: string
  end: string
  /** Stands for the whole text when no row came. */
  empty: string
}

/** A writer of formats where each row is its own text, with nothing around. */
export function plainWriter<Row>(rows: ListWriter<Row>['rows'], around: {start?: string; empty?: string} = {}) {
  const {start = '', empty = start} = around
  return {start, rows, between: '', end: '', empty} satisfies ListWriter<Row>
}

/** The pieces of text for batches of rows, one piece a batch. */
export async function* writeList<Row>(
  batches: AsyncIterable<readonly Row[]>,
  writer: ListWriter<Row>,
): AsyncGenerator<string> {
  let begun = false
  for await (const batch of batches) {
    if (batch.length === 0) continue
    yield (begun ? writer.between : writer.start) + writer.rows(batch)
    begun = true
  }
  const rest = begun ? writer.end : writer.empty
  if (rest) yield rest
}
