import {canAsk} from '../ask.ts'
import type {Surroundings} from '../surroundings.ts'
import {isPlain} from '../terminal.ts'

interface Asked {
  output?: string | undefined
  json?: boolean | undefined
  fields?: string | undefined
  'no-input'?: boolean | undefined
}

/** Whether a command may take the whole terminal: somebody is at it, who did not ask for an output or for plain lines. */
export function hasScreen(around: Surroundings, asked: Asked): boolean {
  return isAttended(around, asked) && !isPlain(around.env)
}

/**
 * Whether a command may go on and on, but only line by line: screen readers cannot follow what is drawn over. That is
 * with PM_ACCESSIBLE=1, and on terminals that can only print.
 */
export function hasLines(around: Surroundings, asked: Asked): boolean {
  return isAttended(around, asked) && isPlain(around.env)
}

function isAttended({terminal}: Surroundings, {output, json, fields, ...flags}: Asked): boolean {
  const wantsOutput = output !== undefined || json || fields !== undefined
  return canAsk(terminal, flags['no-input']) && terminal.isTTY.stdout && !wantsOutput
}
