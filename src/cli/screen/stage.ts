import {createInterface, emitKeypressEvents} from 'node:readline'
import {PassThrough} from 'node:stream'
import type {Size} from '../../output/frame.ts'
import {Interrupted} from '../../rules/errors.ts'
import {onEnding} from '../endings.ts'
import {stop} from '../stop.ts'
import {anyKey} from './any-key.ts'

/** A key that was pressed. */
export interface Key {
  /** `up`, `return`, `escape`, `pagedown`; of a letter the letter itself. */
  name: string
  /** What it types; empty where it types nothing. */
  text: string
}

/** What fills the terminal until it is left. */
export interface Screen {
  /** Its lines, painted, one for each row. */
  draw(size: Size): Promise<readonly string[]>
  press(key: Key): void
}

// The second screen, no cursor, no wrapping (DEC private modes 1049, 25, 7): taken, and given back in reverse order.
const take = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J'
const giveBack = '\u001b[?7h\u001b[?25h\u001b[?1049l'
// Terminals that know mode 2026 show what stands between these at once; the others ignore them.
const [begin, end] = ['\u001b[?2026h', '\u001b[?2026l']

// Escape is told from the keys whose codes begin with it by this time; readline's own half a second would swallow what is
// typed behind it.
const decoding = createInterface({input: new PassThrough(), escapeCodeTimeout: 100})

/**
 * The terminal as a whole, for screens that lie on each other; when the last is left, it is as it was found.
 *
 * There is no library in it. Node's own `readline` decodes the keys, as it does for @inquirer, and is loaded already;
 * the lines come from the same sanitized, width-aware renderers as every other output, so that drawing is to put the
 * lines that changed in their rows. Measured to load on Node 24: ink takes 280 ms and sixty packages (React, a layout
 * engine in WebAssembly), log-update 45 ms, terminal-kit and @inquirer/core 30 ms. ink and terminal-kit measure text
 * their own way, log-update reads no keys, and @inquirer/core redraws a question in the flow of a terminal, not all of
 * one. Questions stay with @inquirer.
 */
export class Stage {
  readonly #screens: Screen[] = []
  readonly #left = Promise.withResolvers<void>()
  #isTaken = false
  #wasAside = false
  #stopListening = () => {}
  #shown: readonly string[] = []
  #isDrawing = false
  #isStale = false

  /**
   * Shows a screen, and what it opens, until all are left.
   * @throws Interrupted on Ctrl-C, Ctrl-D, a signal, and when the terminal is gone
   */
  async show(first: Screen): Promise<void> {
    this.#take()
    try {
      this.open(first)
      await this.#left.promise
    } finally {
      this.#giveBack()
    }
  }

  /** Lays a screen over the one that is shown. */
  open(screen: Screen): void {
    this.#screens.push(screen)
    this.redraw()
  }

  /** Leaves the screen on top. */
  back(): void {
    this.#screens.pop()
    if (this.#screens.length === 0) this.#left.resolve()
    else this.redraw()
  }

  /** Draws the screen on top as it is now. */
  redraw(): void {
    if (this.#isTaken) this.run(this.#draw())
  }

  /** Lets something happen meanwhile; where it fails, the stage ends with its error. */
  run(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#left.reject(error))
  }

  /** Gives the terminal to somebody else, who asks and says things in it, and comes back when a key is pressed. */
  aside(work: () => Promise<void>): void {
    this.#giveBack()
    this.#wasAside = true
    this.run(
      work().then(async () => {
        process.stderr.write('\nAny key goes back. ')
        await anyKey()
        process.stderr.write('\n')
        this.#take()
        this.redraw()
      }),
    )
  }

  /** Puts a text on the clipboard of the operator's machine, where their terminal lets it (xterm's OSC 52). */
  copy(text: string): void {
    process.stderr.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`)
  }

  async #draw(): Promise<void> {
    this.#isStale = true
    if (this.#isDrawing) return
    this.#isDrawing = true
    try {
      while (this.#isStale) {
        this.#isStale = false
        const lines = (await this.#screens.at(-1)?.draw(size())) ?? []
        if (this.#isTaken) this.#put(lines)
      }
    } finally {
      this.#isDrawing = false
    }
  }

  #put(lines: readonly string[]): void {
    const changed = lines.flatMap((line, row) =>
      line === this.#shown[row] ? [] : [`\u001b[${row + 1};1H\u001b[2K${line}`],
    )
    this.#shown = lines
    if (changed.length > 0) process.stderr.write(`${begin}${changed.join('')}${end}`)
  }

  readonly #onKey = (text: string | undefined, {name, ctrl, meta}: {name?: string; ctrl?: boolean; meta?: boolean}) => {
    if (ctrl && (name === 'c' || name === 'd')) return this.#cut()
    if (ctrl && name === 'z') return this.#stop()
    const typed = text !== undefined && !ctrl && !meta && /^[^\u0000-\u001f\u007f]+$/.test(text) ? text : ''
    this.#screens.at(-1)?.press({name: typed || (ctrl ? `ctrl-${name}` : (name ?? '')), text: typed})
    this.redraw()
  }

  // What was done aside has said itself what it changed.
  readonly #cut = () => this.#left.reject(new Interrupted(this.#wasAside ? 'Interrupted.' : 'Nothing was changed.'))

  #stop(): void {
    this.#giveBack()
    stop(() => {
      this.#take()
      this.redraw()
    })
  }

  readonly #onResize = () => {
    this.#shown = []
    process.stderr.write('\u001b[2J')
    this.redraw()
  }

  readonly #restore = () => void process.stderr.write(giveBack)

  #take(): void {
    const {stdin, stderr} = process
    this.#isTaken = true
    this.#shown = []
    emitKeypressEvents(stdin, decoding)
    stdin.setRawMode(true)
    stdin.on('keypress', this.#onKey).resume()
    stderr.write(take)
    stderr.on('resize', this.#onResize)
    this.#stopListening = onEnding(this.#cut)
    process.on('exit', this.#restore)
  }

  #giveBack(): void {
    if (!this.#isTaken) return
    const {stdin, stderr} = process
    this.#isTaken = false
    stdin.off('keypress', this.#onKey).pause()
    stderr.off('resize', this.#onResize)
    this.#stopListening()
    process.off('exit', this.#restore)
    this.#restore()
    stdin.setRawMode(false)
  }
}

function size(): Size {
  const {columns, rows} = process.stderr
  return {columns: columns || 80, rows: rows || 24}
}
