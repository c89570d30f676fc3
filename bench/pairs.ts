import {spawnSync} from 'node:child_process'

/** A whole process to time: what to run, and with which environment besides ours. */
export interface Program {
  command: string
  args: readonly string[]
  env?: Readonly<Record<string, string>>
}

/** Seconds that passed, and seconds of processor time. */
export interface Cost {
  wall: number
  cpu: number
}

/**
 * Runs two programs in turn, A B A B …, so that both see the same machine, and returns the cost of every counted run.
 * @throws when a run fails: a failed run is not a fast one.
 */
export function inTurn(one: Program, other: Program, runs: number): {one: Cost[]; other: Cost[]} {
  const costs = {one: [] as Cost[], other: [] as Cost[]}
  // The first runs fill caches that an operator's second command finds filled.
  for (let run = -2; run < runs; run += 1) {
    const [first, second] = [cost(one), cost(other)]
    if (run < 0) continue
    costs.one.push(first)
    costs.other.push(second)
  }
  return costs
}

function cost({command, args, env}: Program): Cost {
  const before = process.resourceUsage()
  const start = performance.now()
  const {status, stderr} = spawnSync(command, args, {
    env: {...process.env, ...env},
    maxBuffer: 1 << 30,
    encoding: 'utf8',
  })
  const wall = (performance.now() - start) / 1_000
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited ${status}: ${stderr}`)
  // Children's time is not in Node's resourceUsage; wall is what an operator waits.
  const after = process.resourceUsage()
  return {wall, cpu: (after.userCPUTime - before.userCPUTime) / 1e6}
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
