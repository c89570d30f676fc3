import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {sql} from 'kysely'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {openServer} from '../../src/db/server.ts'
import {emptyDatabase, freshDatabase} from '../support/database.ts'
import {freePort} from '../support/free-port.ts'
import {type Postgres, startPostgres} from '../support/postgres.ts'
import {type Ended, pm} from '../support/process.ts'
import {startProxy} from '../support/proxy.ts'

function list(DATABASE_URL: string, env: Record<string, string> = {}): Promise<Ended> {
  return pm(['ip', 'list', '-o', 'json'], {env: {DATABASE_URL, ...env}})
}

function told({exitCode, stdout, stderr}: Ended) {
  const {code, message, hint} = JSON.parse(stderr).error
  return {exitCode, stdout, code, message, hint}
}

const unreachable = {exitCode: 11, stdout: '', code: 'database_unreachable'}
const notIdentified = {exitCode: 4, stdout: '', code: 'not_identified'}
const elsewhere = 'See where pm connects: pm context show. Or choose another place with --context.'

describe('nobody is there', () => {
  test('no server listens', async () => {
    const port = await freePort()
    expect(told(await list(`postgres://op@127.0.0.1:${port}/pm`))).toEqual({
      ...unreachable,
      message: `The database could not be reached: connect ECONNREFUSED 127.0.0.1:${port}`,
      hint: elsewhere,
    })
  })

  test('the host has no address', async () => {
    const ended = await list('postgres://op@nowhere.invalid/pm')
    expect(told(ended)).toMatchObject({...unreachable, message: expect.stringContaining('nowhere.invalid')})
  })

  test('something else listens, and hangs up', async () => {
    const proxy = await startProxy(await freePort(), () => 'cut before')
    const ended = await list(`postgres://op@127.0.0.1:${proxy.port}/pm`)
    await proxy.stop()
    expect(told(ended)).toMatchObject(unreachable)
  })

  test('the server has no such database', async () => {
    const {owner, url, drop} = await freshDatabase()
    const missing = url('op_admin').replace(/pm_[0-9a-f]+$/, 'penguinmails')
    expect(told(await list(missing))).toMatchObject({
      ...unreachable,
      message: 'The database could not be reached: database "penguinmails" does not exist',
    })
    await owner.close()
    await drop()
  })
})

describe('a server that asks for passwords', () => {
  let server: Postgres
  let folder: string
  const url = (user: string) => `postgres://${user}@127.0.0.1:${server.port}/postgres`
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pm-hba-'))
    const file = join(folder, 'pg_hba.conf')
    writeFileSync(file, 'host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n')
    server = await startPostgres({}, {'pg_hba.conf': file})
    const owner = openServer(
      {host: '127.0.0.1', port: server.port, database: 'postgres', user: 'postgres', tls: false},
      'pm test',
    )
    await sql`create role op_scram login password 'correct horse'`.execute(owner.db)
    await owner.close()
  })
  afterAll(async () => {
    await server.stop()
    rmSync(folder, {recursive: true, force: true})
  })

  test('refuses a wrong one', async () => {
    expect(told(await list(url('op_scram:wrong')))).toMatchObject({
      ...notIdentified,
      message: 'The database refused this login: password authentication failed for user "op_scram"',
    })
  })

  test('and a login it does not know', async () => {
    expect(told(await list(url('op_nobody:wrong')))).toMatchObject(notIdentified)
  })

  test('pm says where a missing one belongs', async () => {
    expect(told(await list(url('op_scram')))).toMatchObject({
      ...notIdentified,
      message: '127.0.0.1 asks for the password of op_scram, and none is known.',
    })
  })

  test('never repeats one', async () => {
    const {stderr} = await list(url('op_scram:hunter2secret'))
    expect(stderr).not.toContain('hunter2secret')
  })

  test('lets the right one in, to a database that pm was not set up in', async () => {
    expect(told(await list(url('op_scram:correct%20horse')))).toEqual({
      ...notIdentified,
      message: 'This database has not been set up for pm, or this login may not use it.',
      hint: 'An owner of the database runs `pm db setup`, then `pm staff enroll`.',
    })
  })
})

describe('a database that knows nothing of this operator', () => {
  test('because pm was never set up in it', async () => {
    const database = await emptyDatabase()
    const ended = await list(database.url('postgres'))
    await database.drop()
    expect(told(ended)).toMatchObject({...notIdentified, hint: expect.stringContaining('pm db setup')})
  })

  test('because the login was never enrolled', async () => {
    const database = await freshDatabase()
    await sql`do $$ begin create role op_stranger login; exception when duplicate_object then null; end $$`.execute(
      database.owner.db,
    )
    const ended = await list(database.url('op_stranger'))
    await database.drop()
    expect(told(ended)).toMatchObject({...notIdentified, hint: expect.stringContaining('pm staff enroll')})
  })
})
