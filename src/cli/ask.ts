import type {Ask} from './consent.ts'
import type {Terminal} from './terminal.ts'

/** One of the things a prompt lets the operator choose from. */
export interface Choice {
  value: string
  name?: string
  description?: string
}

// Prompts are for the person: on stderr, so that stdout stays data.
const output = {output: process.stderr}

/** Whether there is somebody to ask: a terminal to show the question on and another to answer from. */
export function canAsk({isTTY}: Pick<Terminal, 'isTTY'>, noInput: boolean | undefined): boolean {
  return !noInput && isTTY.stdin && isTTY.stderr
}

/** Asks for consent; the default is always no. */
export const askConsent: NonNullable<Ask> = {
  async yesNo(question) {
    const {confirm} = await import('@inquirer/prompts')
    return confirm({message: question, default: false}, output)
  },
  async typed(question) {
    const {input} = await import('@inquirer/prompts')
    return input({message: question}, output)
  },
}

/** Asks for a secret, which is not shown. */
export async function askSecret(message: string): Promise<string> {
  const {password} = await import('@inquirer/prompts')
  return password({message}, output)
}

/** Asks for one of what `find` finds while the operator types. */
export async function askFor(message: string, find: (typed: string) => Promise<readonly Choice[]>): Promise<string> {
  const {search} = await import('@inquirer/prompts')
  return search<string>({message, source: async (typed) => [...(await find(typed ?? ''))], pageSize: 10}, output)
}
