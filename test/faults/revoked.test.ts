import {sql} from 'kysely'
import {afterEach, beforeEach, describe, expect, inject, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {readLedger, verdict} from '../support/ledger.ts'
import {startPm} from '../support/process.ts'
import {type Fate, type Packet, startProxy} from '../support/proxy.ts'
import {allGone, sessionsUntil} from '../support/sessions.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.drop())

const operator = sql`user_id = (select user_id from pm.operator_logins where login = 'op_operations')`
const role = sql`(select role_id from staff_members where ${operator})`

const revokes = {
  'the permission of the role': sql`delete from staff_role_permissions
    where role_id = ${role} and permission_id = (select id from permissions where name = 'ip.write')`,
  'the role, for one that may only look': sql`update staff_members
    set role_id = (select id from staff_roles where name = 'viewer') where ${operator}`,
  'the role': sql`update staff_members set role_id = null where ${operator}`,
  'the login': sql`update pm.operator_logins set disabled = now() where login = 'op_operations'`,
  'the enrolment': sql`delete from pm.operator_logins where login = 'op_operations'`,
}

type Moment = (packet: Packet) => boolean

/** The n-th packet of pm that has this text in it. */
function nth(n: number, text: string): Moment {
  let seen = 0
  return ({from, data}) => {
    if (from === 'client' && data.includes(text)) seen += 1
    return from === 'client' && data.includes(text) && seen === n
  }
}

const beforeWrite = 'after the plan, before the write begins'
const moments = {
  [beforeWrite]: () => nth(2, 'begin\0'),
  'when the change is open, before its first row is written': () => nth(1, 'update "public"'),
  'after its last row, before COMMIT': () => nth(2, 'commit\0'),
}

/** Runs a quarantine, with the revoke committed at the moment; returns how pm ended and what it left. */
async function quarantineWhile(revoke: keyof typeof revokes, moment: Moment) {
  const {db} = database.owner
  const before = await readLedger(db)
  const proxy = await startProxy(inject('postgresPort'), async (packet): Promise<Fate> => {
    if (moment(packet)) await revokes[revoke].execute(db)
    return 'deliver'
  })
  const {ended} = startPm(['ip', 'quarantine', '203.0.113.24', '--yes'], {
    env: {DATABASE_URL: database.url('op_operations', proxy.port)},
  })
  const {exitCode, stdout, stderr} = await ended
  await sessionsUntil(db, allGone)
  await proxy.stop()
  const refusals = await db.selectFrom('pm.refusals').select(['login', 'permission']).execute()
  return {exitCode, stdout, stderr, refusals, happened: verdict(before, await readLedger(db))}
}

/** Who is nobody any more when the write begins is told so, and not that a permission lacks. */
const nobody = new Set(['the role', 'the login', 'the enrolment'])

describe.each(Object.entries(moments))('%s', (when, moment) => {
  test.each(Object.keys(revokes) as (keyof typeof revokes)[])('an administrator revokes %s', async (revoke) => {
    const {exitCode, stdout, stderr, refusals, happened} = await quarantineWhile(revoke, moment())
    expect([stdout, happened]).toEqual(['', 'nothing'])
    if (when === beforeWrite && nobody.has(revoke)) {
      expect(exitCode).toBe(4)
      expect(stderr).toMatch(/Error: The login op_operations (has been revoked|is not enrolled|belongs to nobody)/)
      return
    }
    expect(exitCode).toBe(5)
    expect(stderr).toMatch(
      /lacks the permission ip\.write|the permission ip\.write of operator op_operations was revoked/,
    )
    expect(refusals).toEqual([{login: 'op_operations', permission: 'ip.write'}])
  })
})
