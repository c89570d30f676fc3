import {setTimeout as wait} from 'node:timers/promises'
import type {Terminal} from './terminal.ts'

/**
 * Waits, and says on a terminal every second how long yet.
 * @param line what is said, of the seconds that have passed
 * @throws the reason of the signal, when it is raised
 */
export async function countDown(
  seconds: number,
  line: (passed: number) => string,
  {terminal, signal}: {terminal: Terminal; signal: AbortSignal},
): Promise<void> {
  const start = performance.now()
  try {
    for (let passed = 0; passed < seconds; passed = (performance.now() - start) / 1_000) {
      if (terminal.isTTY.stderr) terminal.status(line(Math.floor(passed)))
      const turn = Math.min(seconds - passed, terminal.isTTY.stderr ? 1 : seconds)
      await wait(turn * 1_000, undefined, {signal}).catch(() => signal.throwIfAborted())
    }
  } finally {
    terminal.status(null)
  }
}
