import {fileURLToPath} from 'node:url'
import {Config} from '@oclif/core/config'
import {run} from '@oclif/core/run'
import type {Project} from './project.ts'
import {unknownCommand} from './report-error.ts'

/**
 * Help, the version, and topics: everything that is not a command to run.
 * @throws UsageError, with a suggestion, where the words name nothing.
 */
export async function help(argv: readonly string[], {root, extension}: Project): Promise<void> {
  const config = await Config.load({root: fileURLToPath(root), ignoreManifest: extension === '.ts'})
  const words = argv.filter((word) => !word.startsWith('-') && word !== 'help')
  const ids = words.map((_, index) => words.slice(0, index + 1).join(':'))
  const known = ids.some((id) => config.findCommand(id) ?? config.findTopic(id))
  if (words.length > 0 && !known) throw unknownCommand(words, config.commandIDs)
  await run(argv[0] === 'help' ? [...words, '--help'] : [...argv], config)
}
