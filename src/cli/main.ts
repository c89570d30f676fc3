import type {CommandClass} from './command.ts'
import {findCommand, LeanConfig, type Project} from './project.ts'
import {PipeClosed} from './terminal.ts'

/** Runs one command line and leaves the exit code on the process; the only place where an error becomes one. */
export async function main(argv: readonly string[], project: Project): Promise<void> {
  try {
    const command = asksForHelp(argv) ? undefined : findCommand(argv, project)
    if (!command) return await (await import('./help.ts')).help(argv, project)
    const {default: Command}: {default: CommandClass} = await import(command.module.href)
    Command.id = command.id
    await Command.start(command.argv, new LeanConfig(project.root))
  } catch (error) {
    await fail(error, argv)
  }
}

async function fail(error: unknown, argv: readonly string[]): Promise<void> {
  if (error instanceof PipeClosed) return
  const {reportError} = await import('./report-error.ts')
  const {exitCode, text} = reportError(error, wantsJson(argv))
  process.stderr.write(`${text}\n`)
  process.exitCode = exitCode
}

function asksForHelp(argv: readonly string[]): boolean {
  const words = beforeDashes(argv)
  return words.includes('--help') || words.includes('-h')
}

/** Whether errors are to be JSON: also when the command line cannot be parsed, so it is read without a parser. */
function wantsJson(argv: readonly string[]): boolean {
  const words = beforeDashes(argv)
  const said = words.flatMap((word, index) => {
    if (word === '--json') return ['json']
    if (word === '-o' || word === '--output') return [words[index + 1] ?? '']
    return word.match(/^(?:-o|--output=)(.+)$/)?.[1] ?? []
  })
  return ['json', 'ndjson'].includes(said.at(-1) ?? process.env.PM_OUTPUT ?? '')
}

function beforeDashes(argv: readonly string[]): readonly string[] {
  return argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
}
