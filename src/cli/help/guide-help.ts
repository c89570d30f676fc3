import {renderDefinitions} from '../../output/definitions.ts'
import type {Section} from '../../output/detail.ts'
import {wrap} from '../../output/wrap.ts'
import type {CommandTable} from '../completion/known.ts'
import type {Guide} from '../guides/guide.ts'
import {exampleLines} from './examples.ts'

/** A guide as it is printed. */
export function guideHelp({about, parts}: Guide, table: CommandTable, width: number): Section[] {
  const room = width - 2
  const sections = parts(table).map(({title, says, commands = [], facts = []}) => ({
    title,
    lines: [
      ...(says === undefined ? [] : wrap(says, room)),
      ...commands.flatMap((command) => exampleLines(command, room - 2)).map((line) => `  ${line}`),
      ...renderDefinitions(facts, room),
    ],
  }))
  return [{lines: wrap(about, width)}, ...sections]
}
