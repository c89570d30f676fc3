import {UsageError} from '../rules/errors.ts'
import type {Sought} from '../rules/sought.ts'

/** oclif's complaint about a command line in our words, which are one line; undefined for every other error. */
export function usageErrorOf(error: unknown): UsageError | undefined {
  if (error instanceof UsageError) return ofOneFlag(error)
  if (!(error instanceof Error) || !('parse' in error || endsAsUsage(error))) return undefined
  const message = reworded(error.message)
  const sought = soughtFlag(error) ?? soughtValue(error.message)
  const parts = {hint: 'See --help.', cause: error, ...(sought && {sought})}
  return new UsageError(message.endsWith('.') ? message : `${message}.`, parts)
}

// What a flag's own parser throws comes back in a frame of oclif's. All else is in our words, and may quote what was typed.
function ofOneFlag(error: UsageError): UsageError {
  if (!error.message.startsWith('Parsing --')) return error
  const {hint, sought, details} = error
  return new UsageError(reworded(error.message), {...(hint && {hint}), ...(sought && {sought}), details, cause: error})
}

function endsAsUsage(error: Error): boolean {
  const oclif = 'oclif' in error ? error.oclif : undefined
  return typeof oclif === 'object' && oclif !== null && 'exit' in oclif && oclif.exit === 2
}

const rewordings: readonly (readonly [RegExp, string])[] = [
  // On a terminal it is dim, in part.
  [/\u001b\[2?2m/g, ''],
  // It ends with a pointer to --help, which is ours to give as the hint.
  [/\n?See more help with --help/g, ''],
  [/^Parsing (--\S+) \n\tExpected/, '$1 takes'],
  [/^Parsing (--\S+) \n\t/, '$1: '],
  [/^Expected (--[a-z-]+)=(.*) to be one of: (.*)$/m, '$1 takes $3; not “$2”'],
  [/^Expected (.*) to be one of: (.*)$/m, 'One of these is needed: $2; not “$1”'],
  [/ but received: /, ', not '],
  [/All of the following must be provided when using (--\S+): (.*)$/gm, '$1 goes with $2'],
  [/^The following errors? occurred:\s+/, ''],
  [/^Missing required flag (\S+)$/gm, '--$1 is missing'],
  [/^Nonexistent flags?: /, 'There is no flag '],
  [/\n\nNote: .*$/s, ''],
  // Each argument stands in a line of its own, with its description.
  [/^(\S+) {2,}.*$/gm, '$1'],
  [/^Missing \d+ required args?:\n/, 'What is missing: '],
  [/\s*\n\s*/g, ', '],
]

function reworded(said: string): string {
  return rewordings.reduce((text, [pattern, words]) => text.replace(pattern, words), said).trim()
}

function soughtFlag(error: Error): Sought | undefined {
  const [name] = 'flags' in error && Array.isArray(error.flags) ? error.flags.map(String) : []
  return name === undefined ? undefined : {name, among: flagsOf(error)}
}

// oclif's error brings the value that no option fits, and the options, in its message alone.
function soughtValue(message: string): Sought | undefined {
  const [, name, options] = message.match(/^Expected (?:--[a-z-]+=)?(.*) to be one of: (.*)$/m) ?? []
  return name === undefined ? undefined : {name, among: options?.split(', ') ?? []}
}

// oclif's error brings what was parsed; its type is not exported.
function flagsOf(error: Error): string[] {
  const {parse} = error as Error & {parse?: {input?: {flags?: object}}}
  return Object.keys(parse?.input?.flags ?? {}).map((name) => `--${name}`)
}
