import {sanitize} from '../output/sanitize.ts'
import type {Ask} from './consent.ts'
import {prompt} from './prompt.ts'
import type {Terminal} from './terminal.ts'

/** One of the things a prompt lets the operator choose from. */
export interface Choice {
  value: string
  name?: string
  description?: string
}

/** Whether there is somebody to ask: a terminal to show the question on and another to answer from. */
export function canAsk({isTTY}: Pick<Terminal, 'isTTY'>, noInput: boolean | undefined): boolean {
  return !noInput && isTTY.stdin && isTTY.stderr
}

/** Asks for consent; the default is always no. */
export const askConsent: NonNullable<Ask> = {
  async yesNo(question) {
    const {confirm} = await import('@inquirer/prompts')
    return prompt((context) => confirm({message: question, default: false}, context))
  },
  async typed(question) {
    const {input} = await import('@inquirer/prompts')
    return prompt((context) => input({message: sanitize(question)}, context))
  },
}

/** Asks for a text, which may be empty. */
export async function askText(message: string): Promise<string> {
  const {input} = await import('@inquirer/prompts')
  return (await prompt((context) => input({message: sanitize(message)}, context))).trim()
}

/** Asks for a secret, which is not shown. */
export async function askSecret(message: string): Promise<string> {
  const {password} = await import('@inquirer/prompts')
  return prompt((context) => password({message}, context))
}

/** Asks for one of what `find` finds while the operator types. */
export async function askFor(message: string, find: (typed: string) => Promise<readonly Choice[]>): Promise<string> {
  const {search} = await import('@inquirer/prompts')
  const source = async (typed: string | undefined) => (await find(typed ?? '')).map(harmless)
  return prompt((context) => search<string>({message, source, pageSize: 10}, context))
}

// What an operator chooses from comes from the database, and is drawn by somebody else.
function harmless({value, name = value, description}: Choice): Choice {
  return {value, name: sanitize(name), ...(description === undefined ? {} : {description: sanitize(description)})}
}
