import type {Config} from '@oclif/core/config'
import type {ConnectedCommand} from './connected-command.ts'
import {splitLeadingFlags} from './leading-flags.ts'
import {findCommand, LeanConfig, type Project} from './project.ts'
import type {Surroundings} from './surroundings.ts'
import {beforeDashes} from './wants-json.ts'

type Runnable = typeof ConnectedCommand & (new (argv: string[], config: Config) => ConnectedCommand)

/** Runs a command line in this process, within surroundings that are given to it. @throws what its command throws */
export async function startLine(words: readonly string[], around: Surroundings, project: Project): Promise<void> {
  const {leading, rest} = splitLeadingFlags(words)
  const asksForHelp = ['--help', '-h'].some((word) => beforeDashes(words).includes(word))
  const command = asksForHelp ? undefined : findCommand(rest, project)
  if (!command) return (await import('./help/help.ts')).help(words, project)
  const {default: Command}: {default: Runnable} = await import(command.module.href)
  Command.id = command.id
  Command.surroundings = around
  await Command.start([...leading, ...command.argv], new LeanConfig(project))
}
