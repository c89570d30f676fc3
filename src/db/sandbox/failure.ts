import {DatabaseUnreachable} from '../../rules/errors.ts'
import {whyFailed} from '../../rules/file-failure.ts'

const anew = 'To throw it away and start with a new one: pm sandbox reset'

/** @param why what was found, as a clause */
export function damaged(why: string, cause?: unknown): DatabaseUnreachable {
  return new DatabaseUnreachable(`The sandbox is damaged: ${why.replace(/\.$/, '')}.`, {hint: anew, cause})
}

/** @param major the version of PostgreSQL that made it, where `ours` is the one that would have to open it */
export function madeByOther(major: string, ours: string): DatabaseUnreachable {
  return new DatabaseUnreachable(`The sandbox is one of PostgreSQL ${major}, and this pm brings PostgreSQL ${ours}.`, {
    hint: anew,
  })
}

export function madeByNewer(): DatabaseUnreachable {
  return new DatabaseUnreachable('The sandbox was made by a newer pm.', {hint: `Update pm. ${anew}`})
}

/** An error of the file system in words an operator can act on; any other error as it is. */
export function explainFiles(error: unknown, folder: string): unknown {
  // Node's errors of the file system name the call that failed.
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error
  return new DatabaseUnreachable(`The sandbox cannot be kept in ${folder}: ${whyFailed(error)}.`, {
    hint: 'Make that a folder you may write, or keep the data of pm elsewhere: PM_DATA_DIR=FOLDER',
    cause: error,
  })
}
