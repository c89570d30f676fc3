import {sanitize} from '../output/sanitize.ts'
import {Interrupted, PmError} from '../rules/errors.ts'
import {exitCodes} from '../rules/exit-codes.ts'
import {redact} from './redact.ts'

/**
 * What an upstream adds to what the database knows: null where it was not asked, and null with a warning and exit code
 * 10 where it fails, because the rest can be shown all the same. What it would not tell is said.
 * @throws Interrupted
 */
export async function liveDetails<T>(
  asked: Promise<{details: T; gaps: readonly string[]}> | undefined,
  say: (line: string) => void,
): Promise<T | null> {
  try {
    const live = await asked
    for (const gap of live?.gaps ?? []) say(`! ${sanitize(gap)}`)
    return live?.details ?? null
  } catch (error) {
    if (!(error instanceof PmError) || error instanceof Interrupted) throw error
    say(`! ${sanitize(redact(error.message))} This is what the database knows.`)
    process.exitCode = exitCodes.upstreamFailed.code
    return null
  }
}
