/** The same, but each is asked for already while the one before it is worked on: whoever makes them need not wait. */
export async function* oneAhead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = items.next()
  try {
    while (true) {
      const {value, done} = await next
      if (done) return
      next = items.next()
      // Should it fail meanwhile, that is told when its turn comes.
      next.catch(() => {})
      yield value
    }
  } finally {
    await next.catch(() => {})
  }
}
