import {UsageError} from '../rules/errors.ts'
import {listFlags} from './options.ts'

/** A list command, as far as things are selected by its filters. */
export interface Selecting {
  flags: Readonly<Record<string, {type: 'boolean' | 'option'}>>
  output?: object
}

/**
 * The words that make a list filter as `--where` says: `status=failed` is its `--status failed`, `listed` its `--listed`.
 * @param list its words: `ip list`
 * @throws UsageError that names the filters there are
 */
export function filterWords(where: readonly string[], list: string, {flags}: Selecting): string[] {
  const filters = Object.keys(flags).filter((name) => !Object.hasOwn(listFlags, name))
  return where.flatMap((condition) => {
    const [name = '', ...rest] = condition.split('=')
    const filter = filters.includes(name) ? flags[name] : undefined
    if (!filter) throw unknown(name, list, filters)
    if (filter.type === 'boolean' && rest.length === 0) return [`--${name}`]
    if (filter.type === 'option' && rest.length > 0) return [`--${name}`, rest.join('=')]
    const right = filter.type === 'boolean' ? `${name} takes no value: --where ${name}` : `Say which: --where ${name}=…`
    throw new UsageError(`--where ${condition} is not how it filters by ${name}.`, {hint: right})
  })
}

/** The field that names a listed thing. */
export function nameField({output}: Selecting): string {
  if (output && 'list' in output && typeof output.list === 'object' && output.list && 'name' in output.list)
    return String(output.list.name)
  throw new Error('What is selected from must be a list.')
}

function unknown(name: string, list: string, filters: readonly string[]): UsageError {
  return new UsageError(`pm ${list} has no filter “${name}”.`, {
    hint: `--where takes its filters: ${filters.join(', ')}. See pm ${list} --help`,
    sought: {name, among: filters},
  })
}
