import type {Style} from '../output/style.ts'

/** How the pages of things are made, and what their operator may do. */
export interface Things {
  /** What a command would show. */
  show(words: readonly string[]): Promise<string>
  /** Runs a command in the terminal itself. */
  run(words: readonly string[]): Promise<void>
  /** What a command does, in a sentence; undefined where the operator may not. */
  offer(command: string): Promise<string | undefined>
  style: () => Style
}
