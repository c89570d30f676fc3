import {sanitize} from '../output/sanitize.ts'
import type {Choice} from './choice.ts'
import type {Ask} from './consent.ts'
import {prompt} from './prompt.ts'
import {isPlain, type Terminal} from './terminal.ts'

/** Whether there is somebody to ask: a terminal to show the question on and another to answer from. */
export function canAsk({isTTY}: Pick<Terminal, 'isTTY'>, noInput: boolean | undefined): boolean {
  return !noInput && isTTY.stdin && isTTY.stderr
}

/** Asks for consent; the default is always no. */
export const askConsent: NonNullable<Ask> = {
  async yesNo(question) {
    if (isPlain(process.env)) return (await plain()).yesNo(question)
    const {confirm} = await import('@inquirer/prompts')
    return prompt((context) => confirm({message: question, default: false}, context))
  },
  async typed(question) {
    return askText(question)
  },
}

/** Asks for a text, which may be empty. */
export async function askText(message: string): Promise<string> {
  if (isPlain(process.env)) return (await plain()).text(sanitize(message))
  const {input} = await import('@inquirer/prompts')
  return (await prompt((context) => input({message: sanitize(message)}, context))).trim()
}

/** Asks for a secret, which is not shown. */
export async function askSecret(message: string): Promise<string> {
  if (isPlain(process.env)) return (await plain()).secret(message)
  const {password} = await import('@inquirer/prompts')
  return prompt((context) => password({message}, context))
}

/** Asks for one of what `find` finds while the operator types. */
export async function askFor(message: string, find: (typed: string) => Promise<readonly Choice[]>): Promise<string> {
  const source = async (typed: string | undefined) => (await find(typed ?? '')).map(harmless)
  if (isPlain(process.env)) return (await plain()).search(message, source)
  const {search} = await import('@inquirer/prompts')
  return prompt((context) => search<string>({message, source, pageSize: 10}, context))
}

/** Asks for one of a few. */
export async function askChoice(message: string, choices: readonly Choice[]): Promise<string> {
  const offered = choices.map(harmless)
  if (isPlain(process.env)) return (await plain()).search(message, async () => offered)
  const {select} = await import('@inquirer/prompts')
  return prompt((context) => select<string>({message: sanitize(message), choices: offered, pageSize: 10}, context))
}

function plain() {
  return import('./plain-prompt.ts')
}

// What an operator chooses from comes from the database, and is drawn by somebody else.
function harmless({value, name = value, description}: Choice): Choice {
  return {value, name: sanitize(name), ...(description === undefined ? {} : {description: sanitize(description)})}
}
