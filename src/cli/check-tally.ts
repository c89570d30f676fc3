import type {CheckOutcome} from '../rules/check-outcome.ts'
import {exitCodes} from '../rules/exit-codes.ts'

/** What a check of many has come to so far. */
export class CheckTally {
  #checked = 0
  #stored = 0
  #notStored = 0
  readonly #outcomes = new Set<CheckOutcome>()

  /** @param change the change that stored it; null where nothing was to be stored, or it could not be */
  add(outcome: CheckOutcome, change: number | null): void {
    this.#outcomes.add(outcome)
    this.#checked += 1
    if (change !== null) this.#stored += 1
  }

  /** One could not be stored. */
  miss(): void {
    this.#notStored += 1
  }

  get checked(): number {
    return this.#checked
  }

  get hasStored(): boolean {
    return this.#stored > 0
  }

  /** Of how many nothing was to be stored, in words; undefined where there is none. Only of a check that stores. */
  get nothingText(): string | undefined {
    const nothing = this.#checked - this.#stored - this.#notStored
    if (nothing === 0) return undefined
    const [what, are] =
      nothing === 1 ? ['1 there was', 'it has'] : [`${nothing.toLocaleString('en')} there was`, 'they have']
    return `Of ${what} nothing to store: ${are} no records that DNS could be held against.`
  }

  get checkedText(): string {
    return `${this.#checked.toLocaleString('en')} were checked.`
  }

  /** @param stored how many are, where that is known better */
  storedText(stored = this.#stored): string {
    return `What was found of ${stored.toLocaleString('en')} is stored.`
  }

  /** How the command exits: what is wrong comes before what could not be asked, and that before what could not be stored. */
  get exitCode(): number {
    if (this.#outcomes.has('failing')) return exitCodes.checkFailed.code
    if (this.#outcomes.has('unknown')) return exitCodes.upstreamFailed.code
    return this.#notStored > 0 ? exitCodes.partlyDone.code : exitCodes.done.code
  }
}
