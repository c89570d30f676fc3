import {setImmediate as turn, setTimeout as wait} from 'node:timers/promises'
import {describe, expect, it} from 'vitest'
import {inFlight} from '../../src/dns/in-flight.ts'

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const gathered: Item[] = []
  for await (const item of items) gathered.push(item)
  return gathered
}

describe('inFlight', () => {
  it('works on so many at once, and gives all of them', async () => {
    let [open, most] = [0, 0]
    const work = async (item: number) => {
      open += 1
      most = Math.max(most, open)
      for (let turns = 0; turns < 20; turns += 1) await turn()
      open -= 1
      return item * 2
    }
    const results = await all(
      inFlight(
        Array.from({length: 50}, (_, at) => at),
        7,
        work,
      ),
    )
    expect(results.toSorted((one, other) => one - other)).toEqual(Array.from({length: 50}, (_, at) => at * 2))
    expect(most).toBe(7)
  })

  it('has few under way where the computer has no rest, and many where it waits', async () => {
    const mostOpen = async (act: () => Promise<unknown>) => {
      let [open, most] = [0, 0]
      const work = async () => {
        open += 1
        most = Math.max(most, open)
        await act()
        open -= 1
      }
      await all(inFlight(Array.from({length: 1_000}), 200, work))
      return most
    }
    const busy = () => {
      for (const until = performance.now() + 0.2; performance.now() < until; );
      return turn()
    }
    expect(await mostOpen(busy)).toBeLessThan(50)
    expect(await mostOpen(() => wait(20))).toBe(200)
  })

  it('gives what is ready while more is begun', async () => {
    const results = inFlight([1, 2, 3], 100, async (item) => item)
    expect(await results.next()).toEqual({done: false, value: 1})
  })

  it('gives what is ready first, whichever was begun first', async () => {
    const gates = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
    const results = inFlight(gates, 2, ({promise}) => promise)
    const first = results.next()
    gates[1]?.resolve('second')
    expect(await first).toEqual({done: false, value: 'second'})
    gates[0]?.resolve('first')
    expect(await results.next()).toEqual({done: false, value: 'first'})
    expect(await results.next()).toEqual({done: true, value: undefined})
  })

  it('ends with the first error, and nobody trips over those that fail later', async () => {
    const unhandled: unknown[] = []
    const note = (reason: unknown) => unhandled.push(reason)
    process.on('unhandledRejection', note)
    const work = async (item: number) => {
      for (let turns = 0; turns < item; turns += 1) await turn()
      throw new Error(`failed ${item}`)
    }
    await expect(all(inFlight([1, 3, 5], 3, work))).rejects.toThrow('failed 1')
    for (let turns = 0; turns < 10; turns += 1) await turn()
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })

  it('has nothing to give of nothing', async () => {
    expect(await all(inFlight([], 3, async (item) => item))).toEqual([])
  })
})
