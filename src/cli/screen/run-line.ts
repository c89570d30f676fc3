import type {Config} from '@oclif/core/config'
import type {ConnectedCommand} from '../connected-command.ts'
import {quoted} from '../consent.ts'
import type {OpenedSession} from '../open-session.ts'
import {findCommand, LeanConfig} from '../project.ts'
import {reportError} from '../report-error.ts'
import type {Surroundings} from '../surroundings.ts'

type Runnable = typeof ConnectedCommand & (new (argv: string[], config: Config) => ConnectedCommand)

/** Where a line is run: as the command that runs it, over the session that it has open. */
export interface Host {
  config: LeanConfig
  around: Surroundings
  session: OpenedSession
}

/**
 * Runs a command line as if it had been typed: it is shown, asks what it always asks, and says itself how it ended. Its
 * exit code is not the screen's.
 */
export async function runLine(words: readonly string[], {config, around, session}: Host): Promise<void> {
  const {terminal} = around
  const before = process.exitCode
  terminal.say(`$ pm ${words.map(quoted).join(' ')}\n`)
  try {
    const found = findCommand(words, config.project)
    if (!found) throw new Error(`There is no command ${words.join(' ')}.`)
    const {default: Command}: {default: Runnable} = await import(found.module.href)
    Command.id = found.id
    Command.surroundings = {...around, open: async () => ({...session, close: async () => {}})}
    await Command.start(found.argv, new LeanConfig(config.project))
  } catch (error) {
    terminal.say(reportError(error, false).text)
  } finally {
    process.exitCode = before
  }
}
