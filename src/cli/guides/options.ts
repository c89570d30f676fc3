import type {DescribedFlag} from '../command-line/described.ts'
import type {CommandTable} from '../completion/known.ts'
import {flagDefinition} from '../help/flag-definition.ts'
import type {Guide} from './guide.ts'

const titles: Readonly<Record<string, string>> = {
  GLOBAL: 'EVERY COMMAND',
  OUTPUT: 'WHAT SHOWS SOMETHING',
  INPUT: 'WHAT TAKES MANY NAMES',
  WRITE: 'WHAT CHANGES SOMETHING',
  JOB: 'WHAT CHANGES MANY THINGS',
  DNS: 'WHAT ASKS DNS',
}

/** The flags that commands share, each where it is found. */
export const options: Guide = {
  about: 'The flags that commands share.',
  parts: (table) =>
    Object.entries(titles).map(([group, title]) => ({title, facts: flagsOf(group, table).map(flagDefinition)})),
}

function flagsOf(group: string, {commands}: CommandTable): [string, DescribedFlag][] {
  const all = [...commands.values()].flatMap(({flags}) => Object.entries(flags))
  return [...new Map(all.filter(([, {helpGroup, hidden}]) => helpGroup === group && !hidden))]
}
