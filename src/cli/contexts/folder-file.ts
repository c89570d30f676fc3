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
  const status = reading(file, () => statSync(file, {throwIfNoEntry: false}))
  if (!status) return undefined
  const isShort = status.isFile() && status.size <= longestFile
  const text = isShort ? reading(file, () => readFileSync(file, 'utf8').trim()) : ''
  if (text === '' || /\s/.test(text)) {
    throw new UsageError(`${file} does not name a context.`, {
      hint: 'It holds one name, such as staging. Correct it, or choose by hand: --context NAME',
    })
  }
  return parseContextName(text)
}

function reading<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${whyFailed(cause)}.`, {
      hint: 'Work in another folder, or choose by hand: --context NAME',
      cause,
    })
  }
}
