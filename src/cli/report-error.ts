import {nearest} from '../output/nearest.ts'
import {escapeJson, sanitize, sanitizeText} from '../output/sanitize.ts'
import {PmError, UsageError} from '../rules/errors.ts'
import {exitCodes} from '../rules/exit-codes.ts'
import {redact} from './redact.ts'

/** How an error ends the process: its exit code, and what stderr says. */
export interface Report {
  exitCode: number
  text: string
}

/** One line, a hint and a code for people; one JSON object for programs. The exit code is the same for both. */
export function reportError(error: unknown, asJson: boolean): Report {
  const {isOwn, message: said, hint, code, exitCode, details} = facts(error)
  const message = redact(said)
  if (asJson) {
    const object = {error: {code, message, hint: hint ?? null, details: details ?? null}}
    return {exitCode, text: escapeJson(JSON.stringify(object))}
  }
  const lines = [`Error: ${isOwn ? sanitize(message) : sanitizeText(message)}`, ...(hint ? [sanitize(hint)] : [])]
  return {exitCode, text: `${lines.join('\n')} (${code}, exit ${exitCode})`}
}

interface Facts {
  /** Ours, in one line: what looks like another is part of a name. */
  isOwn: boolean
  message: string
  hint?: string | undefined
  code: string
  exitCode: number
  details?: unknown
}

function facts(error: unknown): Facts {
  const isOwn = error instanceof PmError
  const known = isOwn ? error : usageError(error)
  if (known) {
    const {message, hint, code, exitCode, details} = known
    return {isOwn, message, hint, code, exitCode, details}
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {isOwn, message: `This is a bug in pm. ${stack}`, code: 'bug', exitCode: exitCodes.bug.code}
}

/** oclif's parse errors in our words; anything else of oclif's, and of everybody's, is a bug. */
function usageError(error: unknown): UsageError | undefined {
  if (!(error instanceof Error) || !('parse' in error || isCliUsage(error))) return undefined
  // oclif ends its messages with a pointer to --help, which is ours to give as the hint.
  const message = error.message.replace(/\n?See more help with --help/, '').trim()
  return new UsageError(message.endsWith('.') ? message : `${message}.`, {hint: 'See --help.', cause: error})
}

function isCliUsage(error: Error): boolean {
  return (
    'oclif' in error &&
    typeof error.oclif === 'object' &&
    error.oclif !== null &&
    'exit' in error.oclif &&
    error.oclif.exit === 2
  )
}

/** A command nobody has, with the one that was probably meant. Suggestions are printed, never run. */
export function unknownCommand(words: readonly string[], known: readonly string[]): UsageError {
  const typed = words.filter((word) => !word.startsWith('-')).slice(0, 3)
  const candidates = known.map((id) => id.replaceAll(':', ' '))
  const meant = [3, 2, 1]
    .map((length) => nearest(typed.slice(0, length).join(' '), candidates))
    .find((found) => found !== undefined)
  return new UsageError(`There is no command “${typed.join(' ')}”.`, {
    hint: meant ? `Did you mean: pm ${meant}? Otherwise see pm --help.` : 'See pm --help.',
  })
}
