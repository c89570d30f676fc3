import {setTimeout as wait} from 'node:timers/promises'
import {sql} from 'kysely'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {beginJob} from '../../src/changes/job/begin.ts'
import {findJob} from '../../src/changes/job/find.ts'
import {ReplicaLag} from '../../src/changes/job/replica-lag.ts'
import {runJob} from '../../src/changes/job/run.ts'
import {JobWatch} from '../../src/changes/job/watch.ts'
import {planChanges} from '../../src/changes/plan/change-many.ts'
import type {Connection} from '../../src/db/connection.ts'
import {openServer} from '../../src/db/server.ts'
import {readForWrite, type Session, write} from '../../src/db/transaction.ts'
import {addTenants, pendingPlans} from '../support/bulk.ts'
import {freePort} from '../support/free-port.ts'
import {type Postgres, startPostgres, startReplica} from '../support/postgres.ts'
import {type ProxyServer, startProxy} from '../support/proxy.ts'
import {ask} from '../support/records.ts'
import {run} from '../support/run.ts'
import {makeTemplate, templateDatabase} from '../support/template.ts'

interface Servers {
  primary: Connection
  replica: Connection
  /** The superuser's, on each. */
  owner: Connection
  standby: Connection
}

let servers: Postgres[] = []
let at: Servers
beforeAll(async () => {
  const first = await startPostgres()
  servers = [first]
  await makeTemplate(first.port)
  const second = await startReplica(first)
  servers.push(second)
  const open = ({port}: Postgres, user: string) =>
    openServer({host: '127.0.0.1', port, database: templateDatabase, user, tls: false}, 'pm test', 4)
  at = {
    primary: open(first, 'op_admin'),
    replica: open(second, 'op_admin'),
    owner: open(first, 'postgres'),
    standby: open(second, 'postgres'),
  }
})
afterAll(async () => {
  await Promise.all(Object.values(at).map((connection: Connection) => connection.close()))
  for (const server of servers.toReversed()) await server.stop()
})

const replay = (does: 'pause' | 'resume') => sql.raw(`select pg_wal_replay_${does}()`).execute(at.standby.db)
afterEach(async () => {
  await replay('resume')
  await ask(at, `delete from subscriptions where stripe_subscription_id like 'sub_Bulk%'`)
  await ask(at, `delete from tenants where name like 'Bulk %'`)
})

const pm = (argv: readonly string[]) => run({connection: at.primary, replica: at.replica}, argv)
const pending = async () => {
  const {stdout} = await pm(['subscription', 'list', '--tenant', 'Acme', '-o', 'json'])
  return JSON.parse(stdout)[0].pending_plan
}

test('reads go to the replica, and what a write decides on comes from the primary', async () => {
  await replay('pause')
  expect(await pm(['plan', 'change', 'Acme', '--to', 'scale', '--yes'])).toMatchObject({exitCode: 0})
  expect(await pending()).toBeNull()
  const again = await pm(['plan', 'change', 'Acme', '--to', 'scale', '--yes'])
  expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('Nothing to do.')])
  await replay('resume')
  while ((await pending()) === null) await wait(20)
  expect(await pending()).toBe('scale')
})

const permission = 'subscription.write'
const session = (): Session => ({
  primary: at.primary,
  replica: at.replica,
  identity: {kind: 'session'},
  limits: {statementMs: 20_000, lockMs: 10_000},
})

/** Begins a job that moves these tenants to Enterprise, and does nothing of it. */
async function begin(names: readonly string[]): Promise<number> {
  const input = {names, to: 'enterprise', allowOverLimit: true, allowInactive: true}
  const plan = await readForWrite(session(), permission, (db, operator) => planChanges(db, input, operator))
  const header = {command: 'a job', permission, reason: null, targets: [], undoOf: null} as const
  const {result} = await write(session(), header, (trx) => beginJob(trx, {maxFailures: 0}, plan))
  return result
}

test('what is done with a job or a change is decided on the primary, however far a replica is behind', async () => {
  await replay('pause')
  const id = await begin(await addTenants(at, 2))
  const job = (verb: string) => pm(['job', verb, `${id}`, '--yes', '-o', 'json'])
  expect(await job('resume')).toMatchObject({exitCode: 0})
  expect(await job('retry')).toMatchObject({exitCode: 0})
  const [made] = await ask<{change_id: number}>(at, `select change_id::int from pm.jobs where id = ${id}`)
  expect(await pm(['audit', 'undo', `${made?.change_id}`, '--yes'])).toMatchObject({exitCode: 0})
  expect(await pendingPlans(at)).toEqual({scale: 2})
})

test('what is checked to be stored is chosen on the primary, and what is only looked at, where reads go', async () => {
  await replay('pause')
  await ask(at, `update domains set domain = 'renamed.example' where domain = (select min(domain) from domains)`)
  const check = (...words: string[]) => pm(['domain', 'check', 'renamed.example', '--server', '127.0.0.1:1', ...words])
  expect((await check()).exitCode).toBe(3)
  expect((await check('--write')).exitCode).toBe(10)
})

