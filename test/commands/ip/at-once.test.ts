import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {differences} from '../../support/pool-diff.ts'
import {ask, homesOf, poolOf, torn, wrongCounts, wrongImages} from '../../support/records.ts'
import {type Ran, run} from '../../support/run.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

interface Round {
  /** Both exit codes, the lower first. */
  codes: number[]
  ran: Ran[]
  /** The ids of the changes that were made. */
  changes: number[]
  /** What is not as it must be, whoever came first. */
  unsound: object[]
}

/** Runs two commands of two operators at the same moment, looks at what stands, and puts it back; many times. */
async function race(
  rounds: number,
  one: readonly string[],
  other: readonly string[],
  look: (round: Round) => Promise<void>,
): Promise<void> {
  const before = await poolOf(database)
  for (let round = 0; round < rounds; round += 1) {
    const [{last} = {last: 0}] = await ask<{last: number}>(
      database,
      'select coalesce(max(id), 0) as last from pm.changes',
    )
    const ran = await Promise.all([run(as(database, 'op_operations'), one), run(as(database, 'op_admin'), other)])
    const made = await ask<{id: number}>(database, `select id from pm.changes where id > ${last} order by id`)
    const changes = made.map(({id}) => id)
    const unsound = [...(await wrongCounts(database)), ...(await torn(database))]
    await look({codes: ran.map(({exitCode}) => exitCode).sort(), ran, changes, unsound})
    for (const id of changes.toReversed()) await run(as(database, 'op_admin'), ['audit', 'undo', `${id}`, '--yes'])
    expect(await differences(database, before, await poolOf(database))).toEqual([])
  }
}

describe('two operators at the same moment', () => {
  it('quarantine one IP: one does, the other is told or finds it done, and no domain is moved twice', async () => {
    const argv = ['ip', 'quarantine', '203.0.113.24', '--yes']
    const before = await poolOf(database)
    await race(20, argv, argv, async ({codes, ran, changes, unsound}) => {
      expect([
        [0, 0],
        [0, 6],
      ]).toContainEqual(codes)
      expect({changes: changes.length, unsound}).toEqual({changes: 1, unsound: []})
      expect(await wrongImages(database, changes[0] ?? 0, before)).toEqual([])
      const told = ran.map(({stderr}) => stderr).join('')
      expect(told).toMatch(/Changed since it was planned: |Left alone, quarantined already: 203\.0\.113\.24\./)
    })
  })

  it('quarantine two IPs that are hosts of each other: one is told, without a deadlock', async () => {
    const one = ['ip', 'quarantine', '198.51.100.140', '--to', '198.51.100.141', '--yes']
    const other = ['ip', 'quarantine', '198.51.100.141', '--to', '198.51.100.140', '--yes']
    await race(10, one, other, async ({codes, ran, changes, unsound}) => {
      expect({codes, changes: changes.length, unsound}).toEqual({codes: [0, 6], changes: 1, unsound: []})
      expect(ran.map(({stderr}) => stderr).join('')).not.toContain('deadlock')
    })
  })

  it('assign one domain without an IP to two IPs: it sends by one', async () => {
    const assign = (ip: string) => ['ip', 'assign', 'newleaf.example', ip, '--yes']
    await race(10, assign('192.0.2.10'), assign('198.51.100.30'), async ({codes, changes, unsound}) => {
      // Whoever plans after the other's commit moves the domain on, as asked.
      expect([
        [0, 0],
        [0, 6],
      ]).toContainEqual(codes)
      expect({changes: changes.length, unsound}).toEqual({
        changes: codes.filter((code) => code === 0).length,
        unsound: [],
      })
      expect(await homesOf(database, ['newleaf.example'])).toHaveLength(1)
    })
  })

  it('assign two domains to one IP: both do, or one is told, and the count is true', async () => {
    const assign = (domain: string) => ['ip', 'assign', domain, '192.0.2.10', '--yes']
    await race(10, assign('newleaf.example'), assign('go.sunrisesolar.example'), async ({codes, changes, unsound}) => {
      expect([
        [0, 0],
        [0, 6],
      ]).toContainEqual(codes)
      expect({changes: changes.length, unsound}).toEqual({
        changes: codes.filter((code) => code === 0).length,
        unsound: [],
      })
    })
  })

  it('add one IP: it stands in the table once', async () => {
    const argv = ['ip', 'add', '203.0.113.90', '--vps', 'hw-410902']
    await race(10, argv, argv, async ({codes, changes, unsound}) => {
      expect({codes, changes: changes.length, unsound}).toEqual({codes: [0, 6], changes: 1, unsound: []})
      const rows = await ask(database, `select 1 from smtp_ip_addresses where ip_address = '203.0.113.90'`)
      expect(rows).toHaveLength(1)
    })
  })

  it('retire an IP and assign a domain to it: never both', async () => {
    const one = ['ip', 'retire', '203.0.113.25', '--yes']
    const other = ['ip', 'assign', 'newleaf.example', '203.0.113.25', '--yes']
    await race(10, one, other, async ({codes, changes, unsound}) => {
      expect({codes, changes: changes.length, unsound}).toEqual({codes: [0, 6], changes: 1, unsound: []})
    })
  })

  it('undo one change: one does', async () => {
    const before = await poolOf(database)
    for (let round = 0; round < 10; round += 1) {
      const done = await run(as(database, 'op_operations'), ['ip', 'quarantine', '198.51.100.141', '--yes', '--json'])
      const {change} = JSON.parse(done.stdout)
      const argv = ['audit', 'undo', `${change}`, '--yes']
      const ran = await Promise.all([run(as(database, 'op_operations'), argv), run(as(database, 'op_admin'), argv)])
      expect(ran.map(({exitCode}) => exitCode).sort()).toEqual([0, 6])
      expect(await ask(database, `select count(*) from pm.changes where undo_of = ${change}`)).toEqual([{count: 1}])
      expect(await differences(database, before, await poolOf(database))).toEqual([])
    }
  })
})
