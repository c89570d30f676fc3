import {sql} from 'kysely'
import {expect, test} from 'vitest'
import {freshDatabase} from '../support/database.ts'
import {run} from '../support/run.ts'

test('a write to a database that takes none is refused as such, and reads go on', async () => {
  const database = await freshDatabase()
  const env = {DATABASE_URL: database.url('op_operations')}
  const {stdout: ip} = await run({env}, ['ip', 'list', '-o', 'name', '--limit', '1', '--status', 'warmed'])
  await sql
    .raw(`alter database ${database.server('').database} set default_transaction_read_only = on`)
    .execute(database.owner.db)

  const read = await run({env}, ['ip', 'show', ip.trim(), '-o', 'name'])
  const written = await run({env}, ['ip', 'rate', ip.trim(), 'poor', '--reason', 'a test', '--yes'])

  expect(read).toMatchObject({stdout: ip, exitCode: 0})
  expect(written).toMatchObject({stdout: '', exitCode: 6})
  expect(written.stderr).toContain(
    'Error: This database takes no writes from this login: it is a replica, or read-only. Nothing was changed.\n',
  )
  await database.drop()
})
