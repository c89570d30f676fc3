import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {bashInTerminal, type TestTerminal} from '../../support/terminal.ts'

let database: TestDatabase
let home: string
beforeAll(async () => {
  database = await freshDatabase()
  home = mkdtempSync(join(tmpdir(), 'pm-stopped-'))
})
afterAll(async () => {
  await database.drop()
  rmSync(home, {recursive: true})
})

const enroll = 'pm staff enroll ada@penguinmails.example --login op_x --create-login --password-stdin'
const told = '[ "$(stty -g)" = "$before" ] && echo "modes as before"'

/** A shell in which pm can be stopped; when something is typed then, it goes on. */
function shellWith(line: string): TestTerminal {
  return bashInTerminal(
    `set -m; before=$(stty -g); ${line}; echo "stopped $?"; ${told}; read -r; fg; ${told}; echo "ended $?"`,
    {env: {DATABASE_URL: database.url('op_admin'), PM_DATA_DIR: join(home, 'data'), PM_CACHE_DIR: join(home, 'cache')}},
  )
}

async function stopAndGoOn(terminal: TestTerminal): Promise<void> {
  terminal.type('\u001a')
  await terminal.waitFor(/stopped 148[\s\S]*modes as before/)
  terminal.type('\r')
}

async function endsAsFound(terminal: TestTerminal): Promise<void> {
  await terminal.waitFor(/modes as before\nended 0$/)
  expect(await terminal.leftOn()).toEqual([])
}

test.each([
  {where: 'a search', line: 'pm ip show -o name', shows: '❯ 192.0.2.10', keys: '\r', answer: '✔ Which IP?'},
  {where: 'consent', line: 'pm ip quarantine 203.0.113.24', shows: '? Go ahead?', keys: 'n\r', answer: 'Declined.'},
  {where: 'a text', line: 'pm flags create', shows: '? Which key?', keys: '1\r', answer: '✔ Which key? 1'},
  {where: 'a password', line: enroll, shows: '? Password:', keys: '\u0003', answer: 'Nothing was changed.'},
  {where: 'a line of the shell', line: 'pm shell', shows: '(development)>', keys: 'exit\r', answer: '> exit'},
])('Ctrl-Z at $where stops pm and gives the terminal back; fg asks anew', async ({line, shows, keys, answer}) => {
  const terminal = shellWith(line)
  await terminal.waitFor(shows)
  await stopAndGoOn(terminal)
  await expect.poll(async () => (await terminal.shown()).split('modes as before')[1]).toContain(shows)
  terminal.type(keys)
  await terminal.waitFor(answer)
  await endsAsFound(terminal)
})

test('Ctrl-Z at home stops pm and gives the terminal back; fg draws it again', async () => {
  const terminal = shellWith('pm')
  await terminal.waitFor('❯ 5 IPs on')
  await stopAndGoOn(terminal)
  await terminal.waitFor('❯ 5 IPs on')
  terminal.type('kestrel.ex')
  await terminal.waitFor('❯ domain       kestrel.example')
  terminal.press('ctrl-c')
  await endsAsFound(terminal)
})
