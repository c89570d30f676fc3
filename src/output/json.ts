import {type ListWriter, plainWriter} from './list-writer.ts'
import {escapeJson} from './sanitize.ts'

/** One value as JSON that people can read, safe to print. */
export function prettyJson(value: unknown): string {
  return `${escapeJson(JSON.stringify(value, null, 2))}\n`
}

/** One JSON array, whose text does not depend on how the rows were batched. */
export function jsonWriter<Row>(): ListWriter<Row> {
  // A batch is stringified as an array of its own; without its brackets it is a run of elements, already indented.
  const rows = (batch: readonly Row[]) => escapeJson(JSON.stringify(batch, null, 2).slice(2, -2))
  return {start: '[\n', rows, between: ',\n', end: '\n]\n', empty: '[]\n'}
}

/** One compact JSON object a line. */
export function ndjsonWriter<Row>(): ListWriter<Row> {
  return plainWriter((rows) => escapeJson(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`))
}
