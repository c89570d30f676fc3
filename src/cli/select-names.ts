import {describedClass} from './command-line/described-class.ts'
import {meantFlags} from './meant.ts'
import type {OpenedSession} from './open-session.ts'
import {findCommand, type LeanConfig} from './project.ts'
import {type Host, readLine} from './screen/run-line.ts'
import {asWhere, filterWords, nameField, type Selecting} from './selection.ts'

/** The list that has the things of a noun, where it is not called as they are. */
const lists: Readonly<Record<string, string>> = {person: 'staff list', permission: 'staff permission list'}

/**
 * The names of what a noun's list shows under `--where`.
 * @param place the flags that say where to work
 * @throws UsageError for what is no filter of it; what the list throws
 */
export async function selectNames(
  noun: string,
  where: readonly string[],
  host: Host,
  place: readonly string[],
): Promise<string[]> {
  const {list, List} = await listOf(noun, host.config)
  const names: string[] = []
  const words = [...list.split(' '), ...filterWords(where, list, List), '--fields', nameField(List)]
  await readLine([...words, '-o', 'ndjson', '--limit', '0', ...place], host, (text) => {
    for (const line of text.split('\n'))
      if (line !== '') names.push(...Object.values<unknown>(JSON.parse(line)).map(String))
  }).catch((error: unknown) => {
    throw asWhere(error, list)
  })
  return names
}

/** Of filters that found nothing, those whose value is nobody’s name, as they were meant: `role=viewer`. */
export async function meantFilters(
  noun: string,
  where: readonly string[],
  {config}: Pick<Host, 'config'>,
  open: () => Promise<OpenedSession>,
): Promise<string[]> {
  const {list, List} = await listOf(noun, config)
  const flags = await meantFlags(filterWords(where, list, List), describedClass(list, List), open)
  return flags.map(({flag, meant}) => `${flag}=${meant}`)
}

async function listOf(noun: string, {project}: LeanConfig) {
  const list = lists[noun] ?? `${noun.toLowerCase()} list`
  const command = findCommand(list.split(' '), project)
  if (!command) throw new Error(`There is no command ${list}.`)
  const {default: List}: {default: Selecting} = await import(command.module.href)
  return {list, List}
}
