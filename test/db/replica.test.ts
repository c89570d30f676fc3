import {setTimeout as wait} from 'node:timers/promises'
import {sql} from 'kysely'
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest'
import {beginJob} from '../../src/changes/job/begin.ts'
import {findJob} from '../../src/changes/job/find.ts'
import {runJob} from '../../src/changes/job/run.ts'
import {planChanges} from '../../src/changes/plan/change-many.ts'
import type {Connection} from '../../src/db/connection.ts'
import {openServer} from '../../src/db/server.ts'
import {readForWrite, type Session, write} from '../../src/db/transaction.ts'
import {addTenants, pendingPlans} from '../support/bulk.ts'
import {type Postgres, startPostgres, startReplica} from '../support/postgres.ts'
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
afterEach(() => replay('resume'))

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

test('a job waits for a replica that is behind, says so, and goes on when it has caught up', async () => {
  const names = await addTenants(at, 300)
  const session: Session = {
    primary: at.primary,
    replica: at.replica,
    identity: {kind: 'session'},
    limits: {statementMs: 20_000, lockMs: 10_000},
  }
  const permission = 'subscription.write'
  const input = {names, to: 'enterprise', allowOverLimit: true, allowInactive: true}
  const plan = await readForWrite(session, permission, (db, operator) => planChanges(db, input, operator))
  const header = {command: 'a job', permission, reason: null, targets: [], undoOf: null} as const
  const {result: id} = await write(session, header, (trx) => beginJob(trx, {permission, maxFailures: 0}, plan))
  await replay('pause')
  const [told, left]: [string[], number[]] = [[], []]
  const ending = await runJob(session, await findJob(session, permission, id), {
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

function hasStood(left: readonly number[], times: number): boolean {
  return left.length >= times && new Set(left.slice(-times)).size === 1
}
