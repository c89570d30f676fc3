import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {sql} from 'kysely'
import {afterAll, afterEach, beforeAll, expect, inject, test, vi} from 'vitest'
import type {Connection, Server} from '../../src/db/connection.ts'
import {explainFailure} from '../../src/db/failure.ts'
import {openServer} from '../../src/db/server.ts'
import {PmError} from '../../src/rules/errors.ts'
import {makeAuthority} from '../support/certificates.ts'
import type {Postgres} from '../support/postgres.ts'
import {startTlsPostgres} from '../support/tls-postgres.ts'

const authority = makeAuthority('pm test authority')
const folder = mkdtempSync(join(tmpdir(), 'pm-tls-'))
let postgres: Postgres

beforeAll(async () => {
  postgres = await startTlsPostgres(authority)
  await asking({tls: false}, ({db}) => sql`create role ada login password 'right'`.execute(db))
})

afterEach(() => void vi.unstubAllEnvs())

afterAll(async () => {
  await postgres.stop()
  rmSync(folder, {recursive: true, force: true})
})

test('a server with a certificate of the right authority, for the right name, is connected to over TLS', async () => {
  const {rows} = await asking({tls: {ca: authority.certificate}}, ({db}) =>
    sql<{ssl: boolean}>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(db),
  )
  expect(rows).toEqual([{ssl: true}])
})

const ownAuthority =
  'Is it the right host? If its certificate authority is its own, name that: pm context add … --ca-file FILE'

test.each([
  ['another authority', makeAuthority('another authority').certificate, 'unable to verify the first certificate'],
  [
    'an authority that only has the name',
    makeAuthority('pm test authority').certificate,
    'certificate signature failure',
  ],
  ['an authority that nobody named', undefined, 'unable to verify the first certificate'],
])('a certificate of %s is refused', async (_, ca, why) => {
  expect(await refusal({tls: ca === undefined ? {} : {ca}})).toEqual({
    exitCode: 11,
    message: `The database server could not be verified: ${why}`,
    hint: ownAuthority,
  })
})

test('a certificate for another name is refused', async () => {
  expect(await refusal({host: 'localhost', tls: {ca: authority.certificate}})).toEqual({
    exitCode: 11,
    message:
      "The database server could not be verified: Hostname/IP does not match certificate's altnames: Host: localhost. is not in the cert's altnames: DNS:db.example, IP Address:127.0.0.1",
    hint: ownAuthority,
  })
})

test('a server that speaks no TLS is refused', async () => {
  expect(await refusal({port: inject('postgresPort'), tls: {ca: authority.certificate}})).toEqual({
    exitCode: 11,
    message: 'The database could not be reached: The server does not support SSL connections',
    hint: 'See where pm connects: pm context show. Or choose another place with --context.',
  })
})

test('what runs over TLS can be cancelled', async () => {
  const began = Date.now()
  const failure = await asking({tls: {ca: authority.certificate}}, async (connection) => {
    const sleeping = sql`select pg_sleep(20)`.execute(connection.db).catch((error: unknown) => error)
    await running()
    await connection.cancel()
    return sleeping
  })
  expect(failure).toMatchObject({code: '57014'})
  expect(Date.now() - began).toBeLessThan(10_000)
})

test('the password of a server is the one it was given', async () => {
  const {rows} = await asking({user: 'ada', password: 'right', tls: false}, ({db}) =>
    sql<{login: string}>`select session_user::text as login`.execute(db),
  )
  expect(rows).toEqual([{login: 'ada'}])
})

test('a wrong password is refused', async () => {
  expect(await refusal({user: 'ada', password: 'wrong', tls: false})).toEqual({
    exitCode: 4,
    message: 'The database refused this login: password authentication failed for user "ada"',
    hint: 'Check user, password and host.',
  })
})

test.each([
  ['none', {}],
  ['an empty one', {password: ''}],
])('a server given %s gets no password from PGPASSWORD or the password file', async (_, given) => {
  vi.stubEnv('PGPASSWORD', 'right')
  expect(await refusal({user: 'ada', tls: false, ...given})).toEqual(unknownPassword)
  vi.stubEnv('PGPASSWORD', undefined)
  vi.stubEnv('PGPASSFILE', saved('pgpass', '*:*:*:*:right'))
  expect(await refusal({user: 'ada', tls: false, ...given})).toEqual(unknownPassword)
})

const unknownPassword = {
  exitCode: 4,
  message: '127.0.0.1 asks for the password of ada, and none is known.',
  hint: 'Save it with the context (pm context add … --password-stdin), or set PGPASSWORD or ~/.pgpass (chmod 600).',
}

async function running(): Promise<void> {
  await asking({tls: false}, async ({db}) => {
    for (;;) {
      const {rows} =
        await sql`select 1 from pg_stat_activity where state = 'active' and query like 'select pg_sleep%'`.execute(db)
      if (rows.length > 0) return
    }
  })
}

// What the pool says where a server stops answering while every connection is busy with it.
test('no connection within the time for it: the server is unreachable', () => {
  expect(explainFailure(new Error('timeout exceeded when trying to connect'))).toMatchObject({
    exitCode: 11,
    message: 'The database could not be reached: timeout exceeded when trying to connect',
  })
})

async function asking<T>(server: Partial<Server>, ask: (connection: Connection) => Promise<T>): Promise<T> {
  const plain = {host: '127.0.0.1', port: postgres.port, database: 'postgres', user: 'postgres', tls: false as const}
  const connection = openServer({...plain, ...server}, 'pm test')
  try {
    return await ask(connection)
  } finally {
    await connection.close()
  }
}

async function refusal(server: Partial<Server>): Promise<object> {
  const error = await asking(server, ({db}) => sql`select 1`.execute(db)).catch((failure: unknown) => failure)
  const explained = explainFailure(error)
  if (!(explained instanceof PmError)) throw error
  return {exitCode: explained.exitCode, message: explained.message, hint: explained.hint}
}

function saved(name: string, text: string): string {
  writeFileSync(join(folder, name), text, {mode: 0o600})
  return join(folder, name)
}
