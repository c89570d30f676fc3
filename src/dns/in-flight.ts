/** Works on so many items at once, and gives each result as it comes. An error ends it. */
export async function* inFlight<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  most: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running = new Map<number, Promise<{n: number; result: Result}>>()
  let n = 0
  for await (const item of items) {
    const own = n++
    running.set(
      own,
      work(item).then((result) => ({n: own, result})),
    )
    if (running.size < most) continue
    yield await next(running)
  }
  while (running.size > 0) yield await next(running)
}

async function next<Result>(running: Map<number, Promise<{n: number; result: Result}>>): Promise<Result> {
  const {n, result} = await Promise.race(running.values())
  running.delete(n)
  return result
}
