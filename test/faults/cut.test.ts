import {setTimeout as wait} from 'node:timers/promises'
import {sql} from 'kysely'
import {afterEach, beforeEach, describe, expect, inject, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {type Ledger, readLedger, verdict} from '../support/ledger.ts'
import {type Ended, type Running, startPm} from '../support/process.ts'
import {type Fate, type Manner, type Packet, type ProxyServer, startProxy} from '../support/proxy.ts'
import {seeded} from '../support/seeded.ts'
import {allGone, sessionsUntil} from '../support/sessions.ts'

const argv = ['ip', 'quarantine', '203.0.113.24', '--yes', '-o', 'json']

let database: TestDatabase
let before: Ledger
beforeEach(renew)
afterEach(() => database.drop())

async function renew(): Promise<void> {
  database = await freshDatabase()
  before = await readLedger(database.owner.db)
}

/** What becomes of the connections, how they break, and what else happens while pm runs. */
interface Fault {
  decide?: (packet: Packet, proxy: ProxyServer) => Fate
  how?: Manner
  meanwhile?: (proxy: ProxyServer, running: Running) => Promise<void>
}

/** Runs the quarantine through a proxy: how it ended, what it claims, and what happened in the database. */
async function quarantine({decide = () => 'deliver', how = 'closed', meanwhile = async () => {}}: Fault) {
  const proxy: ProxyServer = await startProxy(inject('postgresPort'), (packet) => decide(packet, proxy), how)
  try {
    const running = startPm(argv, {env: {DATABASE_URL: database.url('op_admin', proxy.port)}})
    await meanwhile(proxy, running)
    const end = await running.ended
    await sessionsUntil(database.owner.db, allGone)
    const after = await readLedger(database.owner.db)
    if (end.exitCode === 0) expect(JSON.parse(end.stdout).change).toBe(after.changes.at(-1)?.['id'])
    return {exitCode: end.exitCode, ...claimOf(end), happened: verdict(before, after)}
  } finally {
    await proxy.stop()
  }
}

interface Claim {
  claim: 'whole' | 'nothing' | 'not known'
  message?: string
}

function claimOf({exitCode, stdout, stderr}: Ended): Claim {
  if (exitCode === 0) return {claim: 'whole'}
  expect(stdout).toBe('')
  const {message} = JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error
  return {claim: /may have happened or not/.test(message) ? 'not known' : 'nothing', message}
}

const notKnown = 'The connection to the database was lost during the commit: it may have happened or not.'
const tooEarly = 'The connection to the database was lost before the commit. Nothing was changed.'

/** Decides about the COMMIT of the write; an earlier one ends the transaction that plans. */
function atCommit(fate: Fate): (packet: Packet) => Fate {
  let commits = 0
  return ({from, data}) => {
    const isCommit = from === 'client' && data.includes('commit\0')
    if (isCommit) commits += 1
    return isCommit && commits === 2 ? fate : 'deliver'
  }
}

async function countSteps(): Promise<number> {
  let steps = 0
  const decide = ({from}: Packet): Fate => {
    if (from === 'client') steps += 1
    return 'deliver'
  }
  expect(await quarantine({decide})).toEqual({exitCode: 0, claim: 'whole', happened: 'whole'})
  await database.drop().then(renew)
  return steps
}

/** Cuts the connection at one of pm's packets. */
function atStep(cut: number, fate: Fate, staysDown: boolean): NonNullable<Fault['decide']> {
  let step = 0
  return ({from}, proxy) => {
    if (from === 'server') return 'deliver'
    step += 1
    if (step !== cut) return 'deliver'
    if (staysDown) proxy.refuse()
    return fate
  }
}

const fates = ['cut before', 'cut after'] as const

test.each(fates)(
  'a connection %s its packet arrives, at every step: what pm says is true',
  async (fate) => {
    const random = seeded(fates.indexOf(fate))
    const steps = await countSteps()
    for (let step = 1; step <= steps; step += 1) {
      const [how, staysDown] = [random() < 0.5 ? 'closed' : 'reset', random() < 0.2] as const
      const {exitCode, claim, happened} = await quarantine({decide: atStep(step, fate, staysDown), how})
      const fault = {step, how, staysDown}
      expect({...fault, claim}).toEqual({...fault, claim: claim === 'not known' ? claim : happened})
      expect({...fault, exitCode}).toEqual({...fault, exitCode: claim === 'whole' ? 0 : 11})
      if (happened === 'whole') await database.drop().then(renew)
    }
    expect(steps).toBeGreaterThan(20)
  },
  120_000,
)

test('a COMMIT that never arrived: nothing was changed', async () => {
  const end = await quarantine({decide: atCommit('cut before')})
  expect(end).toEqual({exitCode: 11, claim: 'nothing', message: tooEarly, happened: 'nothing'})
})

test('a COMMIT whose answer was lost: done', async () => {
  const end = await quarantine({decide: atCommit('cut after')})
  expect(end).toEqual({exitCode: 0, claim: 'whole', happened: 'whole'})
})

describe('a COMMIT that waits for a lock when the connection breaks', () => {
  /** Holds the row that the recheck at COMMIT locks, breaks the connection, and lets go. */
  async function whileItWaits(then: (proxy: ProxyServer, running: Running) => void, letGo: 'rollback' | 'commit') {
    const {db} = database.owner
    const other = await db.startTransaction().execute()
    const revoke = letGo === 'commit' ? sql`role_id = null` : sql`notes = notes`
    await sql`update staff_members set ${revoke} where user_id = ${operator}`.execute(other)
    return quarantine({
      meanwhile: async (proxy, running) => {
        await sessionsUntil(db, (sessions) => sessions.some(({wait, query}) => wait === 'Lock' && query === 'commit'))
        then(proxy, running)
        await wait(1_000)
        await other[letGo]().execute()
      },
    })
  }
  const operator = sql`(select user_id from pm.operator_logins where login = 'op_admin')`

  test('pm waits with it, and says what became of it: done', async () => {
    const end = await whileItWaits((proxy) => proxy.cut(), 'rollback')
    expect(end).toEqual({exitCode: 0, claim: 'whole', happened: 'whole'})
  })

  test('or not', async () => {
    const end = await whileItWaits((proxy) => proxy.cut(), 'commit')
    expect(end).toEqual({exitCode: 11, claim: 'nothing', message: tooEarly, happened: 'nothing'})
  })

  test('and where nobody can be asked, it says that it does not know', async () => {
    const end = await whileItWaits((proxy) => {
      proxy.refuse()
      proxy.cut()
    }, 'rollback')
    expect(end).toEqual({exitCode: 11, claim: 'not known', message: notKnown, happened: 'whole'})
  })

  test('also where the operator pressed Ctrl-C', async () => {
    const end = await whileItWaits((proxy, {process}) => {
      proxy.refuse()
      proxy.cut()
      process.kill('SIGINT')
    }, 'rollback')
    expect(end).toEqual({exitCode: 11, claim: 'not known', message: notKnown, happened: 'whole'})
  })
})
