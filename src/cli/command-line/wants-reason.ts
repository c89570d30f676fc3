import type {Environment} from '../contexts/server-address.ts'
import type {Described} from './described.ts'
import {readWords} from './typed-words.ts'

/** Whether a command line does what in production takes a reason, and has none: not where it only looks, or may not write. */
export function wantsReason(words: readonly string[], {flags}: Described, env: Environment): boolean {
  const given = readWords(words, flags).flags
  const variable = flags.write?.env
  const mayWrite = !flags.write || given.has('write') || (variable !== undefined && isYes(env[variable]))
  return mayWrite && !given.has('dry-run') && !given.has('reason') && !env.PM_REASON
}

function isYes(text = ''): boolean {
  return /^(1|true|y|yes)$/i.test(text)
}
