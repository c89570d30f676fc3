import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import type {Program} from './pairs.ts'

/** What a whole process cost. */
export interface Cost {
  seconds: number
  /** The most memory that it held at once, in MB; NaN where it is no Node.js process. */
  peakMb: number
}

/**
 * Runs a program to its end while the caller goes on; a Node.js process also tells its peak memory.
 * @throws when the run fails: a failed run is not a fast one.
 */
export async function measure({command, args, env}: Program): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'pm-bench-'))
  const told = join(folder, 'peak')
  const start = performance.now()
  const child = spawn(command, args, {
    env: {...process.env, NODE_OPTIONS: `--import ${tellPeak}`, PM_BENCH_PEAK: told, ...env},
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')])
  const seconds = (performance.now() - start) / 1_000
  if (child.exitCode !== 0) throw new Error(`${command} ${args.join(' ')} exited ${child.exitCode}: ${stderr}`)
  const peakMb = command === process.execPath ? Number(readFileSync(told, 'utf8')) / 1_024 : Number.NaN
  rmSync(folder, {recursive: true})
  return {seconds, peakMb}
}

// At its end the process writes down what the system counted: kilobytes that were resident at once.
const tellPeak = `data:text/javascript,${encodeURIComponent(
  `import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(process.env.PM_BENCH_PEAK,String(process.resourceUsage().maxRSS)))`,
)}`
