import {describe, expect, it} from 'vitest'
import {parseDomainName, spelledDomain} from '../../src/rules/domain-name.ts'

describe('parseDomainName', () => {
  it.each([
    ['Acme.Example.', 'acme.example'],
    [' münchen.example ', 'xn--mnchen-3ya.example'],
    ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
    ['हिन्दी.example', 'xn--j2bd4cyah0f.example'],
  ])('spells %s as it is stored', (typed, stored) => {
    expect(parseDomainName(typed)).toBe(stored)
  })

  it.each([
    'a\tb.example',
    'a\nc.example',
    'a%62c.example',
    'sh\u00ady.example',
    'z\u200bz.example',
    'foo.example/',
    'foo.example#x',
    'foo.example\\bar',
    'user@foo.example',
    'foo.example:25',
    'under_score.example',
    '-a.example',
    'example',
    '192.0.2.1',
    `${'a'.repeat(64)}.example`,
  ])('refuses %j: nothing is dropped or decoded without a word', (typed) => {
    expect(() => parseDomainName(typed)).toThrow('cannot be a sending domain')
  })
})

describe('spelledDomain', () => {
  it('leaves what is no name as it is', () => {
    expect([spelledDomain('Acme.Example.'), spelledDomain('a\tb.example')]).toEqual(['acme.example', 'a\tb.example'])
  })
})
