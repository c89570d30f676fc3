import {type Asker, terminalAsker} from './asker.ts'
import {type OpenedSession, openSession} from './open-session.ts'
import {processTerminal, type Terminal} from './terminal.ts'

/** Everything outside of pm that a command touches. The one seam: tests put their own in its place. */
export interface Surroundings {
  terminal: Terminal
  asker: Asker
  env: Readonly<Record<string, string | undefined>>
  workingFolder: string
  now: () => Date
  /** Whether the operator sees where they work all the time, so that a read need not say it. */
  isPlaceShown?: boolean
  /** Whether what is shown is compared with what was, so that rows tell all that they say. */
  isCompared?: boolean
  /** What a second Ctrl-C does; by itself it ends the process. */
  insist?: () => void
  open: (...arguments_: Parameters<typeof openSession>) => Promise<OpenedSession>
}

export function processSurroundings(): Surroundings {
  return {
    terminal: processTerminal(process),
    asker: terminalAsker,
    env: process.env,
    workingFolder: process.cwd(),
    now: () => new Date(),
    open: openSession,
  }
}
