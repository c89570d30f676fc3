import {setTimeout as wait} from 'node:timers/promises'
import {recoveryFrom} from './recovery.ts'

/** How long to go on trying while the database stays away. */
export const patienceMs = 60_000

/** How long to wait before trying again what failed so often in a row: longer each time, and never all at once. */
export function pauseAfter(failures: number): number {
  return Math.min(5_000, 20 * 2 ** Math.min(failures, 10)) * (0.5 + Math.random())
}

/**
 * Reads, and reads again where the connection broke, unless somebody asked to stop: a job that is done must not end in an
 * error about its report.
 */
export async function patiently<T>(read: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const deadline = Date.now() + patienceMs
  for (let failures = 1; ; failures += 1) {
    try {
      return await read()
    } catch (error) {
      if (recoveryFrom(error) !== 'reconnect' || Date.now() > deadline || signal?.aborted) throw error
      await wait(pauseAfter(failures), undefined, signal && {signal}).catch(() => {})
    }
  }
}
