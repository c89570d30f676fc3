import {createInterface} from 'node:readline/promises'
import {Interrupted} from '../rules/errors.ts'

/**
 * Asks for a line on a terminal that nothing may be drawn over on; null at the end of input.
 * @throws Interrupted when the signal is raised
 */
export async function askLine(question: string, signal: AbortSignal): Promise<string | null> {
  const lines = createInterface({input: process.stdin, output: process.stderr, terminal: false})
  const closed = new Promise<null>((resolve) => {
    lines.once('close', () => resolve(null))
  })
  try {
    return await Promise.race([lines.question(question, {signal}), closed])
  } catch (cause) {
    throw signal.aborted ? new Interrupted('Nothing was changed.', {cause}) : cause
  } finally {
    lines.close()
  }
}
