import {type ChildProcess, fork} from 'node:child_process'
import {Socket} from 'node:dgram'
import {once} from 'node:events'
import {decode} from 'dns-packet'
import type {DomainCheck} from '../src/dns/check/domain-check.ts'
import {checkDomain, type DomainToCheck} from '../src/dns/check-domain.ts'
import {type Dns, openDns} from '../src/dns/dns.ts'
import {inFlight} from '../src/dns/in-flight.ts'
import {freePort} from '../test/support/free-port.ts'
import {askAll, type Sent} from './dns-bare.ts'
import {storedDomain} from './dns-zones.ts'
import {median} from './pairs.ts'

const domains = Number(process.env.DOMAINS ?? 10_000)
/** Domains that are checked in one go, and then asked for by the bare loop: by turns, for machines are not always as fast. */
const share = domains / 10
/** Domains under way at the same time, as `pm domain check` has them. */
const atOnce = 256
/** At no less than 70 % of the rate of a bare loop. */
const rateLimit = 1 / 0.7
/** Where each answer takes 20 ms. */
const slowDomainsPerSecond = 1_000
/** What may be left in memory after all domains, over what there was after the first tenth. */
const memoryLimit = 1.3

const failures: string[] = []
await beside(0, async (port) => {
  // A run that is not measured, for the first one meets code that nobody has compiled yet.
  const questions: Sent[][] = []
  for (let at = 0; at < domains; at += share) questions.push(await questionsOf(port, at))
  const ratios: number[] = []
  // One for all of them, as a run has it.
  const dns = openBench(port)
  for (const [at, asked] of questions.entries()) {
    // Made before, as the questions of the bare loop are.
    const ready = [...stored(at * share, share)]
    const ours = await measured(() => check(dns, ready))
    const bare = await measured(() => askAll(asked, port, 64))
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

/** Checks domains; every one of them is right, so whatever is found is false. */
async function check(
  dns: Dns,
  toCheck: Iterable<DomainToCheck>,
  seen: (done: number) => void = () => {},
): Promise<void> {
  let done = 0
  for await (const check of inFlight(toCheck, atOnce, (domain) => checkDomain(dns, domain, {extras: {}}))) {
    if (!isRight(check)) throw new Error(`A false finding under load: ${JSON.stringify(check, null, 2)}`)
    done += 1
    seen(done)
  }
}

function openBench(port: number): Dns {
  return openDns({resolvers: [{address: '127.0.0.31', port}], authorityPort: port, ipv6: false})
}

function* stored(from: number, count: number): Generator<DomainToCheck> {
  for (let at = from; at < from + count; at += 1) yield storedDomain(at)
}

function isRight({findings, verdicts}: DomainCheck): boolean {
  const isGrave = findings.some(({level}) => level === 'error' || level === 'unknown')
  return !isGrave && verdicts.length === 4 && verdicts.every(({state}) => state === 'ok')
}

/** Every question a check of a share of the domains sends, as it goes out. */
async function questionsOf(port: number, from: number): Promise<Sent[]> {
  const questions: Sent[] = []
  const send = Socket.prototype.send as (packet: Uint8Array) => void
  Socket.prototype.send = function (this: Socket, packet: Uint8Array) {
    const {questions: [question] = [], flag_rd: recursion} = decode(Buffer.from(packet))
    const {address} = this.remoteAddress()
    if (question) questions.push({address, name: question.name, type: question.type, recursion})
    return send.call(this, packet)
  }
  const dns = openBench(port)
  await check(dns, stored(from, share))
  dns.client.close()
  Socket.prototype.send = send
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
