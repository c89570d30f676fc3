import {setImmediate as nextTurn} from 'node:timers/promises'
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
  return prompt((context) => password({message, toggleMask: false}, context))
}

/** Asks for one of what `find` finds while the operator types. */
export async function askFor(message: string, find: (typed: string) => Promise<readonly Choice[]>): Promise<string> {
  if (isPlain(process.env)) return (await plain()).search(message, async (typed) => (await find(typed)).map(harmless))
  const {search} = await import('@inquirer/prompts')
  const source = async (typed: string | undefined, {signal}: {signal: AbortSignal}) => {
    // Letters that were pasted come at once: only the last of them is searched for.
    await nextTurn()
    return signal.aborted ? [] : eachOnOneLine(await find(typed ?? ''))
  }
  return prompt((context) => search<string>({message, source, pageSize: 10}, context))
}

/** Asks for one of a few. */
export async function askChoice(message: string, choices: readonly Choice[]): Promise<string> {
  if (isPlain(process.env)) return (await plain()).search(message, async () => choices.map(harmless))
  const {select} = await import('@inquirer/prompts')
  const offered = await eachOnOneLine(choices)
  return prompt((context) => select<string>({message: sanitize(message), choices: offered, pageSize: 10}, context))
}

function plain() {
  return import('./plain-prompt.ts')
}

// Behind the mark of the one that is chosen.
async function eachOnOneLine(choices: readonly Choice[]): Promise<Choice[]> {
  const {truncate} = await import('../output/text-width.ts')
  const width = (process.stderr.columns || 80) - 3
  return choices.map(harmless).map((choice) => ({...choice, name: truncate(choice.name, width)}))
}

// What an operator chooses from comes from the database, and is drawn by somebody else.
function harmless({value, name = value, description}: Choice): Choice & {name: string} {
  return {value, name: sanitize(name), ...(description === undefined ? {} : {description: sanitize(description)})}
}
