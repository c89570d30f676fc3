import {describe, expect, it} from 'vitest'
import {parseServer, parseServers, serverLabel, systemServers} from '../../../src/dns/wire/server-address.ts'
import {UsageError} from '../../../src/rules/errors.ts'

describe('parseServer', () => {
  it.each([
    ['192.0.2.53', {address: '192.0.2.53', port: 53}, '192.0.2.53'],
    [' 192.0.2.53:5300 ', {address: '192.0.2.53', port: 5300}, '192.0.2.53:5300'],
    ['192.0.2.53:53', {address: '192.0.2.53', port: 53}, '192.0.2.53'],
    ['2001:db8::53', {address: '2001:db8::53', port: 53}, '2001:db8::53'],
    ['[2001:db8::53]', {address: '2001:db8::53', port: 53}, '2001:db8::53'],
    ['[2001:db8::53]:5300', {address: '2001:db8::53', port: 5300}, '[2001:db8::53]:5300'],
  ])('reads %s, and calls it the same in evidence', (text, server, label) => {
    expect(parseServer(text)).toEqual(server)
    expect(serverLabel(parseServer(text))).toBe(label)
  })

  it.each(['', 'ns1.example.net', '192.0.2', '192.0.2.53:0', '192.0.2.53:65536', '[192.0.2.53]:53', '192.0.2.53:x'])(
    'refuses %j',
    (text) => expect(() => parseServer(text)).toThrow(UsageError),
  )

  it('reads a list', () => {
    expect(parseServers('192.0.2.1, [2001:db8::1]:54,')).toEqual([
      {address: '192.0.2.1', port: 53},
      {address: '2001:db8::1', port: 54},
    ])
  })
})

it('systemServers are those of the machine', () => expect(Array.isArray(systemServers())).toBe(true))
