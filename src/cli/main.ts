import type {CommandClass} from './command.ts'
import {findCommand, LeanConfig, type Project} from './project.ts'
import {PipeClosed, processTerminal} from './terminal.ts'
import {beforeDashes, wantsJson} from './wants-json.ts'
import {takeWatch} from './watch-flag.ts'

/** Runs one command line and leaves the exit code on the process; the only place where an error becomes one. */
export async function main(argv: readonly string[], project: Project): Promise<void> {
  try {
    const {leading, rest} = await split(argv)
    const command = asksForHelp(argv) ? undefined : findCommand(isHome(leading, rest) ? ['home'] : rest, project)
    if (!command) return await (await import('./help/help.ts')).help(argv, project)
    const {default: Command}: {default: CommandClass} = await import(command.module.href)
    Command.id = command.id
    await start(Command, [...leading, ...command.argv], new LeanConfig(project))
  } catch (error) {
    await fail(error, argv)
  }
}

/** Whether somebody at a terminal typed `pm` and nothing else, or only where to work. Elsewhere that is help. */
function isHome(leading: readonly string[], rest: readonly string[]): boolean {
  const {stdin, stdout, stderr, env} = process
  const isAttended = stdin.isTTY && stdout.isTTY && stderr.isTTY
  const isBare = rest.length === 0 && leading.every((word, at) => at > 0 || /^(-c|--context)/.test(word))
  return isAttended && isBare && !env['PM_NO_INPUT']
}

/** Runs a command: once or, where it can be watched and shall be, again and again. */
async function start(Command: CommandClass, argv: string[], config: LeanConfig): Promise<void> {
  const {words, seconds} = takeWatch(argv)
  if (seconds === undefined) return Command.start(words, config)
  if (!('watch' in (Command.flags ?? {}))) return Command.start(argv, config)
  const {watchLine} = await import('./screen/watch.ts')
  await watchLine([...Command.id.split(':'), ...words], {config, around: Command.surroundings}, seconds)
}

// Most command lines begin with their command, and need not wait for the flags to be loaded.
async function split(argv: readonly string[]) {
  if (!argv[0]?.startsWith('-')) return {leading: [], rest: argv}
  const {splitLeadingFlags} = await import('./leading-flags.ts')
  return splitLeadingFlags(argv)
}

async function fail(error: unknown, argv: readonly string[]): Promise<void> {
  if (error instanceof PipeClosed) return
  const {reportError} = await import('./report-error.ts')
  const {exitCode, text} = reportError(error, wantsJson(argv, process.env), processTerminal(process))
  process.stderr.write(`${text}\n`)
  process.exitCode = exitCode
}

function asksForHelp(argv: readonly string[]): boolean {
  const words = beforeDashes(argv)
  return words.includes('--help') || words.includes('-h')
}
