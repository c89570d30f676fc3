import {type RawBuilder, sql} from 'kysely'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {type OpenedSession, openSession} from '../../src/cli/open-session.ts'
import type {Server} from '../../src/db/connection.ts'
import {type Reader, read, readForWrite} from '../../src/db/transaction.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {freePort} from '../support/free-port.ts'

let primary: TestDatabase
let replica: TestDatabase

beforeAll(async () => {
  primary = await freshDatabase()
  replica = await freshDatabase()
})

afterAll(async () => {
  await primary.drop()
  await replica.drop()
})

test('a context without a replica reads where it writes', async () => {
  const {database} = primary.server('op_admin')
  expect(await inSession(undefined, databases)).toEqual([database, database])
})

test('a context with a replica reads there, but decides on the primary what to write', async () => {
  const server = replica.server('op_admin')
  expect(await inSession(server, databases)).toEqual([server.database, primary.server('op_admin').database])
})

test('a replica that is down is said to be unreachable, and the primary is not read in its place', async () => {
  const server = {...replica.server('op_admin'), port: await freePort()}
  await expect(inSession(server, databases)).rejects.toMatchObject({
    exitCode: 11,
    message: `The database could not be reached: connect ECONNREFUSED 127.0.0.1:${server.port}`,
  })
})

test('the server sees which command is connected', async () => {
  const name = await inSession(undefined, (session) =>
    read(session, 'none', evaluate(sql<string>`current_setting('application_name')`)),
  )
  expect(name).toBe('pm ip list')
})

test('a context that declares its operator is that operator, as enforced by pm alone', async () => {
  const identity = {kind: 'declared', email: 'ada@penguinmails.example'} as const
  const session = await openSession({...context(undefined), identity}, options)
  const operator = await read(session, 'none', async (_db, who) => who).finally(() => session.close())
  expect(operator).toMatchObject({email: 'ada@penguinmails.example', enforced_by: 'transaction'})
})

const options = {applicationName: 'pm ip list', limits: {statementMs: 10_000, lockMs: 5_000}, progress: () => {}}

async function inSession<T>(at: Server | undefined, work: (session: OpenedSession) => Promise<T>): Promise<T> {
  const session = await openSession(context(at), options)
  return work(session).finally(() => session.close())
}

function context(at: Server | undefined): Parameters<typeof openSession>[0] {
  const server = primary.server('op_admin')
  return {
    name: 'test',
    kind: 'development',
    place: {type: 'server', server, passwordFrom: 'none', ...(at ? {replica: at} : {})},
    identity: {kind: 'session'},
    chosenBy: '--context',
  }
}

async function databases(session: OpenedSession): Promise<[string, string]> {
  const name = evaluate(sql<string>`current_database()`)
  return [await read(session, 'none', name), await readForWrite(session, 'ip.read', name)]
}

function evaluate(expression: RawBuilder<string>): (db: Reader) => Promise<string> {
  return async (db) => (await db.selectNoFrom(expression.as('value')).executeTakeFirstOrThrow()).value
}
