import {sanitize} from '../output/sanitize.ts'
import type {Terminal} from './terminal.ts'

// Shorter waits are nobody's concern, where each costs a line of a log.
const toldAfterMs = 5_000

/**
 * A wait in the middle of work, from when it begins until something moves again. Where no status line is drawn, a long
 * one is told of when it begins and when it ends.
 */
export class Standstill {
  readonly #terminal: Terminal
  readonly #now: () => number
  #since: number | undefined
  #isTold = false
  #waitsFor: string | null = null
  #totalMs = 0

  constructor(terminal: Terminal, now: () => number) {
    this.#terminal = terminal
    this.#now = now
  }

  /** What is waited for, in words; null where nothing is. */
  get waitsFor(): string | null {
    return this.#waitsFor
  }

  /** How long all waits took that have ended. */
  get totalMs(): number {
    return this.#totalMs
  }

  /** It waits, still or from now on. */
  lasts(waitsFor: string): void {
    this.#waitsFor = waitsFor
    this.#since ??= this.#now()
    const isLong = this.#now() - this.#since >= toldAfterMs
    if (this.#isTold || !isLong || this.#terminal.isTTY.stderr) return
    this.#isTold = true
    this.#terminal.say(sanitize(`${waitsFor.charAt(0).toUpperCase()}${waitsFor.slice(1)}.`))
  }

  /** It goes on. */
  end(): void {
    if (this.#since === undefined) return
    const ms = this.#now() - this.#since
    if (this.#isTold) this.#terminal.say(`It goes on, after ${Math.round(ms / 1_000)} s.`)
    this.#totalMs += ms
    this.#since = undefined
    this.#isTold = false
    this.#waitsFor = null
  }
}
