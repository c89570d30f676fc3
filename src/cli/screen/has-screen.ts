import {canAsk} from '../ask.ts'
import type {Surroundings} from '../surroundings.ts'
import {isAccessible} from '../terminal.ts'

interface Asked {
  output?: string | undefined
  json?: boolean | undefined
  fields?: string | undefined
  'no-input'?: boolean | undefined
}

/**
 * Whether a command may take the whole terminal: there is somebody at it, and they did not ask for an output. Screen
 * readers cannot follow a screen that redraws itself; with PM_ACCESSIBLE=1 everything is said in lines.
 */
export function hasScreen({terminal, env}: Surroundings, {output, json, fields, ...flags}: Asked): boolean {
  const wantsText = output !== undefined || json || fields !== undefined
  const isPlain = isAccessible(env) || env.TERM === 'dumb'
  return canAsk(terminal, flags['no-input']) && terminal.isTTY.stdout && !wantsText && !isPlain
}
