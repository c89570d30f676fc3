import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {freshDatabase} from '../../support/database.ts'
import {pmInTerminal} from '../../support/terminal.ts'

test('a list that is planned says so while it is, and no longer', async () => {
  const database = await freshDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'pm-planning-'))
  const list = join(folder, 'ips')
  writeFileSync(list, '192.0.2.10\n192.0.2.11\n')
  const env = {DATABASE_URL: database.url('op_admin')}
  const terminal = pmInTerminal(['ip', 'rate', 'poor', '--from-file', list, '--dry-run'], {env})
  expect(await terminal.ended()).toBe(9)
  expect(terminal.raw).toContain('Looking what would change…')
  expect(await terminal.shown()).not.toContain('Looking')
  rmSync(folder, {recursive: true})
  await database.drop()
})
