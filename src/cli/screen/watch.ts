import {setTimeout as wait} from 'node:timers/promises'
import type {Board} from '../../output/board.ts'
import {paintedSection} from '../../output/detail.ts'
import type {Cell} from '../../output/view.ts'
import {Interrupted, PmError, UsageError} from '../../rules/errors.ts'
import {quoted} from '../../rules/shell-word.ts'
import {untilEnding} from '../endings.ts'
import {Interruption} from '../interruption.ts'
import {screenStyle} from '../style.ts'
import {isPlain} from '../terminal.ts'
import {BoardScreen, type KeyAct, type Subject} from './board-screen.ts'
import {Fresh} from './fresh.ts'
import {Lender} from './lender.ts'
import {captureLine, type Host} from './run-line.ts'
import {Stage} from './stage.ts'

/** The columns in front of a line that say whether it is fresh. */
const margin = 2

/**
 * Runs a command line every so many seconds over one session, and shows what has changed. On a plain terminal (and with
 * PM_ACCESSIBLE=1) nothing is drawn over: what changed is said line by line.
 * @throws UsageError off a terminal, Interrupted, and what the first run throws
 */
export async function watchLine(words: readonly string[], host: Host, seconds: number): Promise<void> {
  const {isTTY} = host.around.terminal
  if (!isTTY.stdout || !isTTY.stdin || !isTTY.stderr) {
    throw new UsageError('--watch shows changes on a terminal, and this is none.', {
      hint: 'In a script, run the command again when you need it.',
    })
  }
  const lender = new Lender(host.around)
  const interruption = new Interruption()
  interruption.cancels(lender)
  const left = new AbortController()
  const signal = AbortSignal.any([interruption.signal, left.signal])
  try {
    const watch = new Watch(words, {...host, around: lender.around}, seconds, signal)
    if (isPlain(host.around.env))
      await untilEnding(
        () => left.abort(),
        () => watch.tell(),
      )
    else await watch.run()
  } finally {
    left.abort()
    interruption.end()
    await lender.close()
  }
}

class Watch implements Subject {
  readonly #words: readonly string[]
  readonly #host: Host
  readonly #seconds: number
  readonly #signal: AbortSignal
  readonly #stage = new Stage()
  readonly #fresh = new Fresh()
  #lines: readonly string[] = []
  #marks: readonly boolean[] = []
  #at = new Date()
  #notice: Cell | null = null

  constructor(words: readonly string[], host: Host, seconds: number, signal: AbortSignal) {
    this.#words = words
    this.#host = host
    this.#seconds = seconds
    this.#signal = signal
  }

  readonly keys: Readonly<Record<string, KeyAct>> = {
    q: () => this.#stage.back(),
    escape: () => this.#stage.back(),
    r: () => this.#stage.run(this.#look()),
  }

  /** Shows what changes on a screen, until it is left. */
  async run(): Promise<void> {
    await this.#look()
    this.#stage.run(this.#lookAgain())
    await this.#stage.show(new BoardScreen(this, () => screenStyle(this.#host.around, {})))
  }

  board(): Board {
    const text = this.#lines.map((line, index) => `${this.#marks[index] ? '●' : ' '} ${line}\n`).join('')
    const fresh = this.#marks.filter(Boolean).length
    const time = this.#at.toTimeString().slice(0, 8)
    const change = fresh === 0 ? '' : ` · ${fresh} changed (●)`
    return {
      head: [
        {text: ['pm', ...this.#words.map(quoted)].join(' '), tone: 'strong'},
        {text: `Every ${this.#seconds} s · ${time}${change}`, tone: fresh === 0 ? 'dim' : 'warn'},
      ],
      entries: [],
      detail: [paintedSection(text)],
      notice: this.#notice,
      keys: ['q quit', 'r now', '↑↓ scroll'],
    }
  }

  async #look(): Promise<void> {
    const width = this.#host.around.terminal.width - margin
    const {shown, said} = await captureLine(this.#words, this.#host, width)
    this.#lines = [...shown.trimEnd().split('\n'), ...said]
    this.#marks = this.#fresh.mark(this.#lines)
    this.#at = this.#host.around.now()
    this.#notice = null
  }

  async #lookAgain(): Promise<void> {
    for (;;) {
      await this.#pause()
      await this.#look().catch((error: unknown) => this.#complain(error))
      this.#stage.redraw()
    }
  }

  async #pause(): Promise<void> {
    await wait(this.#seconds * 1_000, undefined, {signal: this.#signal}).catch((cause: unknown) => {
      throw new Interrupted('Nothing was changed.', {cause})
    })
  }

  // What fails now may work again in a moment.
  #complain(error: unknown): void {
    if (!(error instanceof PmError)) throw error
    this.#notice = {text: error.message, tone: 'bad'}
  }

  /** Says line by line what changes. */
  async tell(): Promise<void> {
    const {terminal} = this.#host.around
    await this.#look()
    await terminal.write(`${this.#lines.join('\n')}\n`)
    for (;;) {
      await this.#pause()
      const before = new Set(this.#lines)
      await this.#look()
      const changed = this.#lines.filter((line) => !before.has(line))
      if (changed.length > 0) await terminal.write(`${changed.map((line) => `● ${line}\n`).join('')}`)
    }
  }
}
