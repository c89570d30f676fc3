import {fileURLToPath} from 'node:url'
import {Config} from '@oclif/core/config'
import {run} from '@oclif/core/run'
import {UsageError} from '../rules/errors.ts'
import {exitCodes} from '../rules/exit-codes.ts'
import {splitLeadingFlags} from './leading-flags.ts'
import type {Project} from './project.ts'
import {unknownCommand} from './report-error.ts'

const asking: readonly string[] = ['--help', '-h', '--version']

/**
 * Help, the version, topics and the exit codes: everything that is not a command to run.
 * @throws UsageError, with a suggestion, where the words name nothing.
 */
export async function help(argv: readonly string[], {root, extension}: Project): Promise<void> {
  const config = await Config.load({root: fileURLToPath(root), ignoreManifest: extension === '.ts'})
  const words = splitLeadingFlags(argv).rest.filter((word) => !word.startsWith('-') && word !== 'help')
  if (argv[0] === 'help' && words.join(' ') === 'exit-codes') return showExitCodes()
  const subject = subjectOf(words, config)
  if (!subject) throw unknownCommand(words, shownCommands(config))
  const stray = argv.find((word) => word.startsWith('-') && !asking.includes(word))
  if (stray && !argv.some((word) => asking.includes(word))) {
    throw new UsageError(`There is no flag ${stray} without a command.`, {hint: 'See pm --help.'})
  }
  await run(argv[0] === '--version' ? ['--version'] : [...subject, '--help'], config)
}

function shownCommands({commands}: Config): string[] {
  return commands.filter(({hidden}) => !hidden).map(({id}) => id)
}

function showExitCodes(): void {
  for (const {code, meaning} of Object.values(exitCodes)) process.stdout.write(`${`${code}`.padStart(3)}  ${meaning}\n`)
}

/** What help is about: a topic, the command that the words begin with, or pm as a whole. */
function subjectOf(words: readonly string[], config: Config): readonly string[] | undefined {
  if (words.length === 0 || config.findTopic(words.join(':'))) return words
  const beginnings = words.map((_, index) => words.slice(0, index + 1))
  return beginnings.findLast((beginning) => config.findCommand(beginning.join(':')))
}
