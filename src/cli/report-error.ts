import {nearest} from '../output/nearest.ts'
import {escapeJson, sanitize, sanitizeText} from '../output/sanitize.ts'
import {displayWidth} from '../output/text-width.ts'
import {fillLines} from '../output/wrap.ts'
import {PmError, UsageError} from '../rules/errors.ts'
import {exitCodes} from '../rules/exit-codes.ts'
import {quoted} from '../rules/shell-word.ts'
import type {Sought} from '../rules/sought.ts'
import {redact} from './redact.ts'
import type {Terminal} from './terminal.ts'
import {usageErrorOf} from './usage-error.ts'

/** How an error ends the process: its exit code, and what stderr says. */
export interface Report {
  exitCode: number
  text: string
}

/**
 * One line, a hint and a code for people, in as many lines as a terminal needs; one JSON object for programs. The exit
 * code is the same for both.
 */
export function reportError(error: unknown, asJson: boolean, terminal: Pick<Terminal, 'isTTY' | 'width'>): Report {
  const {message: said, code, exitCode, details, ...known} = facts(error)
  const hint = [suggestion(known.sought), known.hint].filter((part) => part).join(' ')
  const message = redact(said)
  if (asJson) {
    const object = {error: {code, message, hint: hint || null, details: details ?? null}}
    return {exitCode, text: escapeJson(JSON.stringify(object))}
  }
  const ending = `(${code}, exit ${exitCode})`
  // A bug brings its stack; else what looks like another line is part of a name.
  if (code === 'bug') return {exitCode, text: `Error: ${sanitizeText(message)} ${ending}`}
  const width = terminal.isTTY.stderr ? terminal.width : Number.POSITIVE_INFINITY
  const words = `Error: ${sanitize(message)}`.split(' ')
  const lines = hint
    ? [...fillLines(words, width), ...hintLines(sanitize(hint), ending, width)]
    : fillLines([...words, ending], width)
  return {exitCode, text: lines.join('\n')}
}

/** Of several hints, which three spaces part, each begins a line where one line is too short for all. */
function hintLines(hint: string, ending: string, width: number): string[] {
  const line = `${hint} ${ending}`
  if (displayWidth(line) <= width) return [line]
  const hints = hint.split(/ {3}(?=[A-Z])/).map(hintWords)
  hints.at(-1)?.push(ending)
  return hints.flatMap((words) => fillLines(words, width))
}

// What stands behind a colon often is a command, to be copied, and the half of one is another. A list, `id, id` or
// `id (whose), id (whose)`, is none.
function hintWords(hint: string): string[] {
  const [words = '', ...whole] = hint.split(/(?<=:) (?!\S+(?: \([^)]*\))?[,.] )(.+)/).filter((part) => part !== '')
  return [...words.split(' '), ...whole]
}

interface Facts {
  message: string
  hint?: string | undefined
  sought?: Sought | undefined
  code: string
  exitCode: number
  details?: unknown
}

/** What was probably meant; it is printed, and never run. */
function suggestion(sought: Sought | undefined): string | undefined {
  if (!sought || typeof sought.among === 'string') return undefined
  const meant = nearest(sought.name, sought.among)
  return meant === undefined || meant === sought.name ? undefined : `Did you mean ${quoted(meant)}?`
}

function facts(error: unknown): Facts {
  const known = usageErrorOf(error) ?? (error instanceof PmError ? error : undefined)
  if (known) return known
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {message: `This is a bug in pm. ${stack}`, code: 'bug', exitCode: exitCodes.bug.code}
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
