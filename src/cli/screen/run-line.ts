import {quoted} from '../../rules/shell-word.ts'
import type {LeanConfig} from '../project.ts'
import {reportError} from '../report-error.ts'
import {startLine} from '../start-line.ts'
import type {Surroundings} from '../surroundings.ts'
import type {Terminal} from '../terminal.ts'

/** Where a line is run: beside the command that runs it. */
export interface Host {
  config: LeanConfig
  around: Surroundings
}

/**
 * Runs a command line as if it had been typed: it is shown, asks what it always asks, and says itself how it ended. Its
 * exit code is not the screen's.
 */
export async function runLine(words: readonly string[], host: Host): Promise<void> {
  const {terminal} = host.around
  terminal.say(`$ pm ${words.map(quoted).join(' ')}\n`)
  try {
    await start(words, host)
  } catch (error) {
    terminal.say(reportError(error, false, terminal).text)
  }
}

/** What a command line would show on a terminal so wide, and what it would say beside it. @throws what the command throws */
export async function captureLine(
  words: readonly string[],
  {config, around}: Host,
  width: number,
): Promise<{shown: string; said: readonly string[]}> {
  const [shown, said]: [string[], string[]] = [[], []]
  const terminal = silent({write: async (data) => void shown.push(data), say: (line) => void said.push(line), width})
  await start(words, {config, around: {...around, terminal}})
  // Where it works is said by the screen.
  return {shown: shown.join(''), said: said.filter((line) => !line.startsWith('▸'))}
}

/** Gives what a command line writes, as it comes, to `take`. @throws what the command throws */
export async function readLine(
  words: readonly string[],
  {config, around}: Host,
  take: (text: string) => void,
): Promise<void> {
  const terminal = silent({write: async (data) => take(data), say: () => {}, width: around.terminal.width})
  await start(words, {config, around: {...around, terminal}})
}

/** A terminal at which nobody is, to be asked. */
function silent(wanted: Pick<Terminal, 'write' | 'say' | 'width'>): Terminal {
  return {
    ...wanted,
    status: () => {},
    readInput: async () => '',
    isTTY: {stdin: false, stdout: true, stderr: true},
  }
}

async function start(words: readonly string[], {config, around}: Host): Promise<void> {
  const before = process.exitCode
  try {
    await startLine(words, around, config.project)
  } finally {
    // What the line ended with is not what the screen ends with; only an interruption is, which may have come meanwhile.
    if (process.exitCode !== 130) process.exitCode = before
  }
}
