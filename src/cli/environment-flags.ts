import type {Command} from '@oclif/core/command'
import type * as Interfaces from '@oclif/core/interfaces'
import {UsageError} from '../rules/errors.ts'
import type {Sought} from '../rules/sought.ts'
import type {Environment} from './contexts/server-address.ts'

/**
 * The flags as the parser shall have them: what the environment says of one is its default. oclif itself would look only
 * at the environment of the process, and take a list in it for a single value.
 */
export function withEnvironment<Input extends Interfaces.FlagInput>(
  flags: Input,
  env: Environment,
  command: Command,
): Input {
  const said = Object.entries(flags).flatMap(([name, flag]) => {
    const {env: variable, ...plain} = flag
    if (variable === undefined) return []
    const text = env[variable]
    return [[name, text ? {...plain, default: () => valueIn(flag, {variable, text, command})} : plain]]
  })
  return Object.assign({}, flags, Object.fromEntries(said))
}

/** @throws UsageError for what the flag does not take */
async function valueIn(
  flag: Interfaces.FlagInput[string],
  {variable, text, command}: {variable: string; text: string; command: Command},
): Promise<unknown> {
  if (flag.type === 'boolean') return /^(1|true|y|yes)$/i.test(text)
  const {name, multiple, delimiter = ',', options} = flag
  const texts = multiple ? text.split(delimiter).map((part) => part.trim()) : [text]
  const odd = texts.find((one) => options && !options.includes(one))
  if (odd !== undefined)
    throw refused(variable, `is one of ${options?.join(', ')}, not “${odd}”`, {name: odd, among: options ?? []})
  const parse = (input: string) =>
    flag.parse(input, Object.assign(command, {token: {type: 'flag', flag: name, input} as const}), flag)
  try {
    const values = await Promise.all(texts.map(parse))
    return multiple ? values : values[0]
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause
    throw refused(variable, cause.message.replace(/^Expected/, 'takes').replace(' but received: ', ', not '))
  }
}

function refused(variable: string, why: string, sought?: Sought): UsageError {
  return new UsageError(`${variable} ${why}.`, {
    hint: `It stands in your environment: change it, or unset ${variable}.`,
    ...(sought && {sought}),
  })
}
