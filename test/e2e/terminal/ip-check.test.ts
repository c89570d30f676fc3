import {afterEach, beforeEach, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {environmentOf, type FakeTree, startTree} from '../../support/dns/fake-tree.ts'
import {listing} from '../../support/dns/listing.ts'
import {ask, changesOf} from '../../support/records.ts'
import {pmInTerminal, type TestTerminal} from '../../support/terminal.ts'

const ip = '203.0.113.24'

let database: TestDatabase
let tree: FakeTree
let terminal: TestTerminal
beforeEach(async () => {
  database = await freshDatabase()
  tree = await startTree()
  tree.resolver.behaviour = listing(ip)
  const env = {DATABASE_URL: database.url('op_admin'), ...environmentOf(tree)}
  terminal = pmInTerminal(['ip', 'check', ip, '--write'], {env})
  await terminal.waitFor(`? Quarantine ${ip}, which is listed? (y/N)`)
})
afterEach(async () => {
  await tree.close()
  await database.drop()
})

const status = async () => ask(database, `select status from smtp_ip_addresses where ip_address = '${ip}'`)

test('a yes shows the plan, asks once more, and takes the IP out of sending', async () => {
  terminal.type('y')
  terminal.press('enter')
  await terminal.waitFor('? Go ahead? (y/N)')
  terminal.type('y')
  terminal.press('enter')
  expect(await terminal.ended()).toBe(9)
  expect(await status()).toEqual([{status: 'quarantined'}])
  expect((await changesOf(database)).map(({permission, targets}) => [permission, targets[0]])).toEqual([
    ['ip.write', `ip:${ip}`],
    ['ip.write', `ip:${ip}`],
  ])
})

test('a no to the plan leaves it as it is too, and the check stands', async () => {
  terminal.type('y')
  terminal.press('enter')
  await terminal.waitFor('? Go ahead? (y/N)')
  terminal.press('enter')
  expect(await terminal.ended()).toBe(9)
  expect(await terminal.shown()).toContain('Nothing was quarantined.')
  expect(await status()).toEqual([{status: 'warmed'}])
  expect(await changesOf(database)).toHaveLength(1)
})

test('a no leaves it as it is, and says how to do it later', async () => {
  terminal.press('enter')
  expect(await terminal.ended()).toBe(9)
  expect(await terminal.shown()).toContain(`pm ip quarantine ${ip}`)
  expect(await status()).toEqual([{status: 'warmed'}])
})
