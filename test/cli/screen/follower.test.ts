import {expect, test, vi} from 'vitest'
import {Follower} from '../../../src/cli/screen/follower.ts'
import {DatabaseUnreachable, Interrupted} from '../../../src/rules/errors.ts'

/** Looks once for each of the outcomes, then is left. */
async function following(outcomes: readonly (Error | null)[]): Promise<{shown: (string | null)[]; end: unknown}> {
  const shown: (string | null)[] = []
  const left = [...outcomes]
  const follower = new Follower({
    look: async () => {
      const error = left.shift()
      if (error) throw error
    },
    wait: async () => {
      if (left.length === 0) throw new Interrupted('Left.')
    },
    show: (trouble) => void shown.push(trouble),
  })
  const end: unknown = await follower.follow().catch((error: unknown) => error)
  return {shown, end}
}

test('goes on after what may work again in a moment, and shows what that was', async () => {
  const {shown, end} = await following([null, new DatabaseUnreachable('It is down.'), null])
  expect(shown).toEqual([null, 'It is down.', null])
  expect(end).toBeInstanceOf(Interrupted)
})

test('ends with what is a bug', async () => {
  const bug = new Error('bug')
  expect(await following([null, bug, null])).toEqual({shown: [null], end: bug})
})

test('looks once at a time, and says when no answer comes', async () => {
  vi.useFakeTimers()
  const shown: (string | null)[] = []
  const {promise, resolve} = Promise.withResolvers<void>()
  let looks = 0
  const follower = new Follower({
    look: () => {
      looks += 1
      return promise
    },
    wait: async () => {},
    show: (trouble) => void shown.push(trouble),
  })
  const both = Promise.all([follower.now(), follower.now()])
  await vi.advanceTimersByTimeAsync(10_000)
  resolve()
  await both
  vi.useRealTimers()
  expect({looks, shown}).toEqual({looks: 1, shown: ['No answer yet. What stands here may be old.', null]})
})
