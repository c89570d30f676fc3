import {type CompleterResult, createInterface} from 'node:readline'
import {setImmediate as nextTurn} from 'node:timers/promises'
import {onEnding} from '../endings.ts'
import {stop} from '../stop.ts'

/** How a line is read at the shell's prompt. */
export interface LineSource {
  prompt: string
  /** The newest first. */
  history: string[]
  /** Whether the line may be redrawn while it is edited. */
  isDrawn: boolean
  complete(line: string): Promise<CompleterResult>
}

const howToLeave = '(Ctrl-D or exit leaves the shell.)'

/**
 * Reads lines from the terminal: one, or all that were pasted at once. Empty where Ctrl-C gave the line up, undefined at
 * Ctrl-D and when the terminal is gone. In between nobody listens to the terminal but the command that runs.
 */
export async function readLines({prompt, history, isDrawn, complete}: LineSource): Promise<string[] | undefined> {
  const {stdin, stderr} = process
  const reader = createInterface({
    input: stdin,
    output: stderr,
    terminal: isDrawn,
    prompt,
    history,
    historySize: 1_000,
    removeHistoryDuplicates: true,
    completer: (line: string, done: (error: null, result: CompleterResult) => void) =>
      void complete(line).then((result) => done(null, result)),
  })
  const lines: string[] = []
  const {promise, resolve} = Promise.withResolvers<'lines' | 'end'>()
  // Where the terminal edits the line, it shows ^C by itself, and Ctrl-C comes as a signal.
  const giveUp = () => {
    stderr.write(`${isDrawn ? '^C' : ''}\n${reader.line === '' ? `${howToLeave}\n` : ''}`)
    resolve('lines')
  }
  const stopListening = onEnding((signal) => (signal === 'SIGINT' ? giveUp() : resolve('end')))
  reader.on('line', (line) => {
    lines.push(line)
    resolve('lines')
  })
  reader.on('SIGINT', giveUp).on('close', () => resolve('end'))
  reader.on('SIGTSTP', () => {
    stdin.setRawMode(false)
    stop(() => {
      stdin.setRawMode(true)
      reader.prompt(true)
    })
  })
  reader.prompt()
  const how = await promise
  await nextTurn()
  stopListening()
  reader.close()
  if (how === 'end') stderr.write('\n')
  return how === 'end' && lines.length === 0 ? undefined : lines
}
