import {UsageError} from '../../rules/errors.ts'
import {askSecret, canAsk} from '../ask.ts'
import type {Terminal} from '../terminal.ts'

/**
 * Secrets by what they are called, such as "password": a line of stdin each, in this order; at a terminal they are asked
 * for, unseen.
 * @throws UsageError
 */
export async function readSecrets<Name extends string>(
  names: readonly Name[],
  terminal: Terminal,
  noInput: boolean | undefined,
): Promise<Partial<Record<Name, string>>> {
  if (names.length === 0) return {}
  const lines = terminal.isTTY.stdin
    ? await askEach(names, terminal, noInput)
    : linesOf(await terminal.readInput(), names)
  return recordOf(names, lines)
}

function recordOf<Name extends string>(names: readonly Name[], lines: readonly string[]) {
  const secrets: Partial<Record<Name, string>> = {}
  for (const [at, name] of names.entries()) secrets[name] = lines[at]
  return secrets
}

function linesOf(text: string, names: readonly string[]): string[] {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  const missing = names.find((_, at) => !lines[at])
  if (missing) throw new UsageError(`There is no ${missing} on stdin.`, {hint: 'It is read from there: … < FILE'})
  if (lines.length === names.length && !lines.some((line) => /[\r\0]/.test(line))) return lines
  throw new UsageError(`There is more than a ${names.join(' and a ')} on stdin.`, {
    hint: names.length === 1 ? 'It must be one line.' : 'They must be a line each.',
  })
}

async function askEach(names: readonly string[], terminal: Terminal, noInput: boolean | undefined): Promise<string[]> {
  if (!canAsk(terminal, noInput))
    throw new UsageError(`The ${names.join(' and the ')} would be read from stdin, which is a terminal.`, {
      hint: 'Pipe it in: … < FILE',
    })
  const secrets: string[] = []
  for (const name of names) secrets.push(...linesOf(await askSecret(`${capitalized(name)}:`), [name]))
  return secrets
}

function capitalized(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
}
