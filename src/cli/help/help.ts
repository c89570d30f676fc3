import {colorEnabled} from '../../output/colors.ts'
import {renderSections, type Section} from '../../output/detail.ts'
import {nearest} from '../../output/nearest.ts'
import {UsageError} from '../../rules/errors.ts'
import {readWords, type TypedWords} from '../command-line/typed-words.ts'
import {commandAt} from '../completion/candidates.ts'
import {type CommandTable, readCommandTable} from '../completion/known.ts'
import {guides} from '../guides/guides.ts'
import type {Project} from '../project.ts'
import {unknownCommand} from '../report-error.ts'
import {commandHelp} from './command-help.ts'
import {guideHelp} from './guide-help.ts'
import {overview} from './overview.ts'
import {topicHelp} from './topic-help.ts'

const asking: readonly string[] = ['--help', '-h', '--version']
// Longer lines are worse to read, however wide the terminal is.
const widest = 80

/**
 * Help, the version, topics and guides: everything that is not a command to run.
 * @throws UsageError, with a suggestion, where the words name nothing.
 */
export async function help(argv: readonly string[], {root}: Pick<Project, 'root'>): Promise<void> {
  const table = readCommandTable(root)
  const typed = readWords(argv, table.globalFlags)
  const {stdout} = process
  const sections = sectionsOn(typed, table, Math.min(stdout.columns || widest, widest))
  refuseStray(argv)
  if (argv[0] === '--version')
    stdout.write(`pm/${table.version} ${process.platform}-${process.arch} node-${process.version}\n`)
  else stdout.write(await drawn(sections, typed))
}

/** What help says on a topic, a guide, the command that the words begin with, or pm as a whole. */
export function sectionsOn(
  {positionals}: Pick<TypedWords, 'positionals'>,
  table: CommandTable,
  width: number,
): Section[] {
  const typed = positionals.map(({word}) => word)
  const isHelp = typed[0] === 'help'
  const words = isHelp ? typed.slice(1) : typed
  if (words.length === 0) return overview(width)
  const guide = isHelp && guides.get(words.join('-').toLowerCase())
  if (guide) return guideHelp(guide, table, width)
  const topic = words.join(':')
  if (table.topics.has(topic) && !table.commands.has(topic)) return topicHelp(topic, table, width)
  const command = commandAt(words, table)
  if (command) return commandHelp(command, width)
  throw unknownSubject(words, isHelp, table)
}

function unknownSubject(words: readonly string[], isHelp: boolean, {commands, topics}: CommandTable): UsageError {
  const name = words.join('-').toLowerCase()
  const guide = isHelp ? nearest(name, [...guides.keys()]) : guides.has(name) && name
  if (!guide) return unknownCommand(words, [...commands.keys(), ...topics.keys()])
  return new UsageError(`There is no command “${words.join(' ')}”.`, {
    hint: `Did you mean: pm help ${guide}? Otherwise see pm --help.`,
  })
}

function refuseStray(argv: readonly string[]): void {
  const stray = argv.find((word) => word.startsWith('-') && !asking.includes(word))
  if (!stray || argv.some((word) => asking.includes(word))) return
  throw new UsageError(`There is no flag ${stray} without a command.`, {hint: 'See pm --help.'})
}

function drawn(sections: readonly Section[], {flags}: TypedWords): Promise<string> {
  const {env, stdout} = process
  const said = flags.get('color')?.at(-1)
  const flag = said === 'always' || said === 'never' ? said : 'auto'
  const color = colorEnabled({flag, env, isTTY: stdout.isTTY})
  // Its lines are broken already.
  const width = Number.POSITIVE_INFINITY
  return renderSections(sections, {color, width, header: true, links: false, clock: {now: new Date(), zone: 'iso'}})
}
