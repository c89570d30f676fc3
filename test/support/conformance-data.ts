import {existsSync, readFileSync} from 'node:fs'
import {resolve} from 'node:path'

/**
 * A file of test vectors that is not ours to keep in the repository, or null where it is not at hand: in
 * `../shared/data` beside the project, or in the folder that `PM_CONFORMANCE_DATA` names.
 */
export function conformanceData(name: string): string | null {
  const root = resolve(import.meta.dirname, '../..')
  const folders = [process.env['PM_CONFORMANCE_DATA'], resolve(root, '../shared/data')]
  const file = folders.flatMap((folder) => (folder ? [resolve(folder, name)] : [])).find(existsSync)
  return file === undefined ? null : readFileSync(file, 'utf8')
}
