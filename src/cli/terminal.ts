import {once} from 'node:events'
import {text} from 'node:stream/consumers'

/** Where a command's data and words go, and where its input comes from. */
export interface Terminal {
  /** Data, to stdout; resolves when the reader has room for more. @throws PipeClosed when nobody reads any more. */
  write(data: string): Promise<void>
  /** A line for the person, to stderr. */
  say(line: string): void
  /** All of stdin; only when an operator asked for it with `-`. */
  readInput(): Promise<string>
  readonly isTTY: {readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean}
  /** Columns of stdout; Infinity where nothing limits a line. */
  readonly width: number
}

/** The reader of stdout has gone, as `head` does when it has enough. Not an error. */
export class PipeClosed extends Error {}

/** The process's own terminal. */
export function processTerminal({stdin, stdout, stderr}: NodeJS.Process): Terminal {
  let closed = false
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    closed = true
  })
  return {
    async write(data) {
      if (!closed && !stdout.write(data))
        await Promise.race([once(stdout, 'drain'), once(stdout, 'error'), once(stdout, 'close')])
      if (closed) throw new PipeClosed()
    },
    say: (line) => void stderr.write(`${line}\n`),
    readInput: () => text(stdin),
    isTTY: {stdin: stdin.isTTY === true, stdout: stdout.isTTY === true, stderr: stderr.isTTY === true},
    get width() {
      return stdout.columns ?? stderr.columns ?? Number.POSITIVE_INFINITY
    },
  }
}
