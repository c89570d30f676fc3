import {type ChildProcess, fork} from 'node:child_process'
import {once} from 'node:events'
import {Worker} from 'node:worker_threads'
import {freePort} from '../test/support/free-port.ts'
import {askAll, type Sent} from './dns-bare.ts'
import {check, openBench, stored} from './dns-check.ts'
import {median} from './pairs.ts'

const domains = Number(process.env.DOMAINS ?? 10_000)
/** Domains that are checked in one go, and then asked for by the bare loop: by turns, for machines are not always as fast. */
const share = domains / 10
/** At no less than 70 % of the rate of a bare loop. */
const rateLimit = 1 / 0.7
/** Where each answer takes 20 ms. */
const slowDomainsPerSecond = 1_000
/** What may be left in memory after all domains, over what there was after the first tenth. */
const memoryLimit = 1.3

const failures: string[] = []
await beside(0, async (port) => {
  const questions = await questionsOf(port)
  // One for all of them, as a run has it.
  const dns = openBench(port)
  const byTurns = async (at: number, asked: readonly Sent[]) => {
    // Made before, as the questions of the bare loop are.
    const ready = [...stored(at * share, share)]
    return {ours: await measured(() => check(dns, ready)), bare: await measured(() => askAll(asked, port, 64))}
  }
  const twice = [...questions.entries(), ...questions.entries()]
  // All of it before, for code is compiled for as long as that; and more than once, for other work comes between.
  for (const [at, asked] of twice) await byTurns(at, asked)
  const ratios: number[] = []
  for (const [at, asked] of twice) {
    const {ours, bare} = await byTurns(at, asked)
    console.log(`check: ${told(share, ours)}; bare loop of ${asked.length} questions: ${told(share, bare)}`)
    ratios.push(ours.seconds / bare.seconds)
  }
  dns.client.close()
  report('dns-check', median(ratios), rateLimit)
})
await beside(20, async (port) => {
  const memory = await memoryOf(port)
  report('dns-check-memory', memory, memoryLimit)
  const dns = openBench(port)
  const ours = await measured(() => check(dns, stored(0, domains)))
  dns.client.close()
  console.log(`check at 20 ms: ${told(domains, ours)}`)
  report('dns-check-20ms', (slowDomainsPerSecond * ours.seconds) / domains, 1)
})
process.exitCode = failures.length > 0 ? 1 : 0

function report(name: string, ratio: number, limit: number): void {
  console.log(`${name} ratio ${ratio.toFixed(2)} limit ${limit.toFixed(2)}`)
  if (!(ratio <= limit)) failures.push(name)
}

/** Runs something beside a server that takes so long for each answer. */
async function beside(latencyMs: number, act: (port: number) => Promise<void>): Promise<void> {
  const port = await freePort()
  const server: ChildProcess = fork(new URL('dns-server.ts', import.meta.url), [String(port), String(latencyMs)])
  try {
    await once(server, 'message')
    await act(port)
  } finally {
    server.kill()
  }
}

/** Every question that is sent to check each share of the domains. */
async function questionsOf(port: number): Promise<Sent[][]> {
  const worker = new Worker(new URL('dns-questions.ts', import.meta.url), {workerData: {port, domains, share}})
  const ended = once(worker, 'exit')
  const [questions] = await once(worker, 'message')
  await ended
  return questions
}

/** The memory in use at the end over that at a tenth of the way, garbage not counted. */
async function memoryOf(port: number): Promise<number> {
  const used: number[] = []
  const dns = openBench(port)
  await check(dns, stored(0, domains), (done) => {
    if (done !== domains / 10 && done !== domains) return
    globalThis.gc?.()
    used.push(process.memoryUsage().heapUsed)
  })
  dns.client.close()
  const [early = Number.NaN, late = Number.NaN] = used
  return late / early
}

interface Measured {
  seconds: number
  /** Seconds of this thread, which other work on the machine lengthens less. */
  cpu: number
}

async function measured(act: () => Promise<void>): Promise<Measured> {
  const [start, used] = [performance.now(), process.threadCpuUsage()]
  await act()
  const {user, system} = process.threadCpuUsage(used)
  return {seconds: (performance.now() - start) / 1_000, cpu: (user + system) / 1_000_000}
}

function told(count: number, {seconds, cpu}: Measured): string {
  return `${(count / seconds).toFixed(0)} domains/s, ${((1_000_000 * cpu) / count).toFixed(0)} µs of CPU each`
}
