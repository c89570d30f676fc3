import {fileURLToPath} from 'node:url'
import {Config} from '@oclif/core/config'
import {run} from '@oclif/core/run'
import {UsageError} from '../rules/errors.ts'
import type {Project} from './project.ts'
import {unknownCommand} from './report-error.ts'

const asking: readonly string[] = ['--help', '-h', '--version']

/**
 * Help, the version, and topics: everything that is not a command to run.
 * @throws UsageError, with a suggestion, where the words name nothing.
 */
export async function help(argv: readonly string[], {root, extension}: Project): Promise<void> {
  const config = await Config.load({root: fileURLToPath(root), ignoreManifest: extension === '.ts'})
  const words = argv.filter((word) => !word.startsWith('-') && word !== 'help')
  const subject = subjectOf(words, config)
  if (!subject) throw unknownCommand(words, config.commandIDs)
  const [first] = argv
  if (words.length === 0 && first?.startsWith('-') && !asking.includes(first)) {
    throw new UsageError(`There is no flag ${first} without a command.`, {hint: 'See pm --help.'})
  }
  await run(first === '--version' ? [first] : [...subject, '--help'], config)
}

/** What help is about: a topic, the command that the words begin with, or pm as a whole. */
function subjectOf(words: readonly string[], config: Config): readonly string[] | undefined {
  if (words.length === 0 || config.findTopic(words.join(':'))) return words
  const beginnings = words.map((_, index) => words.slice(0, index + 1))
  return beginnings.findLast((beginning) => config.findCommand(beginning.join(':')))
}
