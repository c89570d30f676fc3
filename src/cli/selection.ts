import {UsageError} from '../rules/errors.ts'
import {listFlags} from './options.ts'
import {usageErrorOf} from './usage-error.ts'

/** A list command, as far as things are selected by its filters. */
export interface Selecting {
  flags: Readonly<Record<string, {type: 'boolean' | 'option'; multiple?: boolean | undefined}>>
  output?: object
}

/**
 * The words that make a list filter as `--where` says: `status=failed` is its `--status failed`, `listed` its `--listed`.
 * @param list its words: `ip list`
 * @throws UsageError that names the filters there are
 */
export function filterWords(where: readonly string[], list: string, {flags}: Selecting): string[] {
  const filters = Object.keys(flags).filter((name) => !Object.hasOwn(listFlags, name))
  assertOnce(where, list, flags)
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

/** What a list complains of, of a filter as it was typed: `--where status=`, and not `--status`. */
export function asWhere(error: unknown, list: string): unknown {
  const complaint = usageErrorOf(error)
  if (!complaint) return error
  const {message, sought} = complaint
  const typed = message.replaceAll(/(?<![\w-])--([a-z-]+)/g, '--where $1=')
  return new UsageError(typed, {hint: `See pm ${list} --help`, cause: error, ...(sought && {sought})})
}

/** The field that names a listed thing. */
export function nameField({output}: Selecting): string {
  if (output && 'list' in output && typeof output.list === 'object' && output.list && 'name' in output.list)
    return String(output.list.name)
  throw new Error('What is selected from must be a list.')
}

/** @throws UsageError for a filter that stands twice, and takes one value */
function assertOnce(where: readonly string[], list: string, flags: Selecting['flags']): void {
  const names = where.map((condition) => condition.split('=')[0] ?? '')
  const name = names.find((one, index) => names.indexOf(one) < index && !flags[one]?.multiple)
  if (name === undefined) return
  throw new UsageError(`--where ${name} stands twice, and pm ${list} filters by one ${name}.`, {
    hint: 'All that is given must hold. Give it once.',
  })
}

function unknown(name: string, list: string, filters: readonly string[]): UsageError {
  return new UsageError(`pm ${list} has no filter “${name}”.`, {
    hint: `--where takes its filters: ${filters.join(', ')}. See pm ${list} --help`,
    sought: {name, among: filters},
  })
}
