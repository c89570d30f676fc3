import {mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {withPassword} from '../../../src/cli/contexts/password.ts'
import type {Server} from '../../../src/db/connection.ts'

const server: Server = {host: 'db.example', port: 5432, database: 'mails', user: 'ada', tls: {}}
let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pm-password-'))
})

afterEach(() => rmSync(home, {recursive: true, force: true}))

test('a server keeps its own password, whatever the environment holds', () => {
  passwordFile('*:*:*:*:other')
  expect(withPassword({...server, password: 'own'}, 'saved', {HOME: home, PGPASSWORD: 'other'})).toEqual({
    server: {...server, password: 'own'},
    passwordFrom: 'saved',
  })
})

test('without its own it takes PGPASSWORD, then the password file, then none', () => {
  passwordFile('*:*:*:*:in-file')
  const found = (env: Record<string, string>) => withPassword(server, 'saved', env)
  expect(found({HOME: home, PGPASSWORD: 'in-env'})).toEqual({
    server: {...server, password: 'in-env'},
    passwordFrom: 'PGPASSWORD',
  })
  expect(found({HOME: home})).toEqual({server: {...server, password: 'in-file'}, passwordFrom: 'pgpass'})
  expect(found({HOME: join(home, 'empty')})).toEqual({server, passwordFrom: 'none'})
})

test.each([
  ['stand alone', {}, 'PGPASSWORD'],
  ['stands beside the same server', {PGHOST: 'db.example', PGPORT: '5432', PGUSER: 'ada'}, 'PGPASSWORD'],
  ['stands beside another host', {PGHOST: 'other.example'}, 'none'],
  ['stands beside a database, and so localhost', {PGDATABASE: 'mails'}, 'none'],
  ['stands beside another port', {PGHOST: 'db.example', PGPORT: '6432'}, 'none'],
  ['stands beside another user', {PGUSER: 'bob'}, 'none'],
  ['stands beside a service', {PGSERVICE: 'prod'}, 'none'],
  ['stands beside a DATABASE_URL', {DATABASE_URL: 'postgres://ada@db.example/mails'}, 'none'],
])('a PGPASSWORD that %s is given to a saved context accordingly', (_, env, expected) => {
  expect(withPassword(server, 'saved', {HOME: home, PGPASSWORD: 'secret', ...env}).passwordFrom).toBe(expected)
})

test('a DATABASE_URL without a password takes PGPASSWORD, unless PG* variables mean another server', () => {
  const env = {HOME: home, PGPASSWORD: 'secret', DATABASE_URL: 'postgres://ada@db.example/mails'}
  expect(withPassword(server, 'DATABASE_URL', env).passwordFrom).toBe('PGPASSWORD')
  expect(withPassword(server, 'DATABASE_URL', {...env, PGHOST: 'other.example'}).passwordFrom).toBe('none')
})

test.each([
  ['the first line that matches', 'db.example:*:*:bob:no\ndb.example:5432:mails:ada:yes\n*:*:*:*:no', 'yes'],
  ['any field that is a star', '*:*:*:*:yes', 'yes'],
  ['escaped colons and backslashes', 'db.example:5432:mails:ada:a\\:b\\\\c', 'a:b\\c'],
  ['colons in the password as more fields, as libpq does', 'db.example:5432:mails:ada:a:b', 'a'],
  ['lines that a Windows editor wrote', '*:*:*:*:yes\r\n', 'yes'],
  ['no comment', '#*:*:*:*:no\n', undefined],
  ['no other host', 'db2.example:*:*:*:no', undefined],
  ['no other port', '*:5433:*:*:no', undefined],
  ['no other database', '*:*:other:*:no', undefined],
  ['no other user', '*:*:*:bob:no', undefined],
  ['no line that is too short', '*:*:*:*\n*:*\n', undefined],
  ['no empty password', '*:*:*:*:', undefined],
])('the password file counts %s', (_, text, password) => {
  passwordFile(text)
  expect(withPassword(server, 'saved', {HOME: home}).server.password).toBe(password)
})

test('a Unix socket is localhost in the password file', () => {
  passwordFile('localhost:5432:mails:ada:yes')
  const socket = {...server, host: '/var/run/postgresql', tls: false as const}
  expect(withPassword(socket, 'saved', {HOME: home}).server.password).toBe('yes')
})

test('a password file that others can read does not count', () => {
  passwordFile('*:*:*:*:secret', 0o640)
  expect(withPassword(server, 'saved', {HOME: home})).toEqual({server, passwordFrom: 'none'})
})

test('PGPASSFILE names another password file', () => {
  passwordFile('*:*:*:*:no')
  writeFileSync(join(home, 'other'), '*:*:*:*:yes', {mode: 0o600})
  const env = {HOME: home, PGPASSFILE: join(home, 'other')}
  expect(withPassword(server, 'saved', env).server.password).toBe('yes')
})

test('a password file that cannot be looked at has no password', () => {
  symlinkSync('.pgpass', join(home, '.pgpass'))
  expect(withPassword(server, 'saved', {HOME: home})).toEqual({server, passwordFrom: 'none'})
})

function passwordFile(text: string, mode = 0o600): void {
  writeFileSync(join(home, '.pgpass'), text, {mode})
}
