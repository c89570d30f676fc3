import {Interrupted, PmError} from '../rules/errors.ts'
import {exitCodes} from '../rules/exit-codes.ts'

/**
 * What an upstream adds to what the database knows; null with a warning and exit code 10 where it fails, because the
 * rest can be shown all the same.
 * @throws Interrupted
 */
export async function orWarning<T>(asked: Promise<T>, say: (line: string) => void): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof PmError) || error instanceof Interrupted) throw error
    const {sanitize} = await import('../output/sanitize.ts')
    const {redact} = await import('./redact.ts')
    say(`! ${sanitize(redact(error.message))} Shown is what the database knows.`)
    process.exitCode = exitCodes.upstreamFailed.code
    return null
  }
}
