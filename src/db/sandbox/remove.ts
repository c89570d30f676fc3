import {existsSync, renameSync, rmSync} from 'node:fs'
import {FolderLock} from '../folder-lock.ts'
import {explainFiles} from './failure.ts'
import {partsOf} from './parts.ts'

/** Whether there is a sandbox in this folder, in whatever state. */
export function hasSandbox(folder: string): boolean {
  return existsSync(partsOf(folder).database)
}

/**
 * Throws the sandbox away, whatever state it is in; the next use makes a new one.
 * @throws Conflict when another process holds it; DatabaseUnreachable when it cannot be written
 */
export async function removeSandbox(folder: string, progress: (message: string) => void): Promise<void> {
  const {lock: file, database, making} = partsOf(folder)
  const lock = new FolderLock(file)
  try {
    await lock.acquire(progress)
    rmSync(making, {recursive: true, force: true})
    // Out of its place at once, so that whoever kills this half-way leaves no half a sandbox.
    if (existsSync(database)) renameSync(database, making)
    rmSync(making, {recursive: true, force: true})
  } catch (error) {
    throw explainFiles(error, folder)
  } finally {
    lock.release()
  }
}
