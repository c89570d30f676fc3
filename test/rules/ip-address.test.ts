import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {UsageError} from '../../src/rules/errors.ts'
import {parseIpAddress} from '../../src/rules/ip-address.ts'
import {hostileString, runs} from '../output/hostile.ts'

describe('an IP address', () => {
  it.each(['203.0.113.24', '0.0.0.0', '255.255.255.255', '2001:db8::24', '::', '::1', '64:ff9b::c000:201'])(
    'stays as it is when it is canonical: %s',
    (text) => {
      expect(parseIpAddress(text)).toBe(text)
    },
  )

  it.each([
    ['2001:DB8:113::24', '2001:db8:113::24'],
    ['2001:0db8:0113:0000:0000:0000:0000:0024', '2001:db8:113::24'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:db8::0:1', '2001:db8::1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['::ffff:c000:0201', '::ffff:192.0.2.1'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
  ])('of version 6 gets its one spelling: %s', (text, canonical) => {
    expect(parseIpAddress(text)).toBe(canonical)
  })

  it.each([' 203.0.113.24', '203.0.113.24 ', '\t203.0.113.24\n', '203.0.113.24\r'])(
    'may have blanks around it: %j',
    (text) => {
      expect(parseIpAddress(text)).toBe('203.0.113.24')
    },
  )

  it.each([
    '',
    ' ',
    '203.0.113',
    '203.0.113.024',
    '0313.0.113.24',
    '0xcb.0.113.24',
    '3405803800',
    '203.0.113.256',
    '203.0.113.24.1',
    '203.0.113.24/32',
    '203.0.113.24:25',
    '203.0.113.-1',
    '203. 0.113.24',
    '203.0.113.24 203.0.113.25',
    '203.0.113.24,203.0.113.25',
    '２０３.0.113.24',
    'fe80::1%eth0',
    '2001:db8::/32',
    '[2001:db8::24]',
    '2001:db8::24::1',
    '2001:db8:::24',
    '12345::',
    'localhost',
    'mail.example',
    '--all',
    "203.0.113.24'; drop table users; --",
    '203.0.113.24\u0000',
    '203.0.113.24\u200b',
  ])('is nothing guessed at: %j', (text) => {
    expect(() => parseIpAddress(text)).toThrow(UsageError)
  })

  it('says what it was given', () => {
    const given = () => parseIpAddress(' 203.0.113.024 ')
    expect(given).toThrow(
      expect.objectContaining({
        message: '“203.0.113.024” is not an IP address.',
        hint: 'Give one IPv4 or IPv6 address, such as 203.0.113.24 or 2001:db8::24.',
        details: {value: '203.0.113.024'},
      }),
    )
  })

  it('is refused, not crashed on, whatever the text', () => {
    fc.assert(
      fc.property(hostileString, (text) => {
        try {
          const ip = parseIpAddress(text)
          expect(parseIpAddress(ip)).toBe(ip)
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError)
        }
      }),
      runs(300),
    )
  })

  it('has one spelling, which parses to itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.boolean(), (text, upper) => {
        const ip = parseIpAddress(upper ? text.toUpperCase() : text)
        expect(ip).toMatch(/^[0-9a-f.:]+$/)
        expect(parseIpAddress(ip)).toBe(ip)
        expect(parseIpAddress(text)).toBe(ip)
      }),
      runs(300),
    )
  })
})