test('a replica that is down keeps nobody from going on with a job', async () => {
  const id = await begin(await addTenants(at, 2))
  const nowhere = openServer(
    {host: '127.0.0.1', port: await freePort(), database: 'none', user: 'op_admin', tls: false},
    'pm test',
  )
  expect(await run({connection: at.primary, replica: nowhere}, ['job', 'resume', `${id}`])).toMatchObject({exitCode: 0})
  await nowhere.close()
})

test('a job waits for a replica that is behind, says so, and goes on when it has caught up', async () => {
  const id = await begin(await addTenants(at, 300))
  await replay('pause')
  const [told, left]: [string[], number[]] = [[], []]
  const ending = await runJob(session(), await findJob(session(), permission, id), {
    workers: 2,
    rate: 60,
    maxLagSeconds: 1,
    signal: new AbortController().signal,
    onProgress: ({items, worked_off}, heldUp) => {
      if (heldUp === null) return
      told.push(heldUp)
      left.push(items - worked_off)
      // Caught up only after it was seen to stand still: it is told of twice a second, and looked at once.
      if (hasStood(left, 4)) void replay('resume')
    },
  })
  expect([ending, told[0]]).toEqual(['finished', expect.stringMatching(/^waiting: the replica is \d+ s behind$/)])
  expect(hasStood(left, 4)).toBe(true)
  expect(left.at(-1)).toBeGreaterThan(0)
  expect(await pendingPlans(at)).toEqual({enterprise: 300})
  expect(await ask(at, `select sum(done)::int as done from pm.job_pages where job_id = ${id}`)).toEqual([{done: 300}])
})

describe('a replica that no longer answers', () => {
  let proxy: ProxyServer
  let far: Connection
  beforeEach(async () => {
    proxy = await startProxy(servers[1]?.port ?? 0, () => 'deliver')
    far = openServer(
      {host: '127.0.0.1', port: proxy.port, database: templateDatabase, user: 'op_admin', tls: false},
      'pm test',
    )
  })
  afterEach(async () => {
    await far.close()
    await proxy.stop()
  })

  const down = () => {
    proxy.refuse()
    proxy.cut()
  }
  const watched = (patience: {silenceMs: number; mostMs: number}) => {
    const notices: string[] = []
    const options = {maxLagSeconds: 1, onNotice: (notice: string) => void notices.push(notice)}
    return {notices, lag: new ReplicaLag({...session(), replica: far}, {permission}, options, patience)}
  }
  const until = async (lag: ReplicaLag, isSo: (heldUp: string | null) => boolean) => {
    const look = () => {
      lag.ask()
      return isSo(lag.heldUp)
    }
    await expect.poll(look, {timeout: 10_000}).toBe(true)
    return lag.heldUp
  }
  const isBehind = (heldUp: string | null) => /is \d+ s behind/.test(heldUp ?? '')
  const fallBehind = async () => {
    const touch = () => ask(at, `update tenants set name = name where name = 'Acme'`)
    const replayed = 'select pg_last_xact_replay_timestamp() is not null as has_replayed'
    await touch()
    // It knows how far it is behind once it has replayed anything.
    await expect.poll(() => ask({owner: at.standby}, replayed), {timeout: 10_000}).toEqual([{has_replayed: true}])
    await replay('pause')
    await touch()
  }

  test('is waited for a while where it was behind; then the job goes on without it, and says so', async () => {
    const {lag, notices} = watched({silenceMs: 300, mostMs: 2_000})
    await fallBehind()
    await until(lag, isBehind)
    down()
    const told = await until(lag, (heldUp) => !isBehind(heldUp))
    expect([told, notices]).toEqual([
      expect.stringMatching(/^waiting: the replica does not answer, going on without it in \d s$/),
      [],
    ])
    await until(lag, (heldUp) => heldUp === null)
    expect(notices).toEqual([
      expect.stringMatching(/^! The job goes on without waiting for the replica, which does not answer: .+/),
    ])
  })

  test('keeps no job from meeting that the primary is away', async () => {
    const id = await begin(await addTenants(at, 1))
    const job = await findJob(session(), permission, id)
    await fallBehind()
    const ending = new AbortController()
    const watch = new JobWatch({...session(), primary: far}, job, {maxLagSeconds: 1}, ending.signal)
    await expect.poll(() => isBehind(watch.heldUp), {timeout: 10_000}).toBe(true)
    down()
    await expect.poll(() => watch.heldUp, {timeout: 10_000}).toBeNull()
    ending.abort()
    await watch.end()
  })
})

function hasStood(left: readonly number[], times: number): boolean {
  return left.length >= times && new Set(left.slice(-times)).size === 1
}
