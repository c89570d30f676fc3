import {Interrupted} from '../rules/errors.ts'
import {askLine, askUnseenLine} from './ask-line.ts'
import type {Choice} from './choice.ts'

/** Asks for a yes or a no, in lines: anything but yes is no. */
export async function yesNo(question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await text(`${question} Type yes or no`))
}

/** Asks for a text, which may be empty. */
export async function text(message: string): Promise<string> {
  return answered(await askLine(/[:?]$/.test(message) ? `${message} ` : `${message}: `)).trim()
}

/** Asks for a secret, which is not shown. */
export async function secret(message: string): Promise<string> {
  return answered(await askUnseenLine(`${message} (not shown) `))
}

/**
 * Asks for one of what `find` finds: what fits is listed with numbers, to be chosen by its number, or searched by
 * typing how it begins.
 */
export async function search(message: string, find: (typed: string) => Promise<readonly Choice[]>): Promise<string> {
  let typed = ''
  for (;;) {
    const found = await find(typed)
    say(found.length === 0 ? 'Nothing found.' : message)
    for (const [index, choice] of found.entries()) say(`${index + 1}. ${nameOf(choice)}`)
    const answer = await text('Type a number to choose it, or how the name begins')
    const chosen = /^\d{1,3}$/.test(answer) ? found[Number(answer) - 1] : found.find(({value}) => value === answer)
    if (chosen) return chosen.value
    typed = answer
  }
}

function nameOf({value, name = value, description}: Choice): string {
  return description === undefined ? name : `${name}, ${description}`
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** @throws Interrupted at the end of input */
function answered(line: string | null): string {
  if (line === null) throw new Interrupted('Nothing was changed.')
  return line
}
