import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {pmInTerminal, type TestTerminal} from '../../support/terminal.ts'

let database: TestDatabase
let home: string
let env: Record<string, string>
beforeAll(async () => {
  database = await freshDatabase()
  home = mkdtempSync(join(tmpdir(), 'pm-questions-'))
  env = {DATABASE_URL: database.url('op_admin'), PM_DATA_DIR: join(home, 'data'), PM_CACHE_DIR: join(home, 'cache')}
})
afterAll(async () => {
  await database.drop()
  rmSync(home, {recursive: true})
})

async function isCutBy(terminal: TestTerminal): Promise<void> {
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
}

test('Ctrl-T shows nothing of a password, and nothing offers it', async () => {
  const enroll = [
    'staff',
    'enroll',
    'ada@penguinmails.example',
    '--login',
    'op_x',
    '--create-login',
    '--password-stdin',
  ]
  const terminal = pmInTerminal(enroll, {env})
  await terminal.waitFor('? Password:')
  terminal.type('hunt3r\u0014')
  terminal.press('enter')
  expect(await terminal.ended()).toBe(2)
  expect(await terminal.shown()).toContain('fewer than 8 characters')
  expect(terminal.raw).not.toMatch(/hunt3r|toggle/)
})

test('a value without a name is asked for where it stands in the command', async () => {
  const terminal = pmInTerminal(['ip', 'rate', '203.0.113.24'], {env})
  await terminal.waitFor('? pm ip rate 203.0.113.24 …')
  await isCutBy(terminal)
})

test('what must be said is asked for until it is', async () => {
  const terminal = pmInTerminal(['flags', 'create'], {env})
  await terminal.waitFor('? Which key?')
  terminal.press('enter')
  await terminal.waitFor(/✔ Which key\? *\n\? Which key\?/)
  terminal.type('brand_new\r')
  await terminal.waitFor('✔ Which key? brand_new')
  await isCutBy(terminal)
})

test('what is offered is cut where the terminal is narrow, and stays on its line', async () => {
  const terminal = pmInTerminal(['campaign', 'pause'], {env, columns: 24, rows: 15})
  await terminal.waitFor('❯ ')
  const offered = (await terminal.screen()).split('\n').filter((line) => /^[❯ ] /.test(line))
  expect(offered).toHaveLength(10)
  expect(offered.some((line) => line.endsWith('…'))).toBe(true)
  await isCutBy(terminal)
})

test('of thousands of letters pasted at once only the last is searched for', async () => {
  const terminal = pmInTerminal(['ip', 'show', '-o', 'name'], {env})
  await terminal.waitFor('❯ 192.0.2.10')
  terminal.type(`${'abcde'.repeat(1_000)}\u0015198.51.100.33`)
  await terminal.waitFor('❯ 198.51.100.33')
  terminal.press('enter')
  expect(await terminal.ended()).toBe(0)
})
