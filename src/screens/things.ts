import type {Style} from '../output/style.ts'
import type {Thing} from './acts.ts'

/** A list as its page has it. */
export interface Rows {
  head: string
  rows: readonly {name: string; line: string}[]
  /** What the list says beside its rows, such as that there are more. */
  said: readonly string[]
}

/** How the pages of things are made, and what their operator may do. */
export interface Things {
  /** What a command would show. */
  show(words: readonly string[]): Promise<string>
  /** The record that a command would show. */
  record(words: readonly string[]): Promise<Thing>
  /** The rows of a list: what its table says of each, and what each is called. */
  rows(words: readonly string[]): Promise<Rows>
  /** Runs a command in the terminal itself. */
  run(words: readonly string[]): Promise<void>
  /** What a command does, in a sentence; undefined where the operator may not. */
  offer(command: string): Promise<string | undefined>
  /** Whether the operator has a permission. */
  may(permission: string): boolean
  /** Is told whose page was opened from a list. */
  seen?(thing: {words: readonly string[]; name: string}): void
  style: () => Style
}
