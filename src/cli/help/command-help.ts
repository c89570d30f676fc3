import {renderDefinitions} from '../../output/definitions.ts'
import type {Section} from '../../output/detail.ts'
import {wrap} from '../../output/wrap.ts'
import type {Described, DescribedFlag} from '../command-line/described.ts'
import {argumentsOf} from '../command-line/slots.ts'
import {exampleLines, examplesOf} from './examples.ts'
import {flagDefinition} from './flag-definition.ts'

/** The help of a command: how it is typed, what it does, examples, and then what it takes and nobody else. */
export function commandHelp(command: Described, width: number): Section[] {
  const room = width - 2
  return [
    {lines: [...wrap(usageOf(command), width), ...wrap(command.summary ?? '', width)]},
    {title: 'EXAMPLES', lines: examplesOf(command).flatMap((example) => exampleLines(example, room))},
    ...titled('ARGUMENTS', renderDefinitions(explainedArguments(command), room)),
    ...titled('FLAGS', renderDefinitions(ownFlags(command).map(flagDefinition), room)),
    {lines: wrap(command.description ?? '', width).filter((line) => line !== '')},
    {lines: wrap(sharedFlags(command), width)},
  ]
}

function titled(title: string, lines: readonly string[]): Section[] {
  return lines.length === 0 ? [] : [{title, lines}]
}

function usageOf({id, usage, args, flags}: Described): string {
  const words = `pm ${id.replaceAll(':', ' ')}`
  if (usage !== undefined) return usage.replace(/^<%=.*?%>/, words)
  const places = Object.entries(args).map(([name, {required}]) =>
    required ? name.toUpperCase() : `[${name.toUpperCase()}]`,
  )
  const needed = Object.entries(flags).flatMap(([name, {required, helpValue = ''}]) =>
    required ? `--${name} ${helpValue}` : [],
  )
  return [words, ...places, ...needed, '[FLAGS]'].join(' ')
}

function explainedArguments(command: Described): [string, string][] {
  return argumentsOf(command).flatMap(({word, description}) => (description ? [[word, description]] : []))
}

function ownFlags({flags}: Described): [string, DescribedFlag][] {
  return Object.entries(flags).filter(([, {helpGroup, hidden}]) => helpGroup === undefined && !hidden)
}

function sharedFlags({flags}: Described): string {
  const some = Object.entries(flags).filter(
    ([, {helpGroup, hidden}]) => helpGroup !== undefined && helpGroup !== 'GLOBAL' && !hidden,
  )
  const names = some.map(([name, {char}]) => (char ? `-${char}` : `--${name}`)).join(' ')
  return `Also ${names}${names && ', and '}what every command takes: pm help options.`
}
