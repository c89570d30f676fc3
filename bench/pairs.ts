import {spawnSync} from 'node:child_process'

/** A whole process to time: what to run, and with which environment besides ours. */
export interface Program {
  command: string
  args: readonly string[]
  env?: Readonly<Record<string, string>>
}

/**
 * Runs two programs in turn, A B A B …, so that both see the same machine, and returns how many seconds an operator
 * waited for every counted run.
 * @throws when a run fails: a failed run is not a fast one.
 */
export function inTurn(one: Program, other: Program, runs: number): {one: number[]; other: number[]} {
  const waited = {one: [] as number[], other: [] as number[]}
  // The first runs fill caches that an operator's second command finds filled.
  for (let run = -2; run < runs; run += 1) {
    const [first, second] = [secondsOf(one), secondsOf(other)]
    if (run < 0) continue
    waited.one.push(first)
    waited.other.push(second)
  }
  return waited
}

function secondsOf({command, args, env}: Program): number {
  const start = performance.now()
  const {status, stderr} = spawnSync(command, args, {
    env: {...process.env, ...env},
    maxBuffer: 1 << 30,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited ${status}: ${stderr}`)
  return (performance.now() - start) / 1_000
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
