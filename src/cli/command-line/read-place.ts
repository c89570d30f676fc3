import type {Environment} from '../contexts/server-address.ts'
import type {Described} from './described.ts'
import {readWords} from './typed-words.ts'

/** What a command line that is not parsed yet says of where to work, and whether anybody may be asked. */
export interface TypedPlace {
  context: string | undefined
  /** Seconds. */
  timeout: number | undefined
  noInput: boolean
}

export function readPlace(words: readonly string[], {flags}: Described, env: Environment): TypedPlace {
  const given = readWords(words, flags).flags
  const timeout = Number(given.get('timeout')?.at(-1) ?? env.PM_TIMEOUT)
  return {
    context: given.get('context')?.at(-1),
    timeout: Number.isInteger(timeout) && timeout > 0 ? timeout : undefined,
    noInput: given.has('no-input') || /^(1|y|yes|true)$/i.test(env.PM_NO_INPUT ?? ''),
  }
}
