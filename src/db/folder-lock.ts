import {mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {Conflict} from '../rules/errors.ts'
import {makeFolders} from './make-folders.ts'
import {birthOf, isRunning} from './running-process.ts'

const pollMs = 50
const silentMs = 500
// Writing a lock takes a moment. One that says nothing for so long was left behind by a crash.
const unreadableMs = 5_000

/** Who holds a lock. With `born`, a later process of the same id is not taken for it. */
interface Holder {
  pid: number
  born: string | null
  command: string
}

/** One process at a time: the file says which one; a dead holder's lock is taken over. */
export class FolderLock {
  readonly #file: string
  readonly #patienceMs: number
  #held = false

  constructor(file: string, patienceMs = 10_000) {
    this.#file = file
    this.#patienceMs = patienceMs
  }

  /**
   * Waits a moment for the holder to finish, and tells `progress` for whom.
   * @throws Conflict naming the holder when it does not.
   */
  async acquire(progress: (message: string) => void): Promise<void> {
    makeFolders(dirname(this.#file))
    const start = Date.now()
    let silent = true
    while (!this.#tryAcquire()) {
      const waited = Date.now() - start
      if (waited > this.#patienceMs) throw this.#inUse()
      if (silent && waited > silentMs) {
        progress(`Waiting for ${this.#who()}, which uses the sandbox…`)
        silent = false
      }
      await wait(pollMs)
    }
  }

  /** Does nothing where the lock was not acquired. */
  release(): void {
    if (this.#held) rmSync(this.#file, {force: true})
    this.#held = false
  }

  #tryAcquire(): boolean {
    const holder: Holder = {pid: process.pid, born: birthOf(process.pid), command: process.argv.slice(2).join(' ')}
    try {
      writeFileSync(this.#file, JSON.stringify(holder), {flag: 'wx', mode: 0o600})
      this.#held = true
      return true
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      this.#buryTheDead()
      return false
    }
  }

  // Under a second, atomic lock: two processes that both saw the dead holder must not remove each other's new lock.
  #buryTheDead(): void {
    if (!this.#isDead()) return
    const burial = `${this.#file}.burial`
    if (!makeFolder(burial)) return
    try {
      if (this.#isDead()) rmSync(this.#file, {recursive: true, force: true})
    } finally {
      rmdirSync(burial)
    }
  }

  #isDead(): boolean {
    const holder = this.#holder()
    if (!holder) return ageOf(this.#file) > unreadableMs
    if (!isRunning(holder.pid)) return true
    const born = birthOf(holder.pid)
    return holder.born !== null && born !== null && born !== holder.born
  }

  // A file that says nothing yet is one that its holder is just writing.
  #holder(): Holder | undefined {
    try {
      const {pid, born, command} = JSON.parse(readFileSync(this.#file, 'utf8'))
      return Number.isInteger(pid) ? {pid, born: born ?? null, command: String(command)} : undefined
    } catch {
      return undefined
    }
  }

  #who(): string {
    const holder = this.#holder()
    return holder ? `process ${holder.pid} (${`pm ${holder.command}`.trim()})` : 'another process'
  }

  #inUse(): Conflict {
    const holder = this.#holder()
    return new Conflict(`The sandbox is in use by ${this.#who()}.`, {
      hint: `It takes one process at a time. Wait for it to end; if it hangs, end it: kill ${holder?.pid ?? 'PID'}`,
      details: holder && {pid: holder.pid, command: holder.command},
    })
  }
}

/** Whether this call made the folder; one left behind by a crash is cleared away after a while. */
function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch {
    if (ageOf(folder) > unreadableMs) rmSync(folder, {recursive: true, force: true})
    return false
  }
}

function ageOf(path: string): number {
  const written = statSync(path, {throwIfNoEntry: false})?.mtimeMs
  return written === undefined ? 0 : Date.now() - written
}
