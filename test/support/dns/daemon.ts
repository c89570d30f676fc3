import {type ChildProcess, spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {DnsClient} from '../../../src/dns/wire/client.ts'

/** A real DNS server that runs on loopback, in a folder of its own. */
export interface Daemon {
  folder: string
  /** Its process, for tests that do it harm. */
  process: ChildProcess
  stop(): Promise<void>
}

interface Program {
  command: string
  args(folder: string): string[]
  files(folder: string): Readonly<Record<string, string>>
  /** A name that it answers for once it is up. */
  ready: {address: string; port: number; name: string}
}

/** Those of the programs that are not installed; tests that need them are skipped, and say so. */
export function missingPrograms(...commands: readonly string[]): string[] {
  return commands.filter((command) => spawnSync('which', [command]).status !== 0)
}

/** ` (skipped: knotd is not installed)`, for the title of a test that needs what is not there. */
export function skipNote(missing: readonly string[]): string {
  return missing.length === 0 ? '' : ` (skipped: ${missing.join(', ')} not installed)`
}

export async function startDaemon({command, args, files, ready}: Program): Promise<Daemon> {
  const folder = mkdtempSync(join(tmpdir(), `pm-${command}-`))
  for (const [name, text] of Object.entries(files(folder))) put(folder, name, text)
  const child = spawn(command, args(folder), {stdio: ['ignore', 'pipe', 'pipe']})
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (log += data))
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    rmSync(folder, {recursive: true, force: true})
  }
  if (await answers(child, ready)) return {folder, process: child, stop}
  await stop()
  throw new Error(`${command} did not start: ${log}`)
}

/** Writes a file of a server, its folders too. */
export function put(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), {recursive: true})
  writeFileSync(join(folder, name), text)
}

async function answers(child: ChildProcess, {name, ...server}: Program['ready']): Promise<boolean> {
  for (let tries = 0; tries < 150 && child.exitCode === null; tries += 1) {
    // Another client each time: one that got no answer would leave the server alone for a while.
    const client = new DnsClient({patience: {udpMs: [200], tcpMs: 200}})
    const reply = await client.ask(server, {name, type: 'SOA', recursion: false})
    client.close()
    if (reply.outcome === 'reply' && reply.response.rcode !== 'SERVFAIL') return true
    await wait(50)
  }
  return false
}
