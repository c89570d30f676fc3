import {setTimeout as wait} from 'node:timers/promises'
import {sql} from 'kysely'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {Connection} from '../../src/db/connection.ts'
import {openServer} from '../../src/db/server.ts'
import {addTenants, pendingPlans, recordedSubscriptions} from '../support/bulk.ts'
import {readLedger, verdict} from '../support/ledger.ts'
import {type Postgres, startPostgres} from '../support/postgres.ts'
import {type Running, startPm} from '../support/process.ts'
import {type Fate, startProxy} from '../support/proxy.ts'
import {seeded} from '../support/seeded.ts'
import {pmSessions, sessionsUntil} from '../support/sessions.ts'
import {makeTemplate, templateDatabase} from '../support/template.ts'

// A server of its own: killing one backend makes PostgreSQL restart them all.
let server: Postgres
let owner: Connection
beforeAll(async () => {
  server = await startPostgres()
  await makeTemplate(server.port)
  owner = openServer(
    {host: '127.0.0.1', port: server.port, database: templateDatabase, user: 'postgres', tls: false},
    'pm test',
  )
})
afterAll(async () => {
  await owner.close()
  await server.stop()
})

/** When the server last started, be it after a crash; undefined while it is down. */
async function startedAt(): Promise<string | undefined> {
  const query = sql<{at: string}>`select backend_start as at from pg_stat_activity where backend_type = 'checkpointer'`
  const answer = await query.execute(owner.db).catch(() => undefined)
  return answer?.rows[0]?.at
}

async function crashed(before: string | undefined): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const now = await startedAt()
    if (now !== undefined && now !== before) return
    await wait(25)
  }
  throw new Error('The server did not crash and come back.')
}

const nothingChanged = 'The connection to the database was lost before the commit. Nothing was changed.'

function quarantine(port: number): Running {
  const env = {DATABASE_URL: `postgres://op_admin@127.0.0.1:${port}/${templateDatabase}`}
  return startPm(['ip', 'quarantine', '203.0.113.24', '--yes'], {env})
}

/** Runs a quarantine and kills the server's process for it when pm has sent so many packets of its write. */
async function killBackendAt(packet: number) {
  const before = await readLedger(owner.db)
  const start = await startedAt()
  let [begins, sent] = [0, 0]
  const proxy = await startProxy(server.port, async ({from, data}): Promise<Fate> => {
    if (from === 'server') return 'deliver'
    if (data.includes('begin\0')) begins += 1
    if (begins === 2) sent += 1
    if (begins === 2 && sent === packet) {
      const [session] = await pmSessions(owner.db)
      if (session) process.kill(session.pid, 'SIGKILL')
    }
    return 'deliver'
  })
  const {ended} = quarantine(proxy.port)
  const {exitCode, stderr} = await ended
  await crashed(start)
  await proxy.stop()
  return {exitCode, stderr, happened: verdict(before, await readLedger(owner.db))}
}

/** Kills the server's process for one of a job's workers when so many of its items are worked off, until it is over. */
async function crashJobAt(counts: readonly number[], running: Running): Promise<void> {
  const progress = sql<{done: number | null}>`select sum(done)::int as done from pm.job_pages`
  const worker = sql<{pid: number}>`select pid from pg_stat_activity where application_name = 'pm plan change' limit 1`
  for (const count of counts) {
    while (((await progress.execute(owner.db)).rows[0]?.done ?? 0) < count) await wait(5)
    const start = await startedAt()
    const {pid} = (await worker.execute(owner.db)).rows[0] ?? {}
    if (pid !== undefined && running.process.exitCode === null) process.kill(pid, 'SIGKILL')
    await crashed(start)
  }
}

describe('the server crashes', () => {
  test('in the middle of the write: nothing was changed, and pm says so', async () => {
    const random = seeded(9)
    for (let run = 0; run < 6; run += 1) {
      const packet = 2 + Math.floor(random() * 12)
      const {exitCode, stderr, happened} = await killBackendAt(packet)
      expect({packet, exitCode, happened}).toEqual({packet, exitCode: 11, happened: 'nothing'})
      expect(stderr).toContain(nothingChanged)
    }
  })

  test('while the COMMIT waits: pm asks the recovered server, and knows', async () => {
    const [before, start] = [await readLedger(owner.db), await startedAt()]
    const other = await owner.db.startTransaction().execute()
    await sql`update staff_members set notes = notes`.execute(other)
    const {ended} = quarantine(server.port)
    const [session] = await sessionsUntil(owner.db, (sessions) =>
      sessions.some(({wait: on, query}) => on === 'Lock' && query === 'commit'),
    )
    process.kill(session?.pid ?? 0, 'SIGKILL')
    const {exitCode, stderr} = await ended
    await Promise.allSettled([other.rollback().execute()])
    await crashed(start)
    expect([exitCode, verdict(before, await readLedger(owner.db))]).toEqual([11, 'nothing'])
    expect(stderr).toContain(nothingChanged)
  })

  test('three times in a job: it goes on by itself, and does each item once', async () => {
    const names = await addTenants({owner}, 150)
    const argv = ['plan', 'change', '--to', 'scale', '-', '--rate', '60', '--confirm', '150 subscriptions']
    const env = {DATABASE_URL: `postgres://op_admin@127.0.0.1:${server.port}/${templateDatabase}`}
    const running = startPm(argv, {env, stdin: names.join('\n')})
    await crashJobAt([10, 50, 90], running)
    const {exitCode, stderr} = await running.ended
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect([await pendingPlans({owner}), await recordedSubscriptions({owner})]).toEqual([
      {scale: 150},
      {images: 150, rows: 150},
    ])
  })

  test('and afterwards the same command works', async () => {
    const before = await readLedger(owner.db)
    const {ended} = quarantine(server.port)
    expect((await ended).exitCode).toBe(0)
    expect(verdict(before, await readLedger(owner.db))).toBe('whole')
  })
})
