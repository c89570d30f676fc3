import {askChoice, askConsent, askFor, askText} from './ask.ts'
import type {Choice} from './choice.ts'
import type {Ask} from './consent.ts'

/** How an operator at a terminal is asked: for consent, and for what they left out. */
export interface Asker extends NonNullable<Ask> {
  /** One of what is found while they type. */
  search(message: string, find: (typed: string) => Promise<readonly Choice[]>): Promise<string>
  /** One of a few. */
  choose(message: string, choices: readonly Choice[]): Promise<string>
  /** Any text; empty where they leave it out. */
  text(message: string): Promise<string>
}

/** Asks on the process's own terminal. */
export const terminalAsker: Asker = {...askConsent, search: askFor, choose: askChoice, text: askText}
