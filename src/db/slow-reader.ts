import {durationText} from '../rules/duration-text.ts'
import {TimedOut} from '../rules/errors.ts'
import {codeBehind, connectionLost} from './failure.ts'

/**
 * How long a list stays open while nobody reads on, as in a pager or a loop over its lines: it holds no locks, but as long
 * as it is open the server keeps every old row, so it cannot be for ever.
 */
export const readerPauseMs = 3_600_000

/** Gives what is streamed. @throws TimedOut where the server ended it, because it was left for longer than `pauseMs` */
export async function* heldOpen<T>(items: AsyncIterable<T>, pauseMs: number): AsyncGenerator<T> {
  let longest = 0
  try {
    for await (const item of items) {
      const since = performance.now()
      yield item
      longest = Math.max(longest, performance.now() - since)
    }
  } catch (error) {
    throw longest >= pauseMs && isEnded(error) ? leftOpen(pauseMs, error) : error
  }
}

// The server says so while nobody asks; what is asked next mostly learns no more than that nobody is there.
function isEnded(error: unknown): boolean {
  return connectionLost(error) || codeBehind(error) === '25P03'
}

function leftOpen(pauseMs: number, cause: unknown): TimedOut {
  const most = durationText(pauseMs / 1_000)
  return new TimedOut(`The list ends here: nobody read on for more than ${most}, and no longer is it kept open.`, {
    hint: 'What came is right. For the rest keep the list in a file first (… > FILE), or go on behind the last row with --after.',
    cause,
  })
}
