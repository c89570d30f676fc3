import {mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {Conflict} from '../rules/errors.ts'

const patienceMs = 10_000
const pollMs = 50

/** One process at a time: the file holds the process id of the holder; a dead holder's lock is taken over. */
export class FolderLock {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /**
   * Waits a moment for the holder to finish.
   * @throws Conflict naming the holder when it does not.
   */
  async acquire(): Promise<void> {
    mkdirSync(dirname(this.#file), {recursive: true, mode: 0o700})
    const deadline = Date.now() + patienceMs
    while (!this.#tryAcquire()) {
      if (Date.now() > deadline) throw this.#held()
      await wait(pollMs)
    }
  }

  release(): void {
    if (this.#holder()?.pid === process.pid) rmSync(this.#file, {force: true})
  }

  #tryAcquire(): boolean {
    try {
      writeFileSync(this.#file, JSON.stringify({pid: process.pid, command: process.argv.slice(2).join(' ')}), {
        flag: 'wx',
        mode: 0o600,
      })
      return true
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      this.#buryTheDead()
      return false
    }
  }

  // Under a second, atomic lock: two processes that both saw the dead holder must not remove each other's new lock.
  #buryTheDead(): void {
    const holder = this.#holder()
    if (!holder || isRunning(holder.pid)) return
    const burial = `${this.#file}.burial`
    if (!makeFolder(burial)) return
    try {
      if (this.#holder()?.pid === holder.pid) rmSync(this.#file, {force: true})
    } finally {
      rmdirSync(burial)
    }
  }

  // An empty file is one that its holder is just writing.
  #holder(): {pid: number; command: string} | undefined {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8'))
    } catch {
      return undefined
    }
  }

  #held(): Conflict {
    const holder = this.#holder()
    const who = holder ? `process ${holder.pid} (pm ${holder.command})` : 'another process'
    return new Conflict(`The sandbox is in use by ${who}.`, {
      hint: `It takes one process at a time. Wait for it to end; if it hangs, end it: kill ${holder?.pid ?? 'PID'}`,
      details: holder,
    })
  }
}

/** Whether this call made the folder; one left behind by a crash is cleared away after a while. */
function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch {
    const age = Date.now() - (statSync(folder, {throwIfNoEntry: false})?.mtimeMs ?? Date.now())
    if (age > patienceMs) rmSync(folder, {recursive: true, force: true})
    return false
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
