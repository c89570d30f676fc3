import {setTimeout as wait} from 'node:timers/promises'
import {type IPty, spawn} from '@lydell/node-pty'
import xterm from '@xterm/headless'
import {baseEnvironment, pmScript} from './process.ts'

/** How large the terminal is and what surrounds the process in it. */
export interface Seat {
  columns?: number
  rows?: number
  env?: Readonly<Record<string, string>>
}

const keys = {
  enter: '\r',
  escape: '\u001b',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  'page-down': '\u001b[6~',
  backspace: '\u007f',
  'ctrl-c': '\u0003',
  'ctrl-d': '\u0004',
} as const

const patienceMs = 120_000
const pollMs = 20
const settledMs = 50

/** A person's terminal: keystrokes go in, and what they see comes out, as a terminal emulator draws it. */
export class TestTerminal {
  readonly #pty: IPty
  readonly #screen: xterm.Terminal
  readonly #ended: Promise<number>
  #raw = ''

  constructor(command: string, args: readonly string[], {columns = 80, rows = 24, env = {}}: Seat) {
    this.#screen = new xterm.Terminal({cols: columns, rows, scrollback: 1_000, allowProposedApi: true})
    this.#pty = spawn(command, [...args], {
      name: env['TERM'] ?? 'xterm-256color',
      cols: columns,
      rows,
      cwd: '/',
      env: {...baseEnvironment(), TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env},
    })
    this.#pty.onData((data) => {
      this.#raw += data
      this.#screen.write(data)
    })
    this.#ended = new Promise((resolve) => {
      this.#pty.onExit(({exitCode, signal}) => resolve(signal ? 128 + signal : exitCode))
    })
  }

  /** The id of the process in the terminal. */
  get pid(): number {
    return this.#pty.pid
  }

  /** Every byte that was written to the terminal. */
  get raw(): string {
    return this.#raw
  }

  type(text: string): void {
    this.#pty.write(text)
  }

  press(key: keyof typeof keys): void {
    this.#pty.write(keys[key])
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows)
    this.#pty.resize(columns, rows)
  }

  /** Everything shown so far, also what scrolled away, without trailing space. */
  async shown(): Promise<string> {
    return this.#text(0)
  }

  /** What is on the screen, once nothing has been written for a moment: a prompt that is drawn anew is erased first. */
  async screen(): Promise<string> {
    for (let written = -1; written !== this.#raw.length; await wait(settledMs)) written = this.#raw.length
    return this.#text(this.#screen.buffer.active.baseY)
  }

  async #text(from: number): Promise<string> {
    await new Promise<void>((resolve) => this.#screen.write('', resolve))
    const {active} = this.#screen.buffer
    const lines = Array.from({length: active.length}, (_, row) => active.getLine(row)?.translateToString(true) ?? '')
    return lines.slice(from).join('\n').trimEnd()
  }

  /** Waits until something was shown. @throws with all that was shown, when it does not come. */
  async waitFor(text: string | RegExp): Promise<void> {
    const deadline = Date.now() + patienceMs
    const matches = (shown: string) => (typeof text === 'string' ? shown.includes(text) : text.test(shown))
    while (!matches(await this.shown())) {
      if (Date.now() > deadline) throw new Error(`The terminal never showed ${text}:\n${await this.shown()}`)
      await wait(pollMs)
    }
  }

  /** The exit code, as a shell tells it: 128 and the signal's number where one ended the process. */
  async ended(): Promise<number> {
    const tooLong = wait(patienceMs, undefined, {ref: false}).then(async () => {
      throw new Error(`The process in the terminal did not end:\n${await this.shown()}`)
    })
    return Promise.race([this.#ended, tooLong])
  }

  /** Reads nothing any more, so that whatever writes to the terminal waits; until `goOn`. */
  pause(): void {
    this.#pty.pause()
  }

  goOn(): void {
    this.#pty.resume()
  }

  /** Closes the terminal's window: what runs in it gets SIGHUP, and whatever is read or written from then on fails. */
  hangUp(): void {
    // node-pty would send a second one.
    const pty: IPty & {destroy?: () => void} = Object.assign(this.#pty, {kill: () => {}})
    pty.destroy?.()
  }

  /** What the emulator was told and would still do after the process: nothing, where the terminal is as it was found. */
  async leftOn(): Promise<string[]> {
    await this.screen()
    const {modes, buffer} = this.#screen
    const states = {
      'cursor hidden': this.#raw.lastIndexOf('\u001b[?25l') > this.#raw.lastIndexOf('\u001b[?25h'),
      'second screen': buffer.active.type === 'alternate',
      'no wrapping': !modes.wraparoundMode,
      'bracketed paste': modes.bracketedPasteMode,
      'application cursor keys': modes.applicationCursorKeysMode,
      'focus events': modes.sendFocusMode,
      mouse: modes.mouseTrackingMode !== 'none',
      'insert mode': modes.insertMode,
    }
    return Object.entries(states).flatMap(([state, isOn]) => (isOn ? state : []))
  }
}

/** The built pm in a terminal. */
export function pmInTerminal(argv: readonly string[], seat: Seat = {}): TestTerminal {
  return new TestTerminal(process.execPath, [pmScript(), ...argv], seat)
}

/** A line of bash in a terminal, in which `pm` is the built pm. */
export function bashInTerminal(script: string, seat: Seat = {}): TestTerminal {
  const define = `pm() { '${process.execPath}' '${pmScript()}' "$@"; }\n`
  return new TestTerminal('/bin/bash', ['-c', define + script], seat)
}
