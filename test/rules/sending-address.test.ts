import {expect, it} from 'vitest'
import {assertMaySend} from '../../src/rules/sending-address.ts'

it.each([
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['127.0.0.1', 'a loopback address'],
  ['127.255.255.255', 'a loopback address'],
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'shared by customers of a provider'],
  ['169.254.1.1', 'link-local'],
  ['224.0.0.1', 'a multicast address'],
  ['239.255.255.255', 'a multicast address'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'reserved'],
  ['192.0.0.8', 'reserved'],
  ['::', 'unspecified'],
  ['::1', 'a loopback address'],
  ['fc00::1', 'private'],
  ['fdff::1', 'private'],
  ['fec0::1', 'private'],
  ['fe80::1', 'link-local'],
  ['ff02::1', 'a multicast address'],
  ['100::1', 'reserved'],
  ['::ffff:192.0.2.1', 'an IPv4 address in the dress of IPv6'],
  ['::ffff:127.0.0.1', 'an IPv4 address in the dress of IPv6'],
  ['64:ff9b::c000:201', 'an IPv4 address in the dress of IPv6'],
])('%s cannot send: it is %s', (ip, is) => {
  expect(() => assertMaySend(ip)).toThrow(
    expect.objectContaining({
      reason: 'usage',
      message: `${ip} cannot be a sending IP: it is ${is}.`,
      hint: 'Give the public address that receivers see.',
      details: {ip, is},
    }),
  )
})

it.each([
  '192.0.2.10',
  '198.51.100.24',
  '203.0.113.24',
  '198.18.0.1',
  '2001:db8::24',
  '1.0.0.0',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '223.255.255.255',
  '::2',
  '2a01:4f8::1',
  'fbff::1',
])('%s may send', (ip) => {
  expect(() => assertMaySend(ip)).not.toThrow()
})
