/** Few enough to be held, and many enough for a statement or a write to be worth it. */
const batchSize = 500

/** Items as they come, some at a time. */
export function* batches<Item>(items: Iterable<Item>): Generator<Item[]> {
  let some: Item[] = []
  for (const item of items) {
    some.push(item)
    if (some.length < batchSize) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}
