import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {inject} from 'vitest'

/** How a process ended and what it left behind. */
export interface Ended {
  stdout: string
  stderr: string
  exitCode: number | null
  signal: NodeJS.Signals | null
}

/** Where a process runs, on top of an environment that has nothing but PATH and a home of its own. */
export interface Place {
  env?: Readonly<Record<string, string>>
  stdin?: string | Uint8Array
  workingFolder?: string
}

export interface Running {
  process: ChildProcess
  ended: Promise<Ended>
}

/** The built `bin/run.js`. */
export function pmScript(): string {
  return join(inject('builtPm'), 'bin/run.js')
}

/** What every process of a test starts from; the compile cache is shared, for speed. */
export function baseEnvironment(): Record<string, string> {
  const home = join(inject('builtPm'), 'home')
  return {PATH: process.env.PATH ?? '', HOME: home, XDG_CACHE_HOME: join(home, '.cache')}
}

/** Starts the built pm as a process, off a terminal. */
export function startPm(argv: readonly string[], place: Place = {}): Running {
  return start(process.execPath, [pmScript(), ...argv], place)
}

/** Runs the built pm as a process, off a terminal, to its end. */
export function pm(argv: readonly string[], place: Place = {}): Promise<Ended> {
  return startPm(argv, place).ended
}

/** Runs a line of bash, in which `pm` is the built pm. */
export function bash(script: string, place: Place = {}): Promise<Ended> {
  const define = `pm() { '${process.execPath}' '${pmScript()}' "$@"; }\n`
  return start('/bin/bash', ['-c', define + script], place).ended
}

/** Starts any program in the same surroundings. */
export function start(
  command: string,
  args: readonly string[],
  {env, stdin = '', workingFolder = '/'}: Place,
): Running {
  const child = spawn(command, args, {
    env: {...baseEnvironment(), ...env},
    cwd: workingFolder,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // A process that ends without reading its input closes the pipe.
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([stdout, stderr]): Ended => ({stdout, stderr, exitCode: child.exitCode, signal: child.signalCode}),
  )
  return {process: child, ended}
}
