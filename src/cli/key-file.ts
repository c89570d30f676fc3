import {closeSync, existsSync, fsyncSync, openSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {dirname, resolve} from 'node:path'
import {CommitUnknown, Conflict, UsageError} from '../rules/errors.ts'
import {whyFailed} from '../rules/file-failure.ts'

/** A file for a new private key: it must not be there yet, and only its owner may read it. */
export class KeyFile {
  readonly path: string
  #written = false

  /** @throws Conflict where there is such a file; UsageError where there is no such folder, and for standard output */
  constructor(path: string, workingFolder: string) {
    if (path === '-') throw new UsageError('A private key is never shown: it goes to a file.')
    this.path = resolve(workingFolder, path)
    if (existsSync(this.path)) throw isThere(this.path)
    const folder = dirname(this.path)
    if (!isFolder(folder)) throw new UsageError(`There is no folder ${folder}.`)
  }

  /** Writes the key down for good. @throws Conflict */
  write(key: string): void {
    const handle = this.#create()
    this.#written = true
    try {
      writeFileSync(handle, key)
      fsyncSync(handle)
    } catch (cause) {
      throw new Conflict(`${this.path} could not be written: ${whyFailed(cause)}.`, {cause})
    } finally {
      closeSync(handle)
    }
  }

  /** Takes the file away if the change failed that it was for; where nobody knows, the key may be in use. */
  takeBack(error: unknown): void {
    if (this.#written && !(error instanceof CommitUnknown)) rmSync(this.path, {force: true})
  }

  #create(): number {
    try {
      return openSync(this.path, 'wx', 0o600)
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') throw isThere(this.path)
      throw new Conflict(`${this.path} cannot be written: ${whyFailed(cause)}.`, {cause})
    }
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false
  } catch (cause) {
    throw new UsageError(`${path} cannot be looked into: ${whyFailed(cause)}.`, {cause})
  }
}

function isThere(path: string): Conflict {
  return new Conflict(`${path} is there already.`, {hint: 'A key is never written over: name another file.'})
}
