import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {makeAuthority} from '../support/certificates.ts'
import type {Postgres} from '../support/postgres.ts'
import {run} from '../support/run.ts'
import {startTlsPostgres} from '../support/tls-postgres.ts'

const authority = makeAuthority('pm test authority')
const home = mkdtempSync(join(tmpdir(), 'pm-context-tls-'))
let postgres: Postgres

beforeAll(async () => {
  postgres = await startTlsPostgres(authority)
  writeFileSync(join(home, 'right.pem'), authority.certificate)
  writeFileSync(join(home, 'wrong.pem'), makeAuthority('another authority').certificate)
})

afterAll(async () => {
  await postgres.stop()
  rmSync(home, {recursive: true, force: true})
})

test('a context with the certificate authority of its server connects to it', async () => {
  await add('right', '127.0.0.1', 'right.pem')
  expect(await listingIps('right')).toEqual([
    4,
    'Error: This database has not been set up for pm, or this login may not use it.',
  ])
})

test('a context with another certificate authority does not', async () => {
  await add('wrong', '127.0.0.1', 'wrong.pem')
  expect(await listingIps('wrong')).toEqual([
    11,
    'Error: The database server could not be verified: unable to verify the first certificate',
  ])
})

test('a context by another name than the certificate has does not', async () => {
  await add('name', 'localhost', 'right.pem')
  const [exitCode, message] = await listingIps('name')
  expect(exitCode).toBe(11)
  expect(message).toMatch(/^Error: The database server could not be verified: .* Host: localhost\. is not in/)
})

test('a URL with sslrootcert and sslmode=verify-full is followed, on this machine, too', async () => {
  const url = (ca: string) =>
    `postgres://postgres@127.0.0.1:${postgres.port}/postgres?sslmode=verify-full&sslrootcert=${join(home, ca)}`
  const exitCodes = async (ca: string) => (await run({home, env: {DATABASE_URL: url(ca)}}, ['ip', 'list'])).exitCode
  expect([await exitCodes('right.pem'), await exitCodes('wrong.pem')]).toEqual([4, 11])
})

async function add(name: string, host: string, ca: string): Promise<void> {
  const address = ['--host', host, '--port', String(postgres.port), '--database', 'postgres', '--user', 'postgres']
  const argv = ['context', 'add', name, '--kind', 'staging', ...address, '--ca-file', ca]
  expect((await run({home, workingFolder: home}, argv)).exitCode).toBe(0)
}

async function listingIps(context: string): Promise<[number, string | undefined]> {
  const {exitCode, stderr} = await run({home}, ['ip', 'list', '-c', context])
  return [exitCode, stderr.split('\n')[0]]
}
