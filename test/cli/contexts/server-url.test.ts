import {expect, test} from 'vitest'
import {parseServerUrl} from '../../../src/cli/contexts/server-url.ts'
import {UsageError} from '../../../src/rules/errors.ts'

test.each([
  [
    'postgres://ada:s%40cret@db.example:6432/mails',
    {host: 'db.example', port: 6432, database: 'mails', user: 'ada', password: 's@cret'},
  ],
  ['postgresql://db.example', {host: 'db.example'}],
  ['postgres://ada@[::1]:5433/mails', {host: '::1', port: 5433, database: 'mails', user: 'ada'}],
  ['postgres://ada@%2Fvar%2Frun%2Fpostgresql/mails', {host: '/var/run/postgresql', database: 'mails', user: 'ada'}],
  [
    'postgres:///mails?host=/var/run/postgresql&user=ada',
    {host: '/var/run/postgresql', database: 'mails', user: 'ada'},
  ],
  [
    'postgres://x/?dbname=mails&port=6432&password=secret',
    {host: 'x', port: 6432, database: 'mails', password: 'secret'},
  ],
  [
    'postgres://x/mails?sslmode=verify-full&sslrootcert=ca.pem',
    {host: 'x', database: 'mails', sslmode: 'verify-full', ca_file: 'ca.pem'},
  ],
  ['postgres://x/mails?connect_timeout=10&application_name=app', {host: 'x', database: 'mails'}],
])('%s is read as libpq reads it', (url, expected) => {
  expect(parseServerUrl(url, 'DATABASE_URL')).toEqual(expected)
})

test.each([
  ['mysql://ada:secret@db.example/mails', 'DATABASE_URL is not a PostgreSQL URL.'],
  ['db.example', 'DATABASE_URL is not a PostgreSQL URL.'],
  ['host=db.example password=secret', 'DATABASE_URL is not a PostgreSQL URL.'],
  ['postgres://ada:secret@db.example:none/mails', 'DATABASE_URL is not a PostgreSQL URL.'],
  ['postgres://ada:secret%@db.example/mails', 'DATABASE_URL has a % that begins no escape.'],
  ['postgres://ada:secret@db.example/mails?service=prod', 'pm does not follow service in DATABASE_URL.'],
  ['postgres://ada:secret@db.example/?options=-c%20role%3Dpostgres', 'pm does not follow options in DATABASE_URL.'],
  ['postgres://ada:secret@a/mails?hostaddr=10.0.0.1', 'pm does not follow hostaddr in DATABASE_URL.'],
])('%s is refused without being repeated', (url, message) => {
  const error = refusal(url)
  expect(error.message).toBe(message)
  expect(`${error.message} ${error.hint} ${JSON.stringify(error.details)}`).not.toContain('secret')
})

function refusal(url: string): UsageError {
  try {
    parseServerUrl(url, 'DATABASE_URL')
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
  throw new Error('It was not refused.')
}
