import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {queryName} from '../../../src/dns/wire/query-name.ts'

describe('queryName', () => {
  it('is lower-case, without the last dot', () => {
    expect(queryName('_DMARC.Acme.Example.')).toBe('_dmarc.acme.example')
  })

  it('writes Unicode labels as A-labels, whichever full stop is between them', () => {
    expect(queryName('Bücher。example')).toBe('xn--bcher-kva.example')
    expect(queryName('_dmarc.faß.example')).toBe('_dmarc.xn--fa-hia.example')
  })

  it('keeps what SPF macros make of names', () => {
    expect(queryName('foo:bar/baz.%b.0x7f.1')).toBe('foo:bar/baz.%b.0x7f.1')
  })

  it('knows the root', () => expect(queryName('.')).toBe('.'))

  it('takes labels up to 63 bytes and names up to 253', () => {
    const label = 'a'.repeat(63)
    expect(queryName(`${label}.example`)).toBe(`${label}.example`)
    expect(queryName(`a${label}.example`)).toBeUndefined()
    const longest = `${label}.${label}.${label}.${'a'.repeat(61)}`
    expect(queryName(longest)).toBe(longest)
    expect(queryName(`${longest}a`)).toBeUndefined()
  })

  it('refuses what is no name', () => {
    const none = ['', '..', 'a..b', '.a', 'a\nb', 'a\u0000b', 'a…b.example', '\u200d.example', 'ü'.repeat(60)]
    expect(none.map(queryName)).toEqual(none.map(() => undefined))
  })

  it('gives the same name for what it gave, whatever it was given', () => {
    const texts = fc.oneof(fc.string({unit: 'binary'}), fc.domain(), fc.string({unit: 'grapheme', maxLength: 300}))
    fc.assert(
      fc.property(texts, (text) => {
        const name = queryName(text)
        if (name === undefined) return
        expect(name).toMatch(/^[\x20-\x7e]{1,253}$/)
        expect(queryName(name)).toBe(name)
      }),
      {numRuns: 2_000},
    )
  })
})
