import {clip} from '../output/clip.ts'
import {PartlyDone} from '../rules/errors.ts'
import {decodeText, readBytes} from './names/text-source.ts'

/** Where a command's data and words go, and where its input comes from. */
export interface Terminal {
  /** Data, to stdout; resolves when the reader has room for more. @throws PipeClosed when nobody reads any more, PartlyDone when it cannot be written. */
  write(data: string): Promise<void>
  /** A line for the person, to stderr. */
  say(line: string): void
  /**
   * A line for the person that the next one replaces, where stderr is a terminal; null takes it away. Where nothing may
   * be drawn over, it is said now and then.
   * @param drawing what stands in front of the line, where things are drawn
   */
  status(line: string | null, drawing?: string): void
  /** All of stdin; only when an operator asked for it with `-`. @throws UsageError where it is too large, or no text in UTF-8 */
  readInput(): Promise<string>
  readonly isTTY: {readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean}
  /** Columns of the terminal, where there is one. */
  readonly width: number
}

/** The reader of stdout has gone, as `head` does when it has enough. Not an error. */
export class PipeClosed extends Error {}

/** The process's own terminal. */
export function processTerminal({stdin, stdout, stderr, env}: NodeJS.Process): Terminal {
  // Every write of data hears of its own failure, and words that nobody reads any more stop nothing. oclif listens too,
  // and ends the process where its listener stands.
  for (const stream of [stdout, stderr]) stream.removeAllListeners('error').on('error', () => {})
  const status = stderr.isTTY && isPlain(env) ? saidLine(stderr) : statusLine(stderr, stderr.isTTY === true)
  return {
    write: (data) =>
      new Promise((resolve, reject) => {
        const write = () => stdout.write(data, (error) => (error ? reject(explained(error)) : resolve()))
        if (stdout.isTTY) status.above(write)
        else write()
      }),
    say: (line) => {
      status.clear()
      stderr.write(`${line}\n`)
    },
    status: (line, drawing) => (line === null ? status.clear() : status.draw(line, drawing)),
    readInput: async () => decodeText(await readBytes(stdin, 'stdin'), 'stdin'),
    isTTY: {stdin: stdin.isTTY === true, stdout: stdout.isTTY === true, stderr: stderr.isTTY === true},
    get width() {
      // A terminal that does not tell its size says 0.
      return stdout.columns || stderr.columns || 80
    },
  }
}

/** Whether nothing may be drawn over: screen readers cannot follow that, nor can terminals that only print. */
export function isPlain(env: Readonly<Record<string, string | undefined>>): boolean {
  return isAccessible(env) || env.TERM === 'dumb'
}

/** Whether PM_ACCESSIBLE asks for plain lines, as screen readers need them. */
export function isAccessible(env: Readonly<Record<string, string | undefined>>): boolean {
  return !['', '0', undefined].includes(env.PM_ACCESSIBLE)
}

/** A line on a terminal that changes with what it tells. */
interface StatusLine {
  draw(line: string, drawing?: string): void
  clear(): void
  /** Lets something be written to the same terminal, above the line. */
  above(write: () => void): void
}

/** The line that the next one replaces, where it may be drawn. */
function statusLine(stderr: NodeJS.WriteStream, isWanted: boolean): StatusLine {
  let drawn: string | null = null
  // Back to the first column, and erase to the end of the line (ECMA-48, EL).
  const erase = '\r\u001B[K'
  const draw = (line: string, drawing?: string) => {
    // What ran on into a second line could not be erased.
    const text = clip(drawing === undefined ? line : `${drawing} ${line}`, (stderr.columns || 80) - 1)
    if (isWanted) stderr.write(`${drawn === null ? '' : erase}${text}`)
    drawn = isWanted ? text : null
  }
  const clear = () => {
    if (drawn !== null) stderr.write(erase)
    drawn = null
  }
  const above = (write: () => void) => {
    const line = drawn
    clear()
    write()
    if (line !== null) draw(line)
  }
  return {draw, clear, above}
}

const saidEveryMs = 10_000

/** The same in lines of their own, for who waits longer. */
function saidLine(stderr: NodeJS.WriteStream): StatusLine {
  let last: number | null = null
  return {
    draw: (line) => {
      last ??= performance.now()
      if (performance.now() - last < saidEveryMs) return
      last = performance.now()
      stderr.write(`${line}\n`)
    },
    clear: () => {
      last = null
    },
    above: (write) => write(),
  }
}

function explained(error: NodeJS.ErrnoException): Error {
  if (error.code === 'EPIPE') return new PipeClosed()
  return new PartlyDone(`stdout could not be written: ${error.message}.`, {
    hint: 'Is the disk full? What was written is not all of it.',
    cause: error,
  })
}
