import {readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {UsageError} from '../../rules/errors.ts'
import {whyFailed} from '../../rules/file-failure.ts'
import {parseContextName} from './context-name.ts'

const fileName = '.pm-context'
const longestFile = 256

/**
 * The context that a `.pm-context` in the folder names. The folder may be somebody else's: the file can only choose
 * among the operator's own contexts.
 * @throws UsageError when there is one that names none
 */
export function readFolderFile(folder: string): string | undefined {
  const file = join(folder, fileName)
  const status = statSync(file, {throwIfNoEntry: false})
  if (!status) return undefined
  const text = status.isFile() && status.size <= longestFile ? read(file) : ''
  if (text === '' || /\s/.test(text)) {
    throw new UsageError(`${file} does not name a context.`, {
      hint: 'It holds one name, such as staging. Correct it, or choose by hand: --context NAME',
    })
  }
  return parseContextName(text)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${whyFailed(cause)}.`, {cause})
  }
}
