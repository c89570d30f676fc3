import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test} from 'vitest'
import {addTenants, pendingPlans, recordedSubscriptions} from '../support/bulk.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {missingPrograms, skipNote} from '../support/dns/daemon.ts'
import {type PgBouncer, startPgBouncer} from '../support/pgbouncer.ts'
import {openPsql, type Psql} from '../support/psql.ts'
import {changesOf} from '../support/records.ts'
import {run} from '../support/run.ts'

const missing = missingPrograms('pgbouncer')
const logins = ['op_admin', 'op_viewer', 'op_billing', 'postgres']

describe.skipIf(missing.length > 0)(`through PgBouncer in transaction mode${skipNote(missing)}`, () => {
  let bouncer: PgBouncer
  let database: TestDatabase
  beforeAll(async () => {
    bouncer = await startPgBouncer(inject('postgresPort'), logins)
  })
  afterAll(() => bouncer.stop())
  beforeEach(async () => {
    database = await freshDatabase()
  })
  afterEach(() => database.drop())

  const pm = (argv: readonly string[], login = 'op_admin', stdin = '') =>
    run({env: {DATABASE_URL: database.url(login, bouncer.port)}, stdin}, argv)
  const psql = (login: string): Promise<Psql> => openPsql({...database.server(login), port: bouncer.port})

  test('everybody is who they are, whoever was there before', async () => {
    const asked = ['op_admin', 'op_viewer', 'op_billing', 'op_admin', 'op_viewer']
    const told: string[] = []
    for (const login of asked) told.push(JSON.parse((await pm(['whoami', '-o', 'json'], login)).stdout).login)
    expect(told).toEqual(asked)
  })

  test('a write is one change of who made it, and nothing of it stays with the connection', async () => {
    expect(await pm(['plan', 'change', 'Acme', '--to', 'scale', '--yes'])).toMatchObject({exitCode: 0})
    expect(await changesOf(database)).toMatchObject([{login: 'op_admin', images: ['update subscriptions 1']}])
    const other = await psql('op_admin')
    try {
      await expect(other.run('update subscriptions set pending_plan_id = null')).rejects.toThrow(
        'operators change subscriptions through pm only',
      )
      const [left] = await other.run(
        `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
           current_setting('transaction_read_only') as reading, current_setting('search_path') as path,
           nullif(current_setting('app.current_tenant_id', true), '') as tenant`,
      )
      expect(left).toEqual({statement: '0', lock: '0', reading: 'off', path: '"$user", public', tenant: null})
    } finally {
      await other.close()
    }
  })

  test('who may not is refused, on a connection that somebody else has just written with', async () => {
    await pm(['plan', 'change', 'Acme', '--to', 'scale', '--yes'])
    const {exitCode} = await pm(['plan', 'keep', 'Acme', '--yes'], 'op_viewer')
    expect([exitCode, (await changesOf(database)).length]).toEqual([5, 1])
  })

  test('a job of more workers than there are connections does each item once', async () => {
    const names = await addTenants(database, 700)
    const consent = ['--confirm', '700 subscriptions', '--workers', '4']
    const argv = ['plan', 'change', '--to', 'scale', '-', ...consent]
    const {exitCode, stderr} = await pm(argv, 'op_admin', names.join('\n'))
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect([await pendingPlans(database), await recordedSubscriptions(database)]).toEqual([
      {scale: 700},
      {images: 700, rows: 700},
    ])
  })

  test('a list longer than what is fetched at once is the same as without it', async () => {
    await addTenants(database, 2_500)
    const list = ['subscription', 'list', '-o', 'ndjson']
    const straight = await run({env: {DATABASE_URL: database.url('op_admin')}}, list)
    const {stdout} = await pm(list)
    expect(stdout).toBe(straight.stdout)
    expect(stdout.split('\n').length).toBeGreaterThan(2_500)
  })
})
