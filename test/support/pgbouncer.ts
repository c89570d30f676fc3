import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {chownSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import pg from 'pg'
import {freePort} from './free-port.ts'

/** A PgBouncer on loopback, in transaction mode, that lets every one of `logins` in. */
export interface PgBouncer {
  port: number
  stop(): Promise<void>
}

const nobody = {uid: 65_534, gid: 65_534}
const isRoot = process.getuid?.() === 0

/** Stands before the server on `port`, with so few connections to it that its clients must share them. */
export async function startPgBouncer(port: number, logins: readonly string[]): Promise<PgBouncer> {
  const folder = mkdtempSync(join(tmpdir(), 'pm-pgbouncer-'))
  const own = await freePort()
  const settings = [
    '[databases]',
    `* = host=127.0.0.1 port=${port}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${own}`,
    `unix_socket_dir = ${folder}`,
    'auth_type = trust',
    `auth_file = ${folder}/users`,
    'pool_mode = transaction',
    'default_pool_size = 2',
  ]
  writeFileSync(join(folder, 'settings'), settings.join('\n'))
  writeFileSync(join(folder, 'users'), logins.map((login) => `"${login}" ""\n`).join(''))
  // It refuses to run as root.
  if (isRoot) for (const name of ['', 'settings', 'users']) chownSync(join(folder, name), nobody.uid, nobody.gid)
  const child = spawn('pgbouncer', ['-q', join(folder, 'settings')], {...(isRoot ? nobody : {}), stdio: 'ignore'})
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    rmSync(folder, {recursive: true, force: true})
  }
  if (await answers(own, logins[0])) return {port: own, stop}
  await stop()
  throw new Error('PgBouncer did not start.')
}

async function answers(port: number, user: string | undefined): Promise<boolean> {
  for (let tries = 0; tries < 200; tries += 1) {
    const client = new pg.Client({host: '127.0.0.1', port, user, database: 'postgres'})
    try {
      await client.connect()
      await client.end()
      return true
    } catch {
      await wait(50)
    }
  }
  return false
}
