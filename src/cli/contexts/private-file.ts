import {randomUUID} from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {makeFolders} from '../../db/make-folders.ts'
import {Conflict} from '../../rules/errors.ts'
import {whyFailed} from '../../rules/file-failure.ts'

/**
 * The text of a file that only its owner may read, or undefined where there is none.
 * @throws Conflict when others may read it, or may put another file in its place.
 */
export function readPrivate(file: string): string | undefined {
  const folder = dirname(file)
  const reading = `${file} cannot be read`
  const mode = explaining(reading, () => statSync(folder, {throwIfNoEntry: false})?.mode)
  requireMode(folder, mode, 0o022, 'changed', '700')
  const handle = explaining(reading, () => openIfThere(file))
  if (handle === undefined) return undefined
  try {
    requireMode(file, fstatSync(handle).mode, 0o077, 'read', '600')
    return explaining(reading, () => readFileSync(handle, 'utf8'))
  } finally {
    closeSync(handle)
  }
}

/** The names of the files in a folder; none where there is no such folder. @throws Conflict */
export function filesIn(folder: string): string[] {
  return existsSync(folder) ? explaining(`${folder} cannot be read`, () => readdirSync(folder)) : []
}

/** Writes a file that must not be there yet: of several processes that try, one does. False where it is there. */
export function createPrivate(file: string, text: string): boolean {
  return writeBeside(file, text, (beside) => {
    try {
      linkSync(beside, file)
      return true
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      throw error
    } finally {
      rmSync(beside, {force: true})
    }
  })
}

/** Writes a file in place of the one that may be there. */
export function replacePrivate(file: string, text: string): void {
  writeBeside(file, text, (beside) => renameSync(beside, file))
}

// Written beside and then put in place: a reader sees a whole file or none, whenever the machine stops.
function writeBeside<T>(file: string, text: string, put: (beside: string) => T): T {
  const folder = dirname(file)
  const beside = join(folder, `.${basename(file)}.${randomUUID()}`)
  return explaining(`${folder} cannot be written`, () => {
    makeFolders(folder)
    chmodSync(folder, 0o700)
    writeFileSync(beside, text, {mode: 0o600})
    return put(beside)
  })
}

function openIfThere(file: string): number | undefined {
  try {
    return openSync(file, 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function requireMode(path: string, mode: number | undefined, forbidden: number, can: string, right: string): void {
  if (mode === undefined || !(mode & forbidden)) return
  throw new Conflict(`${path} can be ${can} by others.`, {hint: `Close it: chmod ${right} ${path}`})
}

function explaining<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (codeOf(cause) === undefined) throw cause
    throw new Conflict(`${what}: ${whyFailed(cause)}.`, {
      hint: 'Mend that, or have pm keep its files elsewhere: PM_CONFIG_DIR, PM_DATA_DIR, PM_CACHE_DIR',
      cause,
    })
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
