import type {CommandClass} from '../command.ts'
import {splitLeadingFlags} from '../leading-flags.ts'
import {findCommand, LeanConfig, type Project} from '../project.ts'
import {reportError} from '../report-error.ts'
import type {Surroundings} from '../surroundings.ts'
import {PipeClosed} from '../terminal.ts'
import {beforeDashes, wantsJson} from '../wants-json.ts'

/** Runs a command line in this process, as `main` runs one in its own, and returns its exit code. */
export async function runWords(words: readonly string[], around: Surroundings, project: Project): Promise<number> {
  process.exitCode = undefined
  try {
    await start(words, around, project)
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof PipeClosed) throw error
    const {exitCode, text} = reportError(error, wantsJson(words, around.env))
    around.terminal.say(text)
    return exitCode
  } finally {
    process.exitCode = undefined
  }
}

async function start(words: readonly string[], around: Surroundings, project: Project): Promise<void> {
  const {leading, rest} = splitLeadingFlags(words)
  const asksForHelp = ['--help', '-h'].some((word) => beforeDashes(words).includes(word))
  const command = asksForHelp ? undefined : findCommand(rest, project)
  if (!command) return (await import('../help.ts')).help(words, project)
  const {default: Command}: {default: CommandClass} = await import(command.module.href)
  Command.id = command.id
  Command.surroundings = around
  await Command.start([...leading, ...command.argv], new LeanConfig(project))
}
