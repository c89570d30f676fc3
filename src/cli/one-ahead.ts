/**
 * Asks for the next while the one before is worked on. What is asked for when nobody wants it any more ends by itself and
 * is not waited for, as `changes/one-ahead.ts` must for the sake of its transaction: here somebody waits for DNS.
 */
export async function* oneAhead<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  const source = items[Symbol.asyncIterator]()
  let next = source.next()
  try {
    while (true) {
      const {done, value} = await next
      if (done) return
      next = source.next()
      // Told of when its turn comes.
      next.catch(() => {})
      yield value
    }
  } finally {
    source.return?.().catch(() => {})
  }
}
