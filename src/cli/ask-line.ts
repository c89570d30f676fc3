import {createInterface, type Interface} from 'node:readline'
import {Writable} from 'node:stream'
import {Interrupted} from '../rules/errors.ts'
import {onEnding} from './endings.ts'

/**
 * Asks for a line on a terminal that nothing may be drawn over on: the terminal itself edits the line. Null at the end of
 * input.
 * @throws Interrupted on Ctrl-C, and when the terminal is gone
 */
export function askLine(question: string): Promise<string | null> {
  return answer(question, createInterface({input: process.stdin, terminal: false}))
}

/** The same, and what is typed is not shown. */
export async function askUnseenLine(question: string): Promise<string | null> {
  const nowhere = new Writable({write: (_chunk, _encoding, done) => done()})
  const lines = createInterface({input: process.stdin, output: nowhere, terminal: true, historySize: 0})
  const line = await answer(question, lines)
  // The Enter was not shown either.
  if (line !== null) process.stderr.write('\n')
  return line
}

async function answer(question: string, lines: Interface): Promise<string | null> {
  const {promise, resolve, reject} = Promise.withResolvers<string | null>()
  const cut = () => reject(new Interrupted('Nothing was changed.'))
  const stopListening = onEnding(cut)
  lines.on('line', resolve).on('SIGINT', cut)
  lines.on('close', () => resolve(null))
  // After Ctrl-Z and `fg`.
  lines.on('SIGCONT', () => {
    process.stderr.write(question)
    lines.resume()
  })
  process.stderr.write(question)
  try {
    const line = await promise
    if (line === null) process.stderr.write('\n')
    return line
  } catch (error) {
    process.stderr.write('\n')
    throw error
  } finally {
    stopListening()
    lines.close()
  }
}
