import {afterEach, beforeEach, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {environmentOf, type FakeTree, startTree} from '../../support/dns/fake-tree.ts'
import {ask} from '../../support/records.ts'
import {pmInTerminal} from '../../support/terminal.ts'

let database: TestDatabase
let tree: FakeTree
beforeEach(async () => {
  database = await freshDatabase()
  tree = await startTree()
  const records = [{record_type: 'A', name: 'www', value: '192.0.2.80', verification_status: 'pending'}]
  await ask(database, `update domains set dns_records = '${JSON.stringify({records})}' where domain = 'acme.example'`)
})
afterEach(async () => {
  await tree.close()
  await database.drop()
})

test('watching counts down on a line of its own, and Ctrl-C ends it', async () => {
  const env = {DATABASE_URL: database.url('op_admin'), ...environmentOf(tree)}
  const terminal = pmInTerminal(['domain', 'watch', 'acme.example'], {env})
  await terminal.waitFor(/^\d\d:\d\d:\d\d {2}A www: missing$/m)
  await terminal.waitFor('1 record to go · asking again in 29 s')
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
  const lines = (await terminal.shown()).split('\n')
  expect(lines.slice(1)).toEqual(['Error: Interrupted. (interrupted, exit 130)'])
})

test('Ctrl-C ends it also while servers keep silent', async () => {
  for (const server of [tree.resolver, ...tree.parents, ...tree.own]) server.behaviour = () => {}
  const env = {DATABASE_URL: database.url('op_admin'), ...environmentOf(tree)}
  const terminal = pmInTerminal(['domain', 'check', 'acme.example'], {env})
  await expect.poll(() => tree.resolver.asked.length, {timeout: 60_000}).toBeGreaterThan(0)
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
  expect(await terminal.shown()).toContain('Error: Interrupted: 0 were checked. (interrupted, exit 130)')
})

test('a countdown that is wider than the terminal is cut, and leaves nothing behind', async () => {
  const env = {DATABASE_URL: database.url('op_admin'), ...environmentOf(tree)}
  const terminal = pmInTerminal(['domain', 'watch', 'acme.example'], {env, columns: 30})
  await terminal.waitFor(/^1 record to go · asking agai…$/m)
  await expect.poll(() => terminal.raw.split('\r\u001b[K').length, {timeout: 60_000}).toBeGreaterThan(3)
  expect((await terminal.shown()).match(/1 record to go/g)).toHaveLength(1)
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
})

test('with PM_ACCESSIBLE=1 how long yet is said now and then, on lines of its own', async () => {
  const env = {DATABASE_URL: database.url('op_admin'), PM_ACCESSIBLE: '1', ...environmentOf(tree)}
  const terminal = pmInTerminal(['domain', 'watch', 'acme.example'], {env})
  await terminal.waitFor(/^1 record to go · asking again in \d+ s$/m)
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
  expect(terminal.raw).not.toContain('\u001b[K')
})
