import {readFileSync} from 'node:fs'

/** Whether a process with this id is running, whoever's it is. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * When a process began, in the system's own count: ids are given out again, after a reboot or in a new container, and
 * then this differs. Null where there is no /proc to tell.
 */
export function birthOf(pid: number): string | null {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // proc_pid_stat(5): the 22nd field; the second is a name in parentheses that may hold anything, so count behind it.
    return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
