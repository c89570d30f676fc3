import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {fileURLToPath} from 'node:url'

const script = fileURLToPath(new URL('process.ts', import.meta.url))

/** A running process that uses the sandbox. */
export interface SandboxProcess {
  pid: number
  /** Resolves when the process has printed a line that begins so. */
  says(beginning: string): Promise<void>
  /** Resolves with all that it printed when it has ended by itself. */
  ended(): Promise<string[]>
  /** Ends it as a crash would: it cannot clean up. */
  kill(): Promise<void>
}

/** Starts a process that opens the sandbox and closes it again, or that holds it until it is killed. */
export function startProcess(act: 'use' | 'hold', folder: string): SandboxProcess {
  const child = spawn(process.execPath, [script, act, folder], {stdio: ['ignore', 'pipe', 'pipe']})
  const exited = once(child, 'close')
  let printed = ''
  let complaints = ''
  child.stdout.on('data', (data) => (printed += data))
  child.stderr.on('data', (data) => (complaints += data))
  const lines = () => printed.split('\n').slice(0, -1)
  return {
    pid: child.pid ?? 0,
    says: async (beginning) => {
      while (!lines().some((line) => line.startsWith(beginning))) {
        if (hasEnded(child)) throw new Error(`It never said “${beginning}”: ${printed}${complaints}`)
        await Promise.race([once(child.stdout, 'data'), exited])
      }
    },
    ended: async () => {
      const [code] = await exited
      if (code !== 0) throw new Error(`It ended with ${code}: ${complaints}`)
      return lines()
    },
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

function hasEnded({exitCode, signalCode}: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}
