import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {type Address, isLoopback, serverAt} from '../../../src/cli/contexts/server-address.ts'
import {UsageError} from '../../../src/rules/errors.ts'
import {makeAuthority} from '../../support/certificates.ts'

const folder = mkdtempSync(join(tmpdir(), 'pm-address-'))
afterAll(() => rmSync(folder, {recursive: true, force: true}))

test.each(['localhost', '127.0.0.1', '127.3.2.1', '::1', '/var/run/postgresql'])('%s is this machine', (host) => {
  expect(isLoopback(host)).toBe(true)
})

test.each([
  'db.example',
  'localhost.evil.example',
  '127.0.0.1.nip.io',
  '127.999.1.1',
  '127.1',
  '10.0.0.1',
  '0.0.0.0',
  '::2',
  '::ffff:127.0.0.1',
])('%s is not taken for this machine', (host) => {
  expect(isLoopback(host)).toBe(false)
})

test.each([undefined, 'require', 'verify-ca', 'verify-full'])(
  'another machine is verified in full with sslmode %s',
  (sslmode) => {
    expect(tlsOf({host: 'db.example', sslmode})).toEqual({})
    expect(tlsOf({host: '10.0.0.1', sslmode})).toEqual({})
  },
)

test.each(['disable', 'allow', 'prefer', 'no-verify', 'VERIFY-FULL', 'verify-full '])(
  'sslmode %j is refused for another machine',
  (sslmode) => {
    expect(problem({host: 'db.example', sslmode})).toEqual([
      `DATABASE_URL asks for sslmode=${sslmode}, but pm verifies every server off this machine.`,
      'Leave sslmode out. If db.example has a certificate authority of its own, name its file: sslrootcert, or --ca-file.',
    ])
  },
)

test('on this machine TLS is spoken only where sslmode asks for it, and then in full', () => {
  expect([undefined, 'disable', 'allow', 'prefer'].map((sslmode) => tlsOf({host: '127.0.0.1', sslmode}))).toEqual([
    false,
    false,
    false,
    false,
  ])
  expect(['require', 'verify-ca', 'verify-full'].map((sslmode) => tlsOf({host: '127.0.0.1', sslmode}))).toEqual([
    {},
    {},
    {},
  ])
})

test('on a Unix socket there is no TLS, as in PostgreSQL', () => {
  expect(tlsOf({host: '/var/run/postgresql', sslmode: 'verify-full'})).toBe(false)
})

test('the certificate authority is read from its file', () => {
  const {certificate} = makeAuthority('own')
  expect(tlsOf({host: 'db.example', ca_file: saved('ca.pem', certificate)})).toEqual({ca: certificate})
})

test('“system” stands for the authorities that the machine trusts', () => {
  const tls = tlsOf({host: 'db.example', ca_file: 'system'})
  expect(tls).toEqual({ca: expect.stringMatching(/^(-----BEGIN CERTIFICATE-----[\s\S]*)?$/)})
})

test('a file that is not there, or holds no certificate, is refused', () => {
  const missing = join(folder, 'missing.pem')
  expect(problem({host: 'db.example', ca_file: missing})).toEqual([
    `The certificate file ${missing} cannot be read: there is no such file or folder.`,
    'It is the one of --ca-file, of sslrootcert in an address, or of the context.',
  ])
  const key = saved('key.pem', '-----BEGIN PRIVATE KEY-----\n')
  expect(problem({host: 'db.example', ca_file: key})).toEqual([
    `There is no certificate in ${key}.`,
    'It must be in PEM form: -----BEGIN CERTIFICATE-----',
  ])
})

test.each([0, -1, 65_536, 5432.5, Number.NaN])('the port %d is refused', (port) => {
  expect(problem({host: 'db.example', port})[0]).toBe('The port in DATABASE_URL is not a number from 1 to 65535.')
})

test('several hosts, and hosts that cannot be one, are refused', () => {
  expect(problem({host: 'db-1.example,db-2.example'})).toEqual([
    'DATABASE_URL names several hosts.',
    'pm takes one: the primary, and a replica with pm context add --replica-host.',
  ])
  expect(problem({host: 'db example'})[0]).toBe('DATABASE_URL names a host that cannot be one.')
  expect(problem({host: 'ada@db.example'})[0]).toBe('DATABASE_URL names a host that cannot be one.')
})

test.each([
  ['host', {host: '/tmp/\u001b[2J'}],
  ['database', {host: 'db.example', database: 'mails\u001b[2J'}],
  ['user', {host: 'db.example', user: 'ada\u202e'}],
])('a %s that would drive the terminal is refused', (_, address) => {
  expect(problem(address)[0]).toBe('DATABASE_URL has characters that cannot be printed.')
})

function tlsOf(address: Address) {
  return serverAt(address, 'DATABASE_URL').tls
}

function problem(address: Address): [string, string | undefined] {
  try {
    serverAt(address, 'DATABASE_URL')
  } catch (error) {
    if (error instanceof UsageError) return [error.message, error.hint]
    throw error
  }
  throw new Error('It was not refused.')
}

function saved(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
