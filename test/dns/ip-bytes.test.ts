import {isIP, SocketAddress} from 'node:net'
import {ipV4, ipV6, property, assert as sure} from 'fast-check'
import {describe, expect, it} from 'vitest'
import {inNetwork, maskIp, parseIp, reverseName, reverseParts, unmapIp4} from '../../src/dns/ip-bytes.ts'

function ip(text: string): Uint8Array {
  const bytes = parseIp(text)
  if (bytes === null) throw new Error(`${text} is no address`)
  return bytes
}

describe('parseIp', () => {
  it.each([
    ['192.0.2.1', [192, 0, 2, 1]],
    ['::', Array(16).fill(0)],
    ['2001:db8::1', [0x20, 1, 0x0d, 0xb8, ...Array(11).fill(0), 1]],
    ['2001:DB8:1:2:3:4:5:6', [0x20, 1, 0x0d, 0xb8, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6]],
    ['::ffff:192.0.2.1', [...Array(10).fill(0), 255, 255, 192, 0, 2, 1]],
    ['1:2:3:4:5:6:192.0.2.1', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 192, 0, 2, 1]],
    ['fe80::', [0xfe, 0x80, ...Array(14).fill(0)]],
  ])('reads %s', (text, bytes) => expect([...ip(text)]).toEqual(bytes))

  it.each([
    '',
    '192.0.2',
    '192.0.2.01',
    '192.0.2.256',
    '192.0.2.1/24',
    'fe80::1%eth0',
    '1::2::3',
    ':::1',
    'mail.example',
  ])('refuses “%s”', (text) => expect(parseIp(text)).toBeNull())

  it('reads every IPv6 address as the platform does', () => {
    sure(
      property(ipV6(), (text) => {
        const hex = Buffer.from(ip(text)).toString('hex').match(/.{4}/g)?.join(':') ?? ''
        const spelled = (address: string) => new SocketAddress({address, family: 'ipv6'}).address
        expect(isIP(hex)).toBe(6)
        expect(spelled(hex)).toBe(spelled(text))
      }),
    )
  })
})

describe('unmapIp4', () => {
  it('takes the IPv4 address out of a mapped one only', () => {
    expect([...unmapIp4(ip('::ffff:192.0.2.1'))]).toEqual([192, 0, 2, 1])
    expect(unmapIp4(ip('::fffe:c000:201'))).toHaveLength(16)
    expect(unmapIp4(ip('192.0.2.1'))).toEqual(ip('192.0.2.1'))
  })
})

describe('inNetwork', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1', 32, true],
    ['192.0.2.1', '192.0.2.0', 32, false],
    ['192.0.2.127', '192.0.2.0', 25, true],
    ['192.0.2.128', '192.0.2.0', 25, false],
    ['203.0.113.9', '192.0.2.0', 0, true],
    ['2001:db8:8000::1', '2001:db8:8000::', 33, true],
    ['2001:db8::1', '2001:db8:8000::', 33, false],
    ['2001:db8::1', '::', 0, true],
    ['192.0.2.1', '::', 0, false],
    ['::ffff:192.0.2.1', '192.0.2.1', 0, false],
  ])('%s in %s/%i: %s', (address, network, prefix, inside) => {
    expect(inNetwork(ip(address), ip(network), prefix)).toBe(inside)
  })

  it('is never wrong for a prefix cut anywhere', () => {
    const bits = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
    sure(
      property(ipV4(), ipV4(), (a, b) => {
        for (let prefix = 0; prefix <= 32; prefix += 1) {
          const same = bits(ip(a)).slice(0, prefix) === bits(ip(b)).slice(0, prefix)
          expect(inNetwork(ip(a), ip(b), prefix)).toBe(same)
        }
      }),
    )
  })

  it('masks without touching what it was given', () => {
    const address = ip('192.0.2.255')
    expect([...maskIp(address, 25)]).toEqual([192, 0, 2, 128])
    expect([...address]).toEqual([192, 0, 2, 255])
  })
})

describe('reverseName', () => {
  it('turns the bytes of IPv4 and the nibbles of IPv6 around', () => {
    expect(reverseName(ip('192.0.2.10'))).toBe('10.2.0.192.in-addr.arpa')
    expect(reverseName(ip('2001:db8::cb01'))).toBe(
      '1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
    )
    expect(reverseParts(ip('192.0.2.10'))).toEqual(['192', '0', '2', '10'])
  })
})
