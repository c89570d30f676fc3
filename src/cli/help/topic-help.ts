import {type Definition, renderDefinitions} from '../../output/definitions.ts'
import type {Section} from '../../output/detail.ts'
import {wrap} from '../../output/wrap.ts'
import type {Described} from '../command-line/described.ts'
import type {CommandTable} from '../completion/known.ts'
import {exampleLines, examplesOf} from './examples.ts'

const mostExamples = 3
// What is looked at before anything is done stands first among the examples.
const firstVerbs = ['list', 'show', 'check']

/** The help of a topic: what it is about, examples of its commands, and its commands. */
export function topicHelp(topic: string, {commands, topics}: CommandTable, width: number): Section[] {
  const words = topic.replaceAll(':', ' ')
  const within = [...commands.values()].filter(({id}) => id.startsWith(`${topic}:`))
  const examples = within
    .toSorted((one, other) => rank(one) - rank(other))
    .flatMap((command) => examplesOf(command).slice(0, 1))
  return [
    {lines: [`pm ${words} COMMAND [FLAGS]`, ...wrap(topics.get(topic) ?? '', width)]},
    {title: 'EXAMPLES', lines: examples.slice(0, mostExamples).flatMap((example) => exampleLines(example, width - 2))},
    {title: 'COMMANDS', lines: renderDefinitions(within.map(definition), width - 2)},
    {lines: wrap(`More on a command: pm ${words} COMMAND --help.`, width)},
  ]
}

function rank({id}: Described): number {
  const at = firstVerbs.findIndex((verb) => id.endsWith(`:${verb}`))
  return at === -1 ? firstVerbs.length : at
}

function definition({id, summary = ''}: Described): Definition {
  return [id.replaceAll(':', ' '), summary]
}
